/**
 * Event documents: what an act was, as exact JSON, written once and never rewritten. Tables are their projection.
 * A document's bytes are canonical JSON (RFC 8785); its leaf commits to them (docs/bundle-format.md).
 * A new fact is a new kind or a new optional member; what a member means never changes.
 */
import { z } from 'zod';
import {
  artifactRoleSchema,
  artifactSchema,
  captureMethodSchema,
  recordingFactsSchema,
  sourceFormatSchema,
} from './model/capture.ts';
import { clauseDraftSchema, quoteSchema } from './model/clause.ts';
import { idSchema, instantSchema, sha256Schema } from './model/common.ts';
import { withoutProofSchema } from './model/identity.ts';
import { captureVerdictSchema, reasonSchema } from './model/verdict.ts';

const toolSchema = z.strictObject({ name: z.string(), version: z.string() });

function event<K extends string, B extends z.ZodType>(kind: K, body: B) {
  return z.strictObject({
    v: z.literal(1),
    id: idSchema,
    kind: z.literal(kind),
    time: instantSchema,
    /** The session in which it was done; who that was, its opening says. */
    session: idSchema,
    body,
  });
}

/** A capture, imported or recorded here: what it is, and which bytes belong to it. */
export const captureSealedSchema = z.strictObject({
  capture: idSchema,
  method: captureMethodSchema,
  format: sourceFormatSchema,
  sourceName: z.string(),
  url: z.string().nullable(),
  savedAt: z.string().nullable(),
  receivedAt: instantSchema,
  artifacts: z.array(z.strictObject({ ...artifactSchema.shape, role: artifactRoleSchema })).min(1),
  records: z.record(z.string(), z.number().int().nonnegative()),
  exchangeCount: z.number().int().nonnegative(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  tool: toolSchema,
  /** Captures only: how it was recorded, how complete it is, and why not. */
  recording: z.exactOptional(recordingFactsSchema),
  verdict: z.exactOptional(captureVerdictSchema),
  reasons: z.exactOptional(z.array(z.strictObject(reasonSchema.shape))),
});

export const eventSchema = z.discriminatedUnion('kind', [
  event(
    'session.opened',
    z.strictObject({
      archive: idSchema,
      actor: z.string().min(1).max(200),
      /**
       * Null: the name is claimed. Else a detached CMS signature (DER, base64) over the canonical JSON of
       * {"archive", "purpose": "holdfast/session/1", "session", "time"} by the certificate inside it.
       */
      proof: z.strictObject({ cms: z.base64(), signer: sha256Schema }).nullable(),
      tool: toolSchema,
      /** Operating system and release of the machine. */
      system: z.string(),
    }),
  ),
  event('archive.created', z.strictObject({ archive: idSchema, encrypted: z.boolean() })),
  event(
    'clauses.added',
    z.strictObject({
      pack: z.strictObject({ name: z.string(), version: z.string(), checkedOn: z.string().nullable() }),
      clauses: z.array(z.strictObject({ id: idSchema, ...clauseDraftSchema.shape })),
    }),
  ),
  event('capture.sealed', captureSealedSchema),
  event(
    'reading.made',
    z.strictObject({
      reading: idSchema,
      capture: idSchema,
      reader: toolSchema,
      /** How many posts, and the Merkle root over them; the posts themselves stand beside the event. */
      posts: z.number().int().nonnegative(),
      root: sha256Schema,
      notes: z.array(z.string()),
    }),
  ),
  event(
    'tag.set',
    z.strictObject({
      tag: idSchema,
      post: idSchema,
      clause: idSchema,
      quote: z.strictObject(quoteSchema.shape).nullable(),
      because: z.string(),
    }),
  ),
  event(
    'bundle.compiled',
    z.strictObject({
      bundle: idSchema,
      captures: z.array(idSchema),
      /** Of the zip as written, and of its tag manifest, which is what the signature covers. */
      sha256: sha256Schema,
      size: z.number().int().nonnegative(),
      tagManifest: sha256Schema,
      signer: sha256Schema,
    }),
  ),
  event(
    'signer.added',
    z.strictObject({
      /** Opaque: the fingerprint names a person, and does not stand in the leaf. */
      signer: idSchema,
      /** DER, base64; the chain from the issuer upwards. */
      certificate: z.base64(),
      chain: z.array(z.base64()),
      fingerprint: sha256Schema,
      label: z.string().min(1).max(200),
      /**
       * Null: only the certificate was at hand. Else a detached CMS signature (DER, base64) by it over the canonical
       * JSON of {"archive", "fingerprint", "purpose": "holdfast/signer-added/1", "time"}.
       */
      proof: z.strictObject({ cms: z.base64() }).nullable(),
    }),
  ),
  event(
    'signer.replaced',
    z.strictObject({
      /** Ids of the two signers, and the fingerprints of their certificates. */
      signer: idSchema,
      successor: idSchema,
      old: sha256Schema,
      new: sha256Schema,
      because: z.string().min(1),
      /**
       * A detached CMS signature (DER, base64) by the OLD key over the canonical JSON of
       * {"archive", "new", "old", "purpose": "holdfast/signer-replaced/1", "time"}; null where it could not sign any
       * more, for the reason that `withoutProof` names.
       */
      proof: z.strictObject({ cms: z.base64() }).nullable(),
      withoutProof: withoutProofSchema.nullable(),
    }),
  ),
]);
export type EventDocument = z.infer<typeof eventSchema>;
export type EventKind = EventDocument['kind'];
export type EventBody<K extends EventKind> = Extract<EventDocument, { kind: K }>['body'];

/** The ids that stand in an event's leaf: what the event is about, opaque. */
export function subjectsOf(event: EventDocument): string[] {
  switch (event.kind) {
    case 'session.opened':
      return [event.session];
    case 'archive.created':
      return [event.body.archive];
    case 'clauses.added':
      return [];
    case 'capture.sealed':
      return [event.body.capture];
    case 'reading.made':
      return [event.body.reading, event.body.capture];
    case 'tag.set':
      return [event.body.tag, event.body.post];
    case 'bundle.compiled':
      return [event.body.bundle];
    case 'signer.added':
      return [event.body.signer];
    case 'signer.replaced':
      return [event.body.signer, event.body.successor];
  }
}
