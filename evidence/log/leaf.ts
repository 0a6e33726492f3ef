/**
 * The leaf of an event in the custody log: what stands in the log for ever, and says nothing by itself.
 * A leaf commits to the event's document through a salt, so that a purge of document and salt leaves a leaf
 * from which nobody can guess what it stood for. The bytes of leaves are final: docs/bundle-format.md.
 */
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { idSchema, instantSchema, sha256Schema } from '../../contract/model/common.ts';
import { concatBytes, type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes, parseCanonical } from './canonical.ts';

export const saltLength = 32;
const commitmentPrefix = Uint8Array.of(2);

/** `SHA-256(0x02 ‖ salt ‖ SHA-256(document))`; the salt is 32 random bytes of its own. */
export function commitment(sha256: Sha256, salt: Uint8Array, document: Uint8Array): Uint8Array {
  if (salt.length !== saltLength) throw new RangeError(`a salt has ${saltLength} bytes`);
  return sha256.of(concatBytes(commitmentPrefix, salt, sha256.of(document)));
}

export const leafSchema = z.strictObject({
  v: z.literal(1),
  /** Position in the log, from 0. */
  seq: z.number().int().nonnegative(),
  time: instantSchema,
  /** The kind of event: `capture.sealed`. */
  kind: z.string().regex(/^[a-z]+(\.[a-z]+)+$/),
  event: idSchema,
  /** Ids of what the event is about: opaque, never names. */
  subjects: z.array(idSchema),
  commitment: sha256Schema,
});
export type Leaf = z.infer<typeof leafSchema>;

/** The exact bytes of the leaf for an event. `time` is UTC with milliseconds. */
export function leafBytes(
  sha256: Sha256,
  event: { seq: number; time: string; kind: string; id: string; subjects: readonly string[] },
  salt: Uint8Array,
  document: Uint8Array,
): Uint8Array {
  const leaf: Leaf = leafSchema.parse({
    v: 1,
    seq: event.seq,
    time: event.time,
    kind: event.kind,
    event: event.id,
    subjects: [...event.subjects],
    commitment: toHex(commitment(sha256, salt, document)),
  });
  return canonicalBytes(leaf);
}

/** Reads leaf bytes, which may be attacker-controlled. Errors: `bad-input`. */
export function parseLeaf(bytes: Uint8Array): Leaf {
  const parsed = leafSchema.safeParse(parseCanonical(bytes));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new HoldfastError(
    'bad-input',
    `Not a leaf of a custody log: ${issue?.path.join('.')}: ${issue?.message}.`,
    {
      cause: parsed.error,
    },
  );
}
