/** Asking for a timestamp: the request is kept and recorded; it may then travel by any way. */
import { randomBytes } from 'node:crypto';
import type { TimestampSubject } from '../../contract/model/timestamp.ts';
import { inTransaction } from '../../db/handle.ts';
import { keepTimestampFile } from '../../db/timestamp.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { timestampRequest } from '../../evidence/timestamp/request.ts';
import type { Archive } from '../archive.ts';
import { makeCheckpoint } from '../log/checkpoint.ts';
import { writeNewFile } from '../new-file.ts';
import { recordEvent } from '../record.ts';
import { requireToken, stampedBytes } from './stamped.ts';

/** Bytes of a nonce: what every authority takes. */
const nonceLength = 8;

export interface MadeRequest {
  id: string;
  subject: TimestampSubject;
  /** DER of the TimeStampReq. */
  request: Uint8Array;
}

/**
 * Asks for a stamp of everything recorded so far: makes a checkpoint, keeps the request for it and records that.
 * Errors: those of `makeCheckpoint`.
 */
export function requestStamp(archive: Archive): MadeRequest {
  const { size } = makeCheckpoint(archive);
  return ask(archive, { kind: 'checkpoint', size });
}

/**
 * Asks for a stamp of an older token and of what that is over, before its certificate or its hash ages.
 * Errors: `timestamp-not-found`.
 */
export function renewStamp(archive: Archive, tokenId: string): MadeRequest {
  requireToken(archive, tokenId);
  return ask(archive, { kind: 'renewal', token: tokenId });
}

function ask(archive: Archive, subject: TimestampSubject): MadeRequest {
  const id = newId();
  const digest = nodeSha256.of(stampedBytes(archive, subject));
  const nonce = randomBytes(nonceLength);
  const request = timestampRequest({ digest, nonce });
  inTransaction(archive.db, () => recordRequest(archive, { id, subject, request, digest, nonce }));
  return { id, subject, request };
}

/** Keeps a request and records it, inside the caller's transaction. `digest`: SHA-256 of what is to be stamped. */
export function recordRequest(
  archive: Archive,
  { id, subject, request, digest, nonce }: MadeRequest & { digest: Uint8Array; nonce: Uint8Array },
): void {
  const tsq = nodeSha256.of(request);
  keepTimestampFile(archive.db, tsq, request);
  recordEvent(archive, 'timestamp.requested', {
    request: id,
    subject,
    digest: toHex(digest),
    nonce: toHex(nonce),
    tsq: toHex(tsq),
  });
}

/**
 * The same, written to a new file. Recorded first: what leaves the desk, the archive knows.
 * Errors: `output-exists`, `not-writable`, `disk-full`, `file-not-found`.
 */
export function writeRequest(make: () => MadeRequest, path: string): MadeRequest {
  const made = make();
  writeNewFile(path, made.request, 0o644);
  return made;
}
