/**
 * How each body is got, byte for byte. `Network.getResponseBody` is not used as evidence: it decodes and encodes
 * text again and changes bytes. An answer is held (Fetch, Response stage) until it is decided; measured on
 * Chromium 114 and 156, see docs/decisions/recorder.md.
 */
import type { Body } from './body.ts';
import { statusesWithoutBody } from './body-outcome.ts';
import type { BodyMemory } from './body-queue.ts';
import { send } from './cdp/commands.ts';
import type { CdpEventOf } from './cdp/events.ts';
import type { CdpSession } from './cdp-session.ts';
import { learnFromHeaders } from './secrets/headers.ts';
import type { KnownSecrets } from './secrets/known.ts';
import { within } from './within.ts';

type Paused = CdpEventOf<'Fetch.requestPaused'>;

/** Bytes up to which a body of known length is asked for in one message, where it could be streamed. */
const wholeLimit = 4 * 1024 * 1024;
/** The same where it could only be taken from the page. */
const wholeLimitWithoutStreams = 32 * 1024 * 1024;
/** Bodies asked for at the same time, each in one message. */
const mostAtOnce = 6;
/** A multiple of 3: pieces in base64 then join to base64. */
const pieceSize = 768 * 1024;
/** The engine gives a piece when it is full: small ones lose less of a document that hangs. */
const documentPieceSize = 1536;
/**
 * Milliseconds in which a session says whether it streams. One that is blocked until it has this very answer says
 * nothing: a script of a worker, a request that the page waits for.
 */
const streamLimit = 3000;
/** Bytes that the page is given back in one message; more of a body that was taken is recorded, and the page goes without. */
const givenLimit = 16 * 1024 * 1024;
const forwards = new Set([301, 302, 303, 307, 308]);

/** How documents are got: 'whole' keeps what the engine knows of the server, 'late' and 'taken' keep partial ones. */
export type DocumentMode = 'whole' | 'late' | 'taken';

export interface BodiesOptions {
  session: CdpSession;
  secrets: KnownSecrets;
  memory: BodyMemory;
  /** The engine has Network.streamResourceContent. */
  canStream: boolean;
  bodyOf(networkId: string): Body;
  /** A body is read in the page's stead: the engine tells of the answer only after that, too late for who waits. */
  onTaken(networkId: string): void;
  /** So many bytes of such a body were read: the engine tells nothing of them. */
  onPiece(networkId: string, bytes: number): void;
  /** The session that asked for it, where that is known. */
  sessionOf(networkId: string): string | null;
  /** Such a session answers nothing while its script is held. */
  isServiceWorker(sessionId: string | null): boolean;
  /** Milliseconds without a byte after which a body that is taken counts as hanging. */
  idle: number;
}

export class Bodies {
  readonly #options: BodiesOptions;
  #asked = 0;
  #waiting: (() => void)[] = [];
  documents: DocumentMode = 'whole';

  constructor(options: BodiesOptions) {
    this.#options = options;
  }

  /** Decides about an answer that is held, and lets it go on. Rejects when the page or its session is gone. */
  async paused(event: Paused, sessionId: string | null): Promise<void> {
    const { networkId, responseStatusCode: status } = event;
    const headers = event.responseHeaders ?? [];
    learnFromHeaders(
      headers.map(({ name, value }): [string, string] => [name, value]),
      this.#options.secrets,
    );
    const isForward =
      status !== undefined && forwards.has(status) && headerValue(headers, 'location') !== null;
    if (
      networkId === undefined ||
      status === undefined ||
      isForward ||
      event.responseErrorReason !== undefined
    ) {
      return this.#goOn(event, sessionId);
    }
    const body = this.#options.bodyOf(networkId);
    body.mediaType = (headerValue(headers, 'content-type') ?? '').toLowerCase();
    if (statusesWithoutBody.has(status) || event.request.method === 'HEAD') {
      body.mode = 'none';
      return this.#goOn(event, sessionId);
    }
    const length = Number.parseInt(headerValue(headers, 'content-length') ?? '', 10);
    if (headerValue(headers, 'content-encoding') === null && length >= 0) body.declared = length;
    await this.#options.memory.room();
    await this.#get(event, sessionId, body, networkId, length);
  }

  /** The answer is with the page: the last moment to ask for the bytes of one that was let go. */
  async received(requestId: string, body: Body, sessionId: string | null): Promise<void> {
    if (body.mode !== 'late') return;
    body.awaitBuffered();
    if (await this.#stream(requestId, body, sessionId)) return;
    body.mode = 'unrecorded';
    body.buffered(new Uint8Array(0));
  }

  async #get(
    event: Paused,
    sessionId: string | null,
    body: Body,
    networkId: string,
    length: number,
  ): Promise<void> {
    const { isServiceWorker } = this.#options;
    const canStream = this.#options.canStream && !isServiceWorker(sessionId);
    const isDocument = event.resourceType === 'Document';
    if (isDocument && this.documents === 'taken') {
      return this.#take(event, sessionId, body, networkId, documentPieceSize);
    }
    if (isDocument && this.documents === 'late' && canStream) return this.#late(event, sessionId, body);
    if (
      canStream &&
      !isDocument &&
      !this.#isScriptOfWorker(event, sessionId) &&
      (await this.#streamed(networkId, body, sessionId))
    ) {
      return this.#goOn(event, sessionId);
    }
    if (length > wholeLimit && canStream) return this.#late(event, sessionId, body);
    // What it takes for text such an engine gives as text, which is not what was sent.
    if (length > wholeLimitWithoutStreams && !isSentAsText(body.mediaType)) {
      return this.#take(event, sessionId, body, networkId, pieceSize);
    }
    if (body.mediaType.startsWith('text/event-stream')) {
      body.mode = canStream ? 'late' : 'unrecorded';
      return this.#goOn(event, sessionId);
    }
    return this.#whole(event, sessionId, body);
  }

  /** Asks the renderer for the bytes before it gets the first: nothing can be missed, no answer has finished. */
  async #streamed(networkId: string, body: Body, sessionId: string | null): Promise<boolean> {
    body.mode = 'streamed';
    const asked = this.#streamedBy(networkId, body, sessionId);
    const streams = await within(streamLimit, asked);
    if (streams === null) body.mode = 'undecided';
    return streams ?? false;
  }

