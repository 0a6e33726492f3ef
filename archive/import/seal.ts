/** Sealing what was imported: blobs, capture, readings and posts in one transaction. */
import type { ImportFormat } from '../../contract/model/capture.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import { sealArtifact, sealMedia } from '../artifacts.ts';
import { sealReading } from '../readings.ts';
import { sealCapture } from '../seal-capture.ts';
import { tool } from '../tool.ts';
import type { FileContents, ImportSource, SealedCapture } from './contents.ts';

/** Errors: `disk-full`, `io-failed`; then nothing of the capture is there. */
export function sealImport(
  source: ImportSource,
  format: ImportFormat,
  contents: FileContents,
): SealedCapture {
  const { archive, original, mediaType, name } = source;
  const captureId = newId();
  try {
    return inTransaction(archive.db, () => {
      const file = sealArtifact(archive, 'original', original, { mediaType, name: name.toWellFormed() });
      const media = sealMedia(archive, contents.media).filter(({ sha256 }) => sha256 !== file.sha256);
      const artifacts = [file, ...media];
      sealCapture(archive, {
        capture: captureId,
        method: 'import',
        format,
        sourceName: name.toWellFormed(),
        url: contents.url?.toWellFormed() ?? null,
        savedAt: contents.savedAt,
        receivedAt: archive.clock().toISOString(),
        artifacts,
        records: contents.records,
        exchangeCount: contents.exchangeCount,
        warnings: contents.warnings.map(({ code, message }) => ({ code, message: message.toWellFormed() })),
        tool,
      });
      const postIds = contents.readings.flatMap((reading) => sealReading(archive, captureId, reading));
      return { captureId, artifacts, postIds };
    });
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}
