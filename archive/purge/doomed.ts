/** Which captures go with a purge: the one that is named, and the files of bundles that were taken in and hold it. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Capture } from '../../contract/model/capture.ts';
import { bundleFiles, exclusiveArtifacts } from '../../db/purge-plan.ts';
import { type Evidence, evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { bundleFolder } from '../../evidence/bundle/folder.ts';
import { limits } from '../../evidence/bundle/limits.ts';
import { paths } from '../../evidence/bundle/paths.ts';
import { parseStrict } from '../../evidence/bundle/strict.ts';
import { openZip } from '../../evidence/zip/reader.ts';
import type { Archive } from '../archive.ts';
import { blobSource } from '../import/bundle-source.ts';
import { requireCapture } from '../posts.ts';

export interface Doomed {
  capture: Capture;
  along: { captureId: string; sourceName: string }[];
  /** Ids that the capture has in other archives, as the bundle said that it came in. */
  elsewhere: string[];
  /** Files of bundles that were looked into. */
  files: number;
}

/** All captures that go. */
export function doomedIds({ capture, along }: Doomed): string[] {
  return [capture.id, ...along.map(({ captureId }) => captureId)];
}

/** What a bundle that was taken in says that it holds. It passed its check then. */
async function evidenceIn(archive: Archive, blobId: number, size: number): Promise<Evidence> {
  const source = blobSource(archive, blobId, size);
  const entry = bundleFolder(await openZip(source))?.entries.get(paths.evidence);
  if (entry === undefined || entry.size > limits.parsedFile) {
    throw new HoldfastError(
      'archive-damaged',
      'The file of a bundle that was taken in cannot be read any more, so nobody can say whether it holds the capture. Nothing was purged. “holdfast check” says what is damaged.',
    );
  }
  return parseStrict(evidenceSchema, await source.read(entry.contentOffset, entry.size));
}

/**
 * Errors: `capture-not-found`, `capture-purged`; `archive-damaged` where the file of a bundle cannot be read any more, so
 * that nobody can say whether it holds the capture.
 */
export async function doomedBy(archive: Archive, captureId: string): Promise<Doomed> {
  const capture = requireCapture(archive, captureId);
  const { origin } = capture;
  const elsewhere =
    origin === null ? [] : [origin.capture, ...(origin.before ?? []).map(({ capture: id }) => id)];
  const files = bundleFiles(archive.db);
  const doomed: Doomed = {
    capture,
    along: [],
    elsewhere: [...new Set(elsewhere)].filter((id) => id !== captureId),
    files: files.length,
  };
  if (capture.format === 'bundle') return doomed;
  const own = new Set(exclusiveArtifacts(archive.db, captureId));
  for (const file of files) {
    const evidence = await evidenceIn(archive, file.blobId, file.size);
    // Told by its bytes, or by what the file says of itself: it must not go for what another says of it.
    const holds =
      evidence.bundle === origin?.bundle ||
      evidence.captures.some(
        ({ id, artifacts }) =>
          (id === captureId && evidence.archive === archive.info.archiveId) ||
          artifacts.some(({ sha256 }) => own.has(sha256)),
      );
    if (holds) doomed.along.push({ captureId: file.captureId, sourceName: file.sourceName });
  }
  return doomed;
}