  async #streamedBy(networkId: string, body: Body, sessionId: string | null): Promise<boolean> {
    if (await this.#stream(networkId, body, sessionId)) return true;
    // What a worker asks for is held at the page, but known to the worker.
    const asking = this.#options.sessionOf(networkId);
    return asking !== sessionId && asking !== null && (await this.#stream(networkId, body, asking));
  }

  async #stream(requestId: string, body: Body, sessionId: string | null): Promise<boolean> {
    try {
      const { session } = this.#options;
      const { bufferedData } = await send(session, 'Network.streamResourceContent', { requestId }, sessionId);
      // Too late: it was got in another way meanwhile.
      if (body.mode !== 'streamed' && body.mode !== 'late') return false;
      body.buffered(Buffer.from(bufferedData, 'base64'));
      return true;
    } catch {
      // This session does not know it, or it had finished.
      return false;
    }
  }

  /** A worker stands still until it has a script that it imports. */
  #isScriptOfWorker({ networkId = '', resourceType }: Paused, sessionId: string | null): boolean {
    const asking = this.#options.sessionOf(networkId);
    const isScript = resourceType === 'Script' || resourceType === 'Other';
    return isScript && asking !== null && asking !== sessionId;
  }

  #late(event: Paused, sessionId: string | null, body: Body): Promise<void> {
    body.mode = 'late';
    return this.#goOn(event, sessionId);
  }

  async #whole(event: Paused, sessionId: string | null, body: Body): Promise<void> {
    body.mode = 'whole';
    if (this.#asked >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#asked += 1;
    try {
      const { requestId } = event;
      const answer = await send(this.#options.session, 'Fetch.getResponseBody', { requestId }, sessionId);
      body.whole(Buffer.from(answer.body, answer.base64Encoded ? 'base64' : 'utf8'));
    } finally {
      this.#asked -= 1;
      this.#waiting.shift()?.();
    }
    await this.#goOn(event, sessionId);
  }

  async #take(
    event: Paused,
    sessionId: string | null,
    body: Body,
    networkId: string,
    size: number,
  ): Promise<void> {
    body.mode = 'taken';
    this.#options.onTaken(networkId);
    const { session, memory, idle, onPiece } = this.#options;
    const { requestId } = event;
    const { stream } = await send(session, 'Fetch.takeResponseBodyAsStream', { requestId }, sessionId);
    const pieces: string[] = [];
    for (;;) {
      const piece = await within(idle, send(session, 'IO.read', { handle: stream, size }, sessionId));
      if (piece === null) {
        body.broken = `no byte came for ${Math.round(idle / 1000)} s`;
        break;
      }
      const bytes = Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'utf8');
      if (piece.base64Encoded !== true && piece.data.includes('\ufffd')) body.isAltered = true;
      body.push(bytes);
      onPiece(networkId, bytes.length);
      if (body.received <= givenLimit) pieces.push(bytes.toString('base64'));
      if (piece.eof) break;
      await memory.room();
    }
    await send(session, 'IO.close', { handle: stream }, sessionId).catch(() => undefined);
    await this.#give(event, sessionId, body.received <= givenLimit ? pieces : null);
  }

  async #give(event: Paused, sessionId: string | null, pieces: readonly string[] | null): Promise<void> {
    const { requestId, responseStatusCode = 200, responseHeaders = [] } = event;
    const { session } = this.#options;
    if (pieces === null) {
      await send(session, 'Fetch.failRequest', { requestId, errorReason: 'Aborted' }, sessionId);
      return;
    }
    const kept = responseHeaders.filter(
      ({ name }) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
    );
    const answer = {
      requestId,
      responseCode: responseStatusCode,
      responseHeaders: kept,
      body: joined(pieces),
    };
    await send(session, 'Fetch.fulfillRequest', answer, sessionId);
  }

  async #goOn({ requestId }: Paused, sessionId: string | null): Promise<void> {
    await send(this.#options.session, 'Fetch.continueRequest', { requestId }, sessionId);
  }
}

/** The answer sends the browser to another address; its body is never read. */
export function isForward({ responseStatusCode: status, responseHeaders }: Paused): boolean {
  return (
    status !== undefined && forwards.has(status) && headerValue(responseHeaders ?? [], 'location') !== null
  );
}

function isSentAsText(mediaType: string): boolean {
  return mediaType === '' || /^text\/|json|javascript|ecmascript|xml|html/.test(mediaType);
}

function headerValue(headers: readonly { name: string; value: string }[], name: string): string | null {
  return headers.find((one) => one.name.toLowerCase() === name)?.value ?? null;
}

/** Base64 of the whole: as it is where no piece but the last has padding. */
function joined(pieces: readonly string[]): string {
  if (pieces.slice(0, -1).every((piece) => !piece.endsWith('='))) return pieces.join('');
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64'))).toString('base64');
}
