/** A stream that the browser holds, such as a printed page. */
import type { CdpSession } from '../cdp-session.ts';
import { send } from './commands.ts';

const pieceSize = 1024 * 1024;

/** Its bytes; it is given up when they were read to the end. Errors: those of the session. */
export async function* readStream(session: CdpSession, handle: string): AsyncGenerator<Buffer> {
  for (let isEnd = false; !isEnd; ) {
    const piece = await send(session, 'IO.read', { handle, size: pieceSize });
    yield Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'utf8');
    isEnd = piece.eof;
  }
  await send(session, 'IO.close', { handle });
}
