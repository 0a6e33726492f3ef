/** Sealing what was imported: blobs, capture, readings and posts in one transaction. */
import type { Artifact, ImportFormat } from '../../contract/model/capture.ts';
import { sealBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import type { StagedBlob } from '../blobs.ts';
import { sealReading } from '../readings.ts';
import { recordEvent } from '../record.ts';
import { tool } from '../tool.ts';
import type { FileContents, ImportSource } from './contents.ts';

export interface SealedCapture {
  captureId: string;
  artifacts: Artifact[];
  postIds: string[];
}

function sealArtifact(
  archive: Archive,
  role: Artifact['role'],
  blob: StagedBlob,
  about: { mediaType: string; name: string | null },
): Artifact {
  sealBlob(archive.db, blob.id, { sha256: blob.sha256, size: blob.size, mediaType: about.mediaType });
  return { role, sha256: toHex(blob.sha256), size: blob.size, ...about };
}

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
      const artifacts = [
        sealArtifact(archive, 'original', original, { mediaType, name: name.toWellFormed() }),
      ];
      for (const found of contents.media) {
        const { staged, ...about } = found;
        const artifact = sealArtifact(archive, 'media', staged, about);
        if (!artifacts.some((known) => known.sha256 === artifact.sha256)) artifacts.push(artifact);
      }
      recordEvent(archive, 'capture.sealed', {
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
