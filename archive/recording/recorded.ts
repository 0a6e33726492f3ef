/** A recording as it lies in the archive, whole or broken off, in the form that sealing works on. */
import { HoldfastError } from '../../contract/errors.ts';
import {
  type ExchangeEnd,
  type ExchangeStart,
  type RecordingBegin,
  type RecordingEnd,
  webSocketMediaType,
} from '../../contract/model/recording.ts';
import {
  getRecording,
  listRecordedArtifacts,
  listRecordedExchanges,
  type RecordedArtifactRow,
  type RecordedExchangeRow,
} from '../../db/recording.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { contentType } from '../../evidence/format/content-type.ts';
import { MAX_HTML_LENGTH } from '../../sites/html/parse.ts';
import { liveAddress } from '../../sites/replay/address.ts';
import type { Archive } from '../archive.ts';
import { readBlob, readWhole } from '../blobs.ts';
import { forwardOf } from './answer-header.ts';
import type { ReadableRecording } from './readable.ts';

export interface RecordedAnswer {
  start: ExchangeStart;
  end: ExchangeEnd;
  /** Of the answer's Content-Type header; of a web socket that of its messages. */
  mediaType: string;
  charset: string | null;
  body: { blobId: number; size: number; sha256: Uint8Array };
}

export interface Recorded {
  captureId: string;
  begin: RecordingBegin;
  answers: RecordedAnswer[];
  artifacts: RecordedArtifactRow[];
}

/** What arrived of a body whose end never did. */
function measured(archive: Archive, blobId: number): { size: number; sha256: Uint8Array } {
  const hash = nodeSha256.start();
  let size = 0;
  for (const chunk of readBlob(archive, blobId)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest() };
}

function answer(archive: Archive, { start, end, blobId, body }: RecordedExchangeRow): RecordedAnswer {
  const header = start.responseHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const { essence, parameters } = contentType(header);
  return {
    start,
    end: end ?? {
      n: start.n,
      body: 'truncated',
      counted: null,
      encoded: null,
      reason: 'the recording was interrupted',
      milliseconds: 0,
      withheld: [],
    },
    mediaType: start.resourceType === 'websocket' ? webSocketMediaType : essence,
    charset: parameters.get('charset') ?? null,
    body: { blobId, ...(body ?? measured(archive, blobId)) },
  };
}

/** How a recording in progress began. Errors: `capture-not-found`. */
export function requireRecording(archive: Archive, captureId: string): RecordingBegin {
  const begin = getRecording(archive.db, captureId);
  if (begin === null) {
    throw new HoldfastError(
      'capture-not-found',
      `There is no recording ${captureId} in progress in this archive.`,
    );
  }
  return begin;
}

/** What posts are read out of. */
export function readable(
  archive: Archive,
  { answers, artifacts }: Recorded,
  page: RecordedAnswer | null,
  finalUrl: string | null,
): ReadableRecording {
  const list = answers.map(({ start: { n, url, status }, mediaType, charset, body }) => ({
    n,
    url,
    status,
    mediaType,
    charset,
    size: body.size,
    body: () => readWhole(archive, body.blobId),
  }));
  const dom = artifacts.find(({ role, size }) => role === 'dom' && size <= MAX_HTML_LENGTH);
  return {
    answers: list,
    page: list.find(({ n }) => n === page?.start.n) ?? null,
    finalUrl,
    dom: dom === undefined ? null : readWhole(archive, dom.blobId),
    passed: artifacts
      .filter(({ role }) => role === 'passed')
      .map(
        ({ blobId }) =>
          () =>
            readWhole(archive, blobId),
      ),
  };
}

/** Errors: `capture-not-found` where no such recording is in progress. */
export function readRecording(archive: Archive, captureId: string): Recorded {
  return {
    captureId,
    begin: requireRecording(archive, captureId),
    answers: listRecordedExchanges(archive.db, captureId).map((row) => answer(archive, row)),
    artifacts: listRecordedArtifacts(archive.db, captureId),
  };
}

/** An address without its fragment, which is never sent to a server. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

export function sameAddress(a: string, b: string): boolean {
  return withoutFragment(a) === withoutFragment(b);
}

/** Whether an answer brought the medium that a post names: under its own address, or as an archive replayed it. */
export function isOfMedium(answered: string, asked: string): boolean {
  return sameAddress(answered, asked) || sameAddress(liveAddress(answered), asked);
}

interface Document {
  url: string;
  status: number;
  resourceType: string;
  size: number;
}

/** The answer that brought the page itself; null where none did. `address`: of its document; null: nobody knows it. */
export function chooseDocument<D extends Document>(answers: readonly D[], address: string | null): D | null {
  const documents = answers.filter(
    ({ resourceType, status, size }) =>
      resourceType === 'document' && status >= 200 && status < 300 && size > 0,
  );
  const reached = documents.filter(({ url }) => address !== null && sameAddress(url, address));
  return reached.at(-1) ?? (address === null ? (documents[0] ?? null) : null);
}

/** The address under which the page's document came; null: the recording was interrupted, or no page was reached. */
function documentAddress(recorded: Recorded, end: RecordingEnd | null): string | null {
  const reached = end?.finalUrl ?? null;
  if (end?.documentUrl !== undefined || reached === null) return end?.documentUrl ?? null;
  // A recorder that does not tell: where nothing came under the address that was reached, the page made that one itself.
  const answered = mainDocuments(recorded, end);
  const isAnswered = answered.some(({ start }) => sameAddress(start.url, reached));
  return isAnswered ? reached : (answered.at(-1)?.start.url ?? reached);
}

/** The same of a recording that is not sealed yet. */
export function pageOf(recorded: Recorded, end: RecordingEnd | null): RecordedAnswer | null {
  const documents = recorded.answers.map((answer) => ({ ...answer.start, size: answer.body.size, answer }));
  return chooseDocument(documents, documentAddress(recorded, end))?.answer ?? null;
}

/**
 * The answers for the page itself in the order in which they began, those of frames left out: for the address that was
 * asked for, for those that it was forwarded to, and for the one that was reached.
 */
export function mainDocuments(
  { begin, answers }: Recorded,
  reached: Pick<RecordingEnd, 'finalUrl' | 'documentUrl'> | null,
): RecordedAnswer[] {
  const named = [begin.url, reached?.finalUrl ?? null, reached?.documentUrl ?? null];
  const addresses = new Set(named.flatMap((url) => (url === null ? [] : [withoutFragment(url)])));
  return answers.filter(({ start: { url, status, resourceType, responseHeaders } }) => {
    if (resourceType !== 'document' || !addresses.has(withoutFragment(url))) return false;
    const next = status >= 300 && status < 400 ? forwardOf({ status, headers: responseHeaders }, url) : null;
    if (next !== null) addresses.add(withoutFragment(next));
    return true;
  });
}
