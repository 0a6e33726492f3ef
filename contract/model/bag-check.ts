/** What a check of a BagIt bag says (RFC 8493). */
import { z } from 'zod';

export const bagFindingSchema = z.object({
  /** A note says what the check did not look at; it takes nothing from the verdict. */
  level: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  message: z.string(),
  /** Path in the bag; null where it concerns the bag as a whole. */
  file: z.string().nullable(),
});
export type BagFinding = z.infer<typeof bagFindingSchema>;

export const bagCheckSchema = z.object({
  kind: z.literal('bag'),
  verdict: z.enum(['valid', 'valid-with-warnings', 'invalid']),
  /** As bagit.txt states them; null where it cannot be read. */
  version: z.string().nullable(),
  encoding: z.string().nullable(),
  /** Of the payload manifests, those that could be checked. */
  algorithms: z.array(z.string()),
  /** Files under data/, and bytes in them. */
  payload: z.object({ files: z.number().int(), bytes: z.number().int() }),
  /** At most the first 1,000. */
  findings: z.array(bagFindingSchema),
  /** How many there are, by level. */
  counts: z.object({ error: z.number().int(), warning: z.number().int(), note: z.number().int() }),
});
export type BagCheck = z.infer<typeof bagCheckSchema>;
