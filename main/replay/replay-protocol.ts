/** The replay's scheme in a session. */
import type { Session } from 'electron';
import { replayScheme } from '../own-urls.ts';
import { answerReplay, type ReplaySource } from './replay-answer.ts';

/** Answers requests for recorded pages in this session by reading them through the archive host. */
export function serveReplay(session: Session, host: ReplaySource): void {
  session.protocol.handle(replayScheme, (request) => answerReplay(host, request.method, request.url));
}
