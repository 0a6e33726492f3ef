/** Electron's debugger as the recorder's session: the page of a view, and what belongs to it. */
import type { WebContents } from 'electron';
import { CdpError, type CdpEvent, type CdpSession } from '../capture/cdp-session.ts';

/**
 * Attaches the debugger to a page. The page must have loaded something, about:blank at least: before its first
 * load every command fails. Pictures need a window that is shown, or an offscreen one.
 * @throws CdpError when another debugger, such as the developer tools, is attached.
 */
export function electronCdp(contents: WebContents): CdpSession {
  const { debugger: target } = contents;
  try {
    target.attach('1.3');
  } catch (error) {
    throw new CdpError('attach', 'the page has a debugger already', { cause: error });
  }
  const listeners = new Set<(event: CdpEvent) => void>();
  let gone: string | null = null;
  const closed = new Promise<string>((resolve) => {
    const end = (reason: string): void => {
      gone ??= reason;
      resolve(gone);
    };
    target.once('detach', (_event, reason) => end(`the debugger was detached (${reason})`));
    contents.once('destroyed', () => end('the page was closed'));
    contents.on('render-process-gone', (_event, { reason }) => end(`the page’s process ended (${reason})`));
  });
  target.on('message', (_event, method: string, params: unknown, sessionId: string) => {
    // Events of the page itself carry an empty session.
    const event = { method, params, sessionId: sessionId === '' ? null : sessionId };
    for (const listener of listeners) listener(event);
  });
  return {
    closed,
    send: async (method, params = {}, sessionId = null) => {
      if (gone !== null) throw new CdpError(method, gone);
      // It never answers once the page is gone.
      const lost = closed.then((reason) => Promise.reject(new CdpError(method, reason)));
      try {
        return await Promise.race([target.sendCommand(method, params, sessionId ?? undefined), lost]);
      } catch (error) {
        if (error instanceof CdpError) throw error;
        throw new CdpError(method, error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    detach: async () => {
      listeners.clear();
      if (!contents.isDestroyed() && target.isAttached()) target.detach();
    },
  };
}
