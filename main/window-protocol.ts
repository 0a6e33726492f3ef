/** The window's own scheme in a session. */
import type { Session } from 'electron';
import { windowScheme } from './own-urls.ts';
import { answerWindow } from './window-answer.ts';

/** Answers the window's own requests in this session from the files under `root`. */
export function serveWindow(session: Session, root: string): void {
  session.protocol.handle(windowScheme, (request) => answerWindow(root, request.method, request.url));
}
