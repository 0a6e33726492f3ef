/** Reading the JSON files of a bundle: canonical, and nothing in them that the schema does not know. */
import type { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { sameBytes } from '../digest/sha256.ts';
import { canonicalBytes, type Json, parseCanonical } from '../log/canonical.ts';

/**
 * The value that these bytes say. Schemas of the contract drop members that they do not know; in evidence nothing may
 * be dropped, so what was parsed must be written as the same bytes. Attacker-controlled. Errors: `bad-input`, naming
 * the member.
 */
export function parseStrict<S extends z.ZodType<Json>>(schema: S, bytes: Uint8Array): z.output<S> {
  const parsed = schema.safeParse(parseCanonical(bytes));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.map(String).join('.') || 'the whole';
    throw new HoldfastError('bad-input', `Not as expected at ${where}: ${issue?.message ?? 'invalid'}.`, {
      cause: parsed.error,
    });
  }
  if (!sameBytes(canonicalBytes(parsed.data), bytes)) {
    throw new HoldfastError('bad-input', 'It has a member that this version of the format does not know.');
  }
  return parsed.data;
}
