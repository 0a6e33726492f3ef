/**
 * Commitments to the artifacts of a capture, file by file. One file can be shown and proven to be the capture's without
 * the document that seals the capture, which names every other by an unsalted SHA-256:
 *
 *   salt(i)  = SHA-256(0x05 ‖ salt of the sealing event ‖ i as 4 bytes, big endian)
 *   leaf(i)  = salt(i) ‖ canonical JSON of artifact i, without its name
 *   root     = Merkle root over leaf(0..)                     (RFC 6962)
 *
 * The salt of the sealing event leaves the desk only with its document, which says all of this anyway: so there is no
 * secret to keep beside it, and a purge that destroys it leaves a root that nobody can test.
 */
import type { Artifact } from '../../contract/model/capture.ts';
import type { Sha256 } from '../digest/sha256.ts';
import { concatBytes } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { saltLength } from '../log/leaf.ts';
import { leafHash, merkleRoot } from '../log/merkle.ts';

const saltPrefix = 5;

/** What is committed of an artifact. The name that its source gave it is not: it may be what is to be hidden. */
export type CommittedArtifact = Pick<Artifact, 'role' | 'mediaType' | 'sha256' | 'size'>;

/** The salt of artifact `index`; knowing it tells nothing about the salt of the sealing event or its sisters. */
export function artifactSalt(sha256: Sha256, sealingSalt: Uint8Array, index: number): Uint8Array {
  if (sealingSalt.length !== saltLength) throw new RangeError(`a salt has ${saltLength} bytes`);
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, index);
  return sha256.of(concatBytes(Uint8Array.of(saltPrefix), sealingSalt, counter));
}

/** The leaf hash of one artifact. */
export function artifactHash(
  sha256: Sha256,
  salt: Uint8Array,
  { role, mediaType, sha256: digest, size }: CommittedArtifact,
): Uint8Array {
  return leafHash(sha256, concatBytes(salt, canonicalBytes({ mediaType, role, sha256: digest, size })));
}

/** The leaf hashes of all artifacts of a capture, in the order of its document. */
export function artifactHashes(
  sha256: Sha256,
  sealingSalt: Uint8Array,
  artifacts: readonly CommittedArtifact[],
): Uint8Array[] {
  return artifacts.map((artifact, i) => artifactHash(sha256, artifactSalt(sha256, sealingSalt, i), artifact));
}

/** The root that stands for the artifacts of a capture. */
export function artifactsRoot(
  sha256: Sha256,
  sealingSalt: Uint8Array,
  artifacts: readonly CommittedArtifact[],
): Uint8Array {
  return merkleRoot(sha256, artifactHashes(sha256, sealingSalt, artifacts));
}
