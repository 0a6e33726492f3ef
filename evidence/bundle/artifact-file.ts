/**
 * `log/artifacts/<capture>.json`: of a capture that is shown in part, each file that goes along with what proves that it
 * is the capture's (docs/bundle-format.md). Of the others it holds nothing but the hashes on the way, which are salted.
 */
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { artifactRoleSchema } from '../../contract/model/capture.ts';
import { idSchema, sha256Schema } from '../../contract/model/common.ts';
import {
  artifactHash,
  artifactHashes,
  artifactSalt,
  type CommittedArtifact,
} from '../artifact/commitment.ts';
import { fromHex, type Sha256, toHex } from '../digest/sha256.ts';
import { maxPathLength, verifyInclusion } from '../log/merkle.ts';
import { auditPaths } from './audit-paths.ts';
import { parseStrict } from './strict.ts';

/** One artifact with what proves it. */
export const artifactProofSchema = z.strictObject({
  artifact: z.strictObject({
    role: artifactRoleSchema,
    mediaType: z.string(),
    sha256: sha256Schema,
    size: z.number().int().nonnegative(),
  }),
  /** Position among the artifacts of the capture. */
  index: z.number().int().nonnegative(),
  /** Of this artifact alone: 32 bytes in lower-case hexadecimal. */
  salt: sha256Schema,
  /** The audit path, nearest sibling first (RFC 6962, section 2.1.1). */
  path: z.array(sha256Schema).max(maxPathLength),
});
export type ArtifactProof = z.infer<typeof artifactProofSchema>;

const artifactFileSchema = z.strictObject({
  v: z.literal(1),
  capture: idSchema,
  /** The `artifacts.committed` event whose document holds the root. */
  event: idSchema,
  /** By index. */
  artifacts: z.array(artifactProofSchema),
});
export type ArtifactFile = z.infer<typeof artifactFileSchema>;

/** Of the artifacts of a capture those at `indexes`, each with its proof. */
export function proveArtifacts(
  sha256: Sha256,
  sealingSalt: Uint8Array,
  artifacts: readonly CommittedArtifact[],
  indexes: readonly number[],
): ArtifactProof[] {
  const auditPathOf = auditPaths(sha256, artifactHashes(sha256, sealingSalt, artifacts));
  return indexes.map((index) => {
    const found = artifacts[index];
    if (found === undefined) throw new RangeError('no such artifact');
    const { role, mediaType, sha256: digest, size } = found;
    return {
      artifact: { role, mediaType, sha256: digest, size },
      index,
      salt: toHex(artifactSalt(sha256, sealingSalt, index)),
      path: auditPathOf(index).map(toHex),
    };
  });
}

/** Reads such a file, which may be attacker-controlled. Errors: `bad-input`. */
export function readArtifactFile(bytes: Uint8Array): ArtifactFile {
  const file = parseStrict(artifactFileSchema, bytes);
  if (file.artifacts.every(({ index }, i) => index > (file.artifacts[i - 1]?.index ?? -1))) return file;
  throw new HoldfastError('bad-input', 'An artifact stands twice, or they are not in their order.');
}

/** Whether the artifact stands at its place among those that a document with `artifacts` and `root` commits to. */
export function isCommitted(
  sha256: Sha256,
  { artifact, index, salt, path }: ArtifactProof,
  committed: { artifacts: number; root: string },
): boolean {
  return verifyInclusion(sha256, {
    leaf: artifactHash(sha256, fromHex(salt), artifact),
    index,
    size: committed.artifacts,
    path: path.map(fromHex),
    root: fromHex(committed.root),
  });
}
