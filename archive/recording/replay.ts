/** Showing what a capture recorded. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ExchangeLine } from '../../contract/model/exchange.ts';
import type { StoredBytes } from '../../db/blob.ts';
import { findAnswer, listExchanges as pageOfExchanges } from '../../db/exchange.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { contentType, isHtml } from '../../evidence/format/content-type.ts';
import { headerValue } from '../../evidence/warc/headers.ts';
import type { Archive } from '../archive.ts';
import { findArtifact } from '../blobs.ts';
import { answerHeader, forwardOf, mostForwards } from './answer-header.ts';
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

/**
 * What the recorded page got for an address: recorded redirects are followed, at most 20. `url` is the address whose
 * answer it is, `charset` as its header says. Errors: `artifact-not-found`.
 */
export async function followResource(
  archive: Archive,
  captureId: string,
  asked: string,
): Promise<ReturnType<typeof findResource> & { url: string; charset: string | null }> {
  let url = withoutFragment(asked);
  for (let forwards = 0; forwards <= mostForwards; forwards += 1) {
    const found = findAnswer(archive.db, captureId, url);
    const isPage = found !== null && isHtml(found.mediaType);
    const header = found === null || isPage ? await answerHeader(archive, captureId, url) : null;
    if (found !== null) {
      const declared = header === null ? null : headerValue(header.headers, 'Content-Type');
      const charset = contentType(declared).parameters.get('charset') ?? null;
      return { ...findResource(archive, captureId, url), url, charset };
    }
    const next = header === null ? null : forwardOf(header, url);
    if (next === null) break;
    url = withoutFragment(next);
  }
  throw new HoldfastError('artifact-not-found', 'The capture recorded no answer for this address.');
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
