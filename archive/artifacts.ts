/** Artifacts of a capture: staged bytes become sealed blobs. */
import type { Artifact } from '../contract/model/capture.ts';
import { sealBlob } from '../db/blob.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';
import type { StagedBlob } from './blobs.ts';
import type { FoundMedia } from './import/contents.ts';

/** Inside the caller's transaction. */
export function sealArtifact(
  archive: Archive,
  role: Artifact['role'],
  blob: StagedBlob,
  about: { mediaType: string; name: string | null },
): Artifact {
  const { id, sha256, size } = blob;
  sealBlob(archive.db, id, { sha256, size, mediaType: about.mediaType });
  return { role, sha256: toHex(sha256), size, ...about };
}

/** The media of the posts, each once. Inside the caller's transaction. */
export function sealMedia(archive: Archive, media: readonly FoundMedia[]): Artifact[] {
  const artifacts = new Map<string, Artifact>();
  for (const { bytes, isStaged, mediaType, name } of media) {
    const sha256 = toHex(bytes.sha256);
    const artifact: Artifact = isStaged
      ? sealArtifact(archive, 'media', bytes, { mediaType, name })
      : { role: 'media', sha256, size: bytes.size, mediaType, name };
    if (!artifacts.has(sha256)) artifacts.set(sha256, artifact);
  }
  return [...artifacts.values()];
}
