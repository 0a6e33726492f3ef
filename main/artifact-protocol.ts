/** The artifacts' scheme in a session. */
import type { Session } from 'electron';
import { type ArtifactReader, answerArtifact } from './artifact-answer.ts';
import { artifactScheme } from './own-urls.ts';

/** Answers requests for artifacts in this session by reading them through the archive host. */
export function serveArtifacts(session: Session, host: ArtifactReader): void {
  session.protocol.handle(artifactScheme, (request) =>
    answerArtifact(host, request.method, request.url, request.headers.get('range')),
  );
}
