/** Showing what a capture recorded. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ExchangeLine } from '../../contract/model/exchange.ts';
import type { StoredBytes } from '../../db/blob.ts';
import { findAnswer, listExchanges as pageOfExchanges } from '../../db/exchange.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';
import { findArtifact } from '../blobs.ts';
import { withoutFragment } from './recorded.ts';

/** A page of the answers of a capture, in the order in which they began; none for an import. */
export function listExchanges(
  archive: Archive,
  captureId: string,
  offset: number,
  limit: number,
): { total: number; exchanges: ExchangeLine[] } {
  return pageOfExchanges(archive.db, captureId, offset, limit);
}

/** The newest recorded answer for an address, as the network delivered it. Errors: `artifact-not-found`. */
export function findResource(
  archive: Archive,
  captureId: string,
  url: string,
): { status: number; mediaType: string; size: number; stored: StoredBytes } {
  const found = findAnswer(archive.db, captureId, withoutFragment(url));
  if (found === null)
    throw new HoldfastError('artifact-not-found', 'The capture recorded no answer for this address.');
  const { sha256, ...answer } = found;
  return { ...answer, stored: findArtifact(archive, toHex(sha256)) };
}
