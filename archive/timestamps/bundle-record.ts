/** What an archive keeps of stamps over the bundles that it compiled: request and token, as those of its log. */
import { findBundle } from '../../db/bundle.ts';
import { inTransaction } from '../../db/handle.ts';
import { findTimestampRequests, keepTimestampFile, type StoredRequest } from '../../db/timestamp.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import type { GoodTimestamp } from '../../evidence/timestamp/finding.ts';
import { peekTimestamp } from '../../evidence/timestamp/peek.ts';
import { readTimestampRequest, withoutLeadingZeros } from '../../evidence/timestamp/request.ts';
import type { Archive } from '../archive.ts';
import { type Reply, recordToken } from './attach.ts';
import { recordRequest } from './request.ts';
import { keptBytes } from './stamped.ts';

/** A bundle that this archive's log knows, with the signature that is in the file now. */
export interface OwnBundle {
  id: string;
  signature: Uint8Array;
}

/** Null where the archive compiled no bundle with this tag manifest. */
export function compiledHere(
  archive: Archive,
  { signature, tagManifest }: { signature: Uint8Array; tagManifest: Uint8Array },
): OwnBundle | null {
  const id = findBundle(archive.db, toHex(nodeSha256.of(tagManifest)));
  return id === null ? null : { id, signature };
}

/** The newest request for this digest that waits for its reply; null: none. */
export function waitingRequest(archive: Archive, digest: Uint8Array): Uint8Array | null {
  const found = findTimestampRequests(archive.db, toHex(digest)).find(({ token }) => token === null);
  return found === undefined ? null : keptBytes(archive, found.tsq);
}

/** The request for this digest with the nonce of the reply; null: none is kept. */
export function answeredRequest(
  archive: Archive | null,
  digest: Uint8Array,
  response: Uint8Array,
): Uint8Array | null {
  const peek = peekTimestamp(response);
  if (archive === null || peek.status === 'failed' || peek.nonce === null) return null;
  const nonce = toHex(peek.nonce);
  const found = findTimestampRequests(archive.db, toHex(digest)).find(
    (request) => toHex(withoutLeadingZeros(Buffer.from(request.nonce, 'hex'))) === nonce,
  );
  return found === undefined ? null : keptBytes(archive, found.tsq);
}

/** Keeps signature and request, and records the request, once. Inside the caller's transaction. */
export function keepBundleRequest(
  archive: Archive,
  { id: bundle, signature }: OwnBundle,
  request: Uint8Array,
): Pick<StoredRequest, 'id' | 'token'> {
  const digest = nodeSha256.of(signature);
  const tsq = toHex(nodeSha256.of(request));
  const known = findTimestampRequests(archive.db, toHex(digest)).find((one) => one.tsq === tsq);
  if (known !== undefined) return known;
  keepTimestampFile(archive.db, digest, signature);
  const id = newId();
  const { nonce } = readTimestampRequest(request);
  const subject = { kind: 'bundle' as const, bundle, signature: toHex(digest) };
  recordRequest(archive, { id, subject, request, digest, nonce });
  return { id, token: null };
}

/** Keeps a checked token with its request. False where that request has another token already: one request, one token. */
export function keepBundleToken(
  archive: Archive,
  bundle: OwnBundle,
  request: Uint8Array,
  reply: Reply,
  found: GoodTimestamp,
): boolean {
  return inTransaction(archive.db, () => {
    const { id, token } = keepBundleRequest(archive, bundle, request);
    if (token !== null) return token.sha256 === toHex(nodeSha256.of(reply.response));
    recordToken(archive, id, reply, found);
    return true;
  });
}
