/**
 * A capture of which something is withheld, in evidence.json. The event that sealed it lists every artifact by its
 * SHA-256, with which guesses could be tested: so only its line in the log is shown. Its posts stand under readings, whose
 * documents hold salted roots alone. What is said of the capture and its files beside that is the signer's word.
 */
import { z } from 'zod';
import { artifactRoleSchema, captureMethodSchema } from '../../contract/model/capture.ts';
import { instantSchema, sha256Schema } from '../../contract/model/common.ts';
import { regionSchema } from '../../contract/model/redaction.ts';
import type { Leaf } from '../log/leaf.ts';

/** The signer's word. */
export const saidOfCaptureSchema = z.strictObject({
  method: captureMethodSchema,
  receivedAt: instantSchema,
  /** Null: withheld, or there is none. */
  url: z.string().nullable(),
});
export type SaidOfCapture = z.infer<typeof saidOfCaptureSchema>;

/** A file that goes along. That it is one of the capture's artifacts, the signer says. */
export const shownFileSchema = z.strictObject({
  role: artifactRoleSchema,
  mediaType: z.string(),
  sha256: sha256Schema,
  size: z.number().int().nonnegative(),
  path: z.string(),
  /** A picture that was written anew with these parts black; the one that was captured stays behind. */
  covered: z.exactOptional(z.array(regionSchema).min(1)),
});
export type ShownFile = z.infer<typeof shownFileSchema>;

/** The id of the capture that a leaf alone speaks of; null: it is no such leaf. */
export function captureOfLeaf({ kind, subjects }: Pick<Leaf, 'kind' | 'subjects'>): string | null {
  const [capture] = subjects;
  return kind === 'capture.sealed' && subjects.length === 1 ? (capture ?? null) : null;
}
