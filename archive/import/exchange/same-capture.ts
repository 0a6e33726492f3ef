/** Whether a capture of a bundle is here already: this archive's own, or one of an earlier bundle, also by way of a third. */
import type { CaptureOrigin } from '../../../contract/model/capture.ts';
import { captureOrigin, findByOrigin, listArtifacts, listEarlierOrigins } from '../../../db/capture.ts';
import { getWholeEvent } from '../../../db/event.ts';
import type { CaptureEntry } from '../../../evidence/bundle/evidence.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { sameBytes, toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import type { VerifiedBundle } from '../../../evidence/verify/verify.ts';
import type { Archive } from '../../archive.ts';

/** What a capture was before it came to the archive of the bundle, as that says; the latest first. */
export function earlierOf({ origin }: CaptureEntry): NonNullable<CaptureOrigin['before']> {
  if (origin === undefined) return [];
  const { archive, capture, document } = origin;
  return [{ archive, capture, document }, ...(origin.before ?? [])].slice(0, 20);
}

/** Captures here, by what they were in archives before the last: capture and document there, joined by a space. */
export function earlierOrigins(archive: Archive): ReadonlyMap<string, string> {
  return new Map(
    listEarlierOrigins(archive.db).map(({ id, capture, document }) => [`${capture} ${document}`, id]),
  );
}

/**
 * The capture here that was sealed by the very same document: this archive's own, or one of an earlier bundle. Or the one
 * that the bundle's archive says it had in a bundle itself: that is believed only where every artifact is the same.
 */
export function findSame(
  archive: Archive,
  entry: CaptureEntry,
  origin: CaptureOrigin,
  { bundle: { log }, earlier }: { bundle: VerifiedBundle; earlier: ReadonlyMap<string, string> },
): string | null {
  const { capture, event, document } = origin;
  const own = captureOrigin(archive.db, capture);
  const stored = own === null ? null : getWholeEvent(archive.db, own.eventSeq);
  const shown = log.documents.get(event);
  if (stored !== null && shown !== undefined && sameBytes(stored.document, canonicalBytes(shown)))
    return capture;
  const known = findByOrigin(archive.db, capture, document);
  if (known !== null) return known;
  const told = [{ capture, document }, ...earlierOf(entry)];
  for (const each of told) {
    const candidates = [
      isSealedAs(archive, each) ? each.capture : null,
      findByOrigin(archive.db, each.capture, each.document),
      earlier.get(`${each.capture} ${each.document}`) ?? null,
    ];
    const same = candidates.find((id) => id !== null && hasArtifacts(archive, id, entry));
    if (same !== undefined) return same;
  }
  return null;
}

/** Whether a capture of this archive was sealed by the document with this SHA-256. */
function isSealedAs(archive: Archive, { capture, document }: { capture: string; document: string }): boolean {
  const own = captureOrigin(archive.db, capture);
  const stored = own === null ? null : getWholeEvent(archive.db, own.eventSeq);
  return stored !== null && toHex(nodeSha256.of(stored.document)) === document;
}

function hasArtifacts(archive: Archive, captureId: string, { artifacts }: CaptureEntry): boolean {
  const here = listArtifacts(archive.db, captureId);
  return (
    here.length === artifacts.length &&
    here.every(({ role, sha256 }, i) => role === artifacts[i]?.role && sha256 === artifacts[i]?.sha256)
  );
}
