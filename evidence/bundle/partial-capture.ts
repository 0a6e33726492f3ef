/**
 * A capture of which something is withheld, in evidence.json. The event that sealed it lists every artifact by its
 * SHA-256, with which guesses could be tested: so only its line in the log is shown. Its posts stand under readings, and
 * its files under a commitment, whose documents hold salted roots alone. What is said of the capture beside that is the
 * signer's word; so is that the files are its files, where it was sealed before there were such commitments.
 */
import { z } from 'zod';
import { artifactRoleSchema, captureMethodSchema } from '../../contract/model/capture.ts';
import { idSchema, instantSchema, sha256Schema } from '../../contract/model/common.ts';
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

/** What a derived recording is worth: the same words in each bundle. */
export const derivedStatement =
  'The statement of whoever signed the bundle: each record in this file is said to stand, byte for byte, in the recording (WACZ) that was sealed and stays behind. Whoever has that recording can check it.';

/** A recording that was cut down to what exhibits need of it. Nothing of it is proven by the log. */
export const derivedSchema = z.strictObject({
  /** The role of the file that it was cut out of, which is withheld. */
  from: z.literal('wacz'),
  rule: z.literal('exhibits/1'),
  /** Of how many records how many. */
  records: z.number().int().positive(),
  of: z.number().int().positive(),
  /** Exhibited posts whose words stand in an answer that it holds. */
  posts: z.array(idSchema),
  /** Those whose words were found in no recorded answer. */
  postsWithoutAnswer: z.array(idSchema),
  statement: z.literal(derivedStatement),
});
export type DerivedFacts = z.infer<typeof derivedSchema>;

/** A file that goes along. */
export const shownFileSchema = z.strictObject({
  role: artifactRoleSchema,
  mediaType: z.string(),
  sha256: sha256Schema,
  size: z.number().int().nonnegative(),
  path: z.string(),
  /** Its place among the artifacts that `committed` is about, where it is proven to be one; else the signer says so. */
  index: z.exactOptional(z.number().int().nonnegative()),
  /** A picture that was written anew with these parts black; the one that was captured stays behind. */
  covered: z.exactOptional(z.array(regionSchema).min(1)),
  derived: z.exactOptional(derivedSchema),
});
export type ShownFile = z.infer<typeof shownFileSchema>;

/** Whether a file was made for the bundle, and was never one of the capture's own. */
export function isMade({ covered, derived }: Pick<ShownFile, 'covered' | 'derived'>): boolean {
  return covered !== undefined || derived !== undefined;
}

/** The id of the capture that a leaf alone speaks of; null: it is no such leaf. */
export function captureOfLeaf({ kind, subjects }: Pick<Leaf, 'kind' | 'subjects'>): string | null {
  const [capture] = subjects;
  return kind === 'capture.sealed' && subjects.length === 1 ? (capture ?? null) : null;
}
