/**
 * The DevTools protocol over two streams, as `--remote-debugging-pipe` speaks it: JSON messages in UTF-8, each
 * ended by a zero byte. One browser, one page, its sessions.
 */
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { CdpError, type CdpEvent, type CdpSession } from './cdp-session.ts';

/** Bytes of one message: a body of some 190 MB as base64. What is longer ends the connection. */
const longestMessage = 256 * 1024 * 1024;

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
  sessionId: z.string().optional(),
});

interface Waiting {
  method: string;
  resolve: (result: unknown) => void;
  reject: (error: CdpError) => void;
}

/** A browser at the other end of a pipe. `fromBrowser` is read as long as nobody pauses it. */
export class PipeConnection {
  readonly closed: Promise<string>;
  readonly #fromBrowser: Readable;
  readonly #toBrowser: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: CdpEvent) => void>();
  #parts: Buffer[] = [];
  #held = 0;
  #nextId = 1;
  #gone: string | null = null;
  #close: (reason: string) => void = () => undefined;

  constructor(fromBrowser: Readable, toBrowser: Writable) {
    this.#fromBrowser = fromBrowser;
    this.#toBrowser = toBrowser;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
    fromBrowser.on('data', (bytes: Buffer) => this.#receive(bytes));
    fromBrowser.once('close', () => this.end('the browser closed the connection'));
    fromBrowser.once('error', (error) => this.end(`the connection broke (${error.message})`));
    toBrowser.once('error', (error) => this.end(`the connection broke (${error.message})`));
  }

  send(
    method: string,
    params: Record<string, unknown> = {},
    sessionId: string | null = null,
  ): Promise<unknown> {
    if (this.#gone !== null) return Promise.reject(new CdpError(method, this.#gone));
    const id = this.#nextId++;
    const message = { id, method, params, ...(sessionId === null ? {} : { sessionId }) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#toBrowser.write(`${JSON.stringify(message)}\0`);
    });
  }

  on(listener: (event: CdpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  pause(): void {
    this.#fromBrowser.pause();
  }

  resume(): void {
    this.#fromBrowser.resume();
  }

  /** Everything that waits is refused with this reason; the streams are given up. */
  end(reason: string): void {
    if (this.#gone !== null) return;
    this.#gone = reason;
    for (const { method, reject } of this.#waiting.values()) reject(new CdpError(method, reason));
    this.#waiting.clear();
    this.#fromBrowser.destroy();
    this.#toBrowser.destroy();
    this.#close(reason);
  }

  #receive(bytes: Buffer): void {
    let start = 0;
    for (let zero = bytes.indexOf(0); zero >= 0; zero = bytes.indexOf(0, start)) {
      this.#parts.push(bytes.subarray(start, zero));
      const message = Buffer.concat(this.#parts).toString('utf8');
      this.#parts = [];
      this.#held = 0;
      start = zero + 1;
      this.#message(message);
    }
    if (start === bytes.length) return;
    this.#parts.push(bytes.subarray(start));
    this.#held += bytes.length - start;
    if (this.#held > longestMessage) this.end(`the browser sent a message of over ${longestMessage} bytes`);
  }

  #message(text: string): void {
    let parsed: z.infer<typeof messageSchema>;
    try {
      parsed = messageSchema.parse(JSON.parse(text));
    } catch {
      this.end('the browser sent what is no message of the DevTools protocol');
      return;
    }
    const { id, method, params, result, error, sessionId } = parsed;
    if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error !== undefined) waiting?.reject(new CdpError(waiting.method, error.message));
      else waiting?.resolve(result);
    } else if (method !== undefined) {
      const event = { method, params, sessionId: sessionId ?? null };
      for (const listener of this.#listeners) listener(event);
    }
  }
}

const targetSchema = z.object({
  targetId: z.string(),
  type: z.string(),
  title: z.string().default(''),
  url: z.string().default(''),
});
export type BrowserTarget = z.infer<typeof targetSchema>;
const targetsSchema = z.object({ targetInfos: z.array(targetSchema) });
const attachedSchema = z.object({ sessionId: z.string() });
const detachedSchema = z.object({ sessionId: z.string() });

/**
 * The one page of a browser that was started for it, as a session.
 * @throws CdpError when the browser has no page or goes before it was reached.
 */
export async function attachToPage(connection: PipeConnection): Promise<CdpSession> {
  const [page] = await listPages(connection);
  if (page === undefined) throw new CdpError('Target.getTargets', 'the browser has no page');
  return attachToTarget(connection, page.targetId);
}

/** The pages of a browser: its tabs. Errors: CdpError when it is gone. */
export async function listPages(connection: PipeConnection): Promise<BrowserTarget[]> {
  const { targetInfos } = targetsSchema.parse(await connection.send('Target.getTargets'));
  return targetInfos.filter(({ type }) => type === 'page');
}

/** One of the pages of a browser, with the frames and workers that belong to it. Errors: CdpError when it is gone. */
export async function attachToTarget(connection: PipeConnection, targetId: string): Promise<CdpSession> {
  const { sessionId: own } = attachedSchema.parse(
    await connection.send('Target.attachToTarget', { targetId, flatten: true }),
  );
  // Sessions of other pages of the browser come over the same pipe.
  const belonging = new Set([own]);
  const stopFollowing = connection.on(({ method, params, sessionId }) => {
    if (method !== 'Target.attachedToTarget' || sessionId === null || !belonging.has(sessionId)) return;
    const attached = attachedSchema.safeParse(params).data;
    if (attached !== undefined) belonging.add(attached.sessionId);
  });
  const closed = new Promise<string>((resolve) => {
    void connection.closed.then(resolve);
    connection.on(({ method, params }) => {
      if (method !== 'Target.detachedFromTarget') return;
      if (detachedSchema.safeParse(params).data?.sessionId === own) resolve('the page was closed');
    });
  });
  return {
    closed,
    send: (method, params, sessionId) => connection.send(method, params, sessionId ?? own),
    on: (listener) =>
      connection.on((event) => {
        // What concerns the browser itself carries no session.
        if (event.sessionId === null || !belonging.has(event.sessionId)) return;
        listener(event.sessionId === own ? { ...event, sessionId: null } : event);
      }),
    pause: () => connection.pause(),
    resume: () => connection.resume(),
    detach: async () => {
      stopFollowing();
      await connection.send('Target.detachFromTarget', { sessionId: own }).catch(() => undefined);
    },
  };
}
