/** A picture of a capture with parts of it covered. */
import type { Region } from '../../contract/model/redaction.ts';
import { coverPicture } from '../../evidence/picture/cover.ts';
import type { Archive } from '../archive.ts';
import { findArtifact, readStored } from '../blobs.ts';

/** Errors: `bad-input` for a picture that cannot be covered, `artifact-not-found`. */
export function loadPicture(
  archive: Archive,
  { sha256, regions }: { sha256: string; regions: readonly Region[] },
): Uint8Array {
  return coverPicture(Buffer.concat([...readStored(archive, findArtifact(archive, sha256))]), regions);
}
