/**
 * One question over HTTP to a time-stamping authority, or about its certificate (RFC 3161, section 3.4; RFC 6960,
 * appendix A; RFC 5280, section 4.2.1.13). Who asks hands in the function that reaches the network: this file cannot.
 */
import { HoldfastError } from './errors.ts';

/** The part of `fetch` that is needed. */
export type Fetch = (
  url: string,
  options: {
    method: string;
    headers: Record<string, string>;
    body?: Uint8Array<ArrayBuffer>;
    redirect: 'error' | 'manual';
    credentials: 'omit';
    cache: 'no-store';
    signal: AbortSignal;
  },
) => Promise<Response>;

export interface AuthorityQuestion {
  /** As the user typed it, or as the authority's certificate names it. */
  url: string;
  /** Posted as this type; null: the address is fetched. */
  post: { bytes: Uint8Array; type: 'application/timestamp-query' | 'application/ocsp-request' } | null;
  /** Bytes; a longer answer is refused. */
  limit: number;
}

/** Longest wait for the whole answer, in milliseconds. */
const patience = 30_000;

export const answerLimits = { timestamp: 256 * 1024, revocation: 8 * 1024 * 1024 } as const;

/** The address, if it is one that can be asked. Errors: `bad-input`. */
export function authorityUrl(text: string): URL {
  const url = parsed(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new HoldfastError(
      'bad-input',
      'Expected the address of a time-stamping authority: http:// or https://, without a name and password.',
    );
  }
  return url;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text.trim());
  } catch {
    return null;
  }
}

/**
 * Asks, and gives the bytes of the answer, which are attacker-controlled. No redirect is followed and nothing but the
 * question is sent. Errors: `bad-input` for the address, `authority-not-reached`, `cancelled`.
 */
export async function askAuthority(
  question: AuthorityQuestion,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { href, host } = authorityUrl(question.url);
  // Not AbortSignal.any: the Electron of the tests does not have it.
  const waiting = new AbortController();
  const stop = () => waiting.abort();
  const timer = setTimeout(stop, patience);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const response = await fetch(href, {
      method: question.post === null ? 'GET' : 'POST',
      headers: question.post === null ? {} : { 'Content-Type': question.post.type },
      ...(question.post === null ? {} : { body: new Uint8Array(question.post.bytes) }),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      signal: waiting.signal,
    });
    if (response.status !== 200) throw notReached(host, `it answered with status ${response.status}`);
    return await readBounded(response, question.limit, host);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    if (signal.aborted) throw new HoldfastError('cancelled', 'Cancelled; nothing was attached.');
    const why = waiting.signal.aborted ? `no answer came within ${patience / 1000} s` : reasonOf(error);
    throw notReached(host, why, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

async function readBounded(response: Response, limit: number, host: string): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) break;
    size += next.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw notReached(host, `its answer has more than ${limit} bytes`);
    }
    pieces.push(next.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function notReached(host: string, why: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'authority-not-reached',
    `${host} gave no timestamp: ${why}. The request is kept; it can also travel as a file.`,
    { cause },
  );
}
