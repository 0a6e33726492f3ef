/**
 * `log/inclusion.json`: for every event that the bundle discloses, the proof that its leaf stands in the log under the
 * newest checkpoint (RFC 6962, section 2.1.1). One file, because one in the form of `.tlog-proof` for each event would
 * repeat the checkpoint as often and take a fourth of all entries that a bundle may have; a capture, which somebody
 * may want to show alone, has its own besides.
 */
import { z } from 'zod';
import { idSchema, sha256Schema } from '../../contract/model/common.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { parseStrict } from './strict.ts';

export const inclusionFileSchema = z.strictObject({
  v: z.literal(1),
  /** Of the newest checkpoint: leaves in the tree. */
  size: z.number().int().positive(),
  /** By position in the log. */
  leaves: z.array(
    z.strictObject({
      event: idSchema,
      seq: z.number().int().nonnegative(),
      /** The audit path, nearest sibling first. */
      path: z.array(sha256Schema).max(64),
    }),
  ),
});
export type InclusionFile = z.infer<typeof inclusionFileSchema>;

export function writeInclusionFile(file: InclusionFile): Uint8Array {
  return canonicalBytes({ ...file, leaves: [...file.leaves].sort((a, b) => a.seq - b.seq) });
}

/** Reads the file, which may be attacker-controlled. Errors: `bad-input`. */
export function readInclusionFile(bytes: Uint8Array): InclusionFile {
  return parseStrict(inclusionFileSchema, bytes);
}
