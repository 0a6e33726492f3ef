/**
 * What the recorder needs of a browser: the DevTools protocol of one page and of everything that belongs to it
 * (frames of other origins, workers), in flat sessions. Electron's debugger gives it in main, a pipe to Chrome or
 * Chromium on the command line.
 */

/** A message that nobody has looked at: much of what is in it is chosen by the page. */
export interface CdpEvent {
  method: string;
  params: unknown;
  /** The session it comes from; null: the page itself. */
  sessionId: string | null;
}

export interface CdpSession {
  /**
   * Sends a command to the page, or to one of its sessions. Rejects with a `CdpError` when the browser refuses,
   * and when it is gone before it answered.
   */
  send(method: string, params?: Record<string, unknown>, sessionId?: string | null): Promise<unknown>;
  /** Calls `listener` with every event from now on, in order; the answer ends that. */
  on(listener: (event: CdpEvent) => void): () => void;
  /** Resolves with the reason, in words, when the page or the browser is gone or the debugger was thrown out. */
  readonly closed: Promise<string>;
  /** Gives no events until `resume`. Absent where the engine cannot be held back. */
  pause?(): void;
  resume?(): void;
  /** Leaves the page alone. Never rejects. */
  detach(): Promise<void>;
}

/** A command that the browser refused, or did not answer. */
export class CdpError extends Error {
  readonly method: string;

  constructor(method: string, message: string, options?: { cause: unknown }) {
    super(`${method}: ${message}`, options);
    this.name = 'CdpError';
    this.method = method;
  }
}
