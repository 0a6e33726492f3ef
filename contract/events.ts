/**
 * Event documents: what an act was, as exact JSON, written once and never rewritten. Tables are their projection.
 * A document's bytes are canonical JSON (RFC 8785); its leaf commits to them (docs/bundle-format.md).
 * A new fact is a new kind or a new optional member; what a member means never changes.
 */
import { z } from 'zod';
import { batchAddressesSchema, batchOutcomeSchema } from './model/batch.ts';
import {
  artifactRoleSchema,
  artifactSchema,
  captureMethodSchema,
  captureOriginSchema,
  recordingFactsSchema,
  sourceFormatSchema,
} from './model/capture.ts';
import {
  caseNameSchema,
  exhibitLabelSchema,
  exhibitNoteSchema,
  exhibitNumberSchema,
  timeZoneSchema,
} from './model/case.ts';
import { clauseDraftSchema, quoteSchema } from './model/clause.ts';
import { idSchema, instantSchema, sha256Schema } from './model/common.ts';
import { withoutProofSchema } from './model/identity.ts';
import { leakCodeSchema, leavingClassSchema, profileSchema, questionCodeSchema } from './model/leaving.ts';
import { personaFactsSchema, usualPersonaPace } from './model/persona.ts';
import {
  clauseLinkKindSchema,
  correctionChangeSchema,
  libraryKeySchema,
  olderPostsSchema,
  platformSchema,
  policyKindSchema,
  policyPartSchema,
  seenSchema,
  statementEffectSchema,
  versionCauseSchema,
  versionSourceSchema,
} from './model/policy.ts';

import { purgeCauseSchema, purgeCountsSchema } from './model/purge.ts';

import { hidesSchema } from './model/redaction.ts';

import { againSchema } from './model/reread.ts';
import { logHeadSchema } from './model/safety.ts';
import {
  consideredSchema,
  datedAnswerSchema,
  findingSchema,
  paletteSchema,
  reviewActSchema,
  sureSchema,
  taggedAccountSchema,
  tagOriginSchema,
} from './model/tag.ts';
import { revocationStateSchema, timestampSubjectSchema } from './model/timestamp.ts';
import { captureVerdictSchema, reasonSchema } from './model/verdict.ts';
import {
  postCheckSchema,
  vantageSchema,
  watchOutcomeSchema,
  watchScheduleSchema,
  watchStateSchema,
} from './model/watch.ts';

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
  /** None only where a bundle showed the capture in part, and no file of it. */
  artifacts: z.array(z.strictObject({ ...artifactSchema.shape, role: artifactRoleSchema })),
  records: z.record(z.string(), z.number().int().nonnegative()),
  exchangeCount: z.number().int().nonnegative(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  tool: toolSchema,
  /** Captures only: how it was recorded, how complete it is, and why not. */
  recording: z.exactOptional(recordingFactsSchema),
  verdict: z.exactOptional(captureVerdictSchema),
  reasons: z.exactOptional(z.array(z.strictObject(reasonSchema.shape))),
  /** Only of captures that came in a bundle of another archive. */
  origin: z.exactOptional(captureOriginSchema),
});

/** The heads of one log that a bundle showed, each signed by the log's key. */
const shownLogSchema = z.strictObject({
  origin: z.string(),
  vkey: z.string(),
  checkpoints: z.array(
    z.strictObject({
      size: z.number().int().positive(),
      root: sha256Schema,
      /** The signed note, whole. */
      note: z.string(),
    }),
  ),
});

/** Whole. Personas that were made before there were limits of pace have the usual ones. */
const personaBody = z.strictObject({
  persona: idSchema,
  ...personaFactsSchema.shape,
  pace: personaFactsSchema.shape.pace.default(usualPersonaPace),
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
    'log.started',
    z.strictObject({
      /** The log's name from here on, and its verifier key (c2sp.org/signed-note); both stand in its checkpoints. */
      origin: z.string().min(1).max(200),
      vkey: z.string().min(1).max(300),
      /** 'upgraded': the archive was made before logs had keys. 'restored': it came out of a backup. */
      cause: z.enum(['created', 'upgraded', 'restored']),
    }),
  ),
  event(
    'clauses.added',
    z.strictObject({
      pack: z.strictObject({ name: z.string(), version: z.string(), checkedOn: z.string().nullable() }),
      clauses: z.array(z.strictObject({ id: idSchema, ...clauseDraftSchema.shape })),
    }),
  ),
  event('capture.sealed', captureSealedSchema),
  /**
   * How many artifacts the capture has that the event right before this one sealed, and the Merkle root over them, each
   * salted: so one can be proven without the others. Captures that were sealed before there was this have none.
   */
  event(
    'artifacts.committed',
    z.strictObject({ capture: idSchema, artifacts: z.number().int().nonnegative(), root: sha256Schema }),
  ),
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
      /** Only of posts that came in a bundle: the reading there, and the ids of its posts there, in this order. */
      origin: z.exactOptional(z.strictObject({ reading: idSchema, posts: z.array(idSchema) })),
      /** Only where the capture was read before. */
      again: z.exactOptional(againSchema),
    }),
  ),
  event(
    'tag.set',
    z.strictObject({
      tag: idSchema,
      post: idSchema,
      /** Id of a clause of a pack. Null: `dated` names one of the library, or it is by no clause in particular. */
      clause: idSchema.nullable(),
      /** The first of the quotes; null: the post as a whole. */
      quote: z.strictObject(quoteSchema.shape).nullable(),
      because: z.string(),
      /** The other quotes, in the order of the text. */
      quotes: z.exactOptional(z.array(z.strictObject(quoteSchema.shape)).min(1)),
      /**
       * A clause of the library: its key, the version that is cited, and the number of the part there. Also of the
       * clause itself where it came from elsewhere (`origin`): the ids of versions are those of the archive here.
       */
      dated: z.exactOptional(
        z.strictObject({ key: libraryKeySchema, version: idSchema, part: z.number().int().nonnegative() }),
      ),
      /** Missing: 'breach'. */
      finding: z.exactOptional(findingSchema),
      sure: z.exactOptional(sureSchema),
      account: z.exactOptional(taggedAccountSchema),
      /** The linked exceptions, every one, as answered. */
      considered: z.exactOptional(z.array(consideredSchema).min(1)),
      /** In force when posted, when last seen up, when reported: as the library said when the tag was set. */
      dates: z.exactOptional(z.array(datedAnswerSchema).min(1)),
      batch: z.exactOptional(idSchema),
      coding: z.exactOptional(idSchema),
      phrase: z.exactOptional(idSchema),
      /** Of a tag that came in a bundle of another archive; it keeps its id. */
      origin: z.exactOptional(tagOriginSchema),
    }),
  ),
  event(
    'tag.reviewed',
    z.strictObject({
      review: idSchema,
      tag: idSchema,
      act: reviewActSchema,
      because: z.string().min(1).max(10_000),
      /** Of a review that came in a bundle of another archive; it keeps its id. */
      origin: z.exactOptional(tagOriginSchema),
    }),
  ),
  /** The whole palette, as it is from here on. */
  event('palette.arranged', z.strictObject({ slots: paletteSchema })),
  event(
    'phrase.added',
    z.strictObject({ phrase: idSchema, text: z.string().min(1).max(300), key: z.string().max(300) }),
  ),
  event('phrase.removed', z.strictObject({ phrase: idSchema })),
  event(
    'coding.drawn',
    z.strictObject({
      coding: idSchema,
      name: z.string().min(1).max(200),
      /** 32 bytes in hexadecimal. */
      seed: sha256Schema,
      population: z.number().int().positive(),
      untagged: z.number().int().nonnegative(),
      /** In the order in which they are judged. */
      posts: z.array(idSchema).min(1).max(10_000),
    }),
  ),
  event(
    'report.filed',
    z.strictObject({
      report: idSchema,
      posts: z.array(idSchema).min(1).max(10_000),
      to: z.string().min(1).max(300),
      at: z.string().max(40),
      bundle: idSchema.nullable(),
      note: z.string().max(10_000).nullable(),
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
      /** The case whose exhibits it holds. */
      case: z.exactOptional(idSchema),
    }),
  ),
  /**
   * What was decided before a bundle was sealed: for whom it is, what stayed behind, and what leaves although it was
   * found to be a leak. Stays in the archive.
   */
  event(
    'bundle.decided',
    z.strictObject({
      bundle: idSchema,
      profile: profileSchema,
      include: z.array(leavingClassSchema),
      /** Missing: recordings left whole, where they left. */
      wacz: z.exactOptional(z.literal('exhibits')),
      redactions: z.array(idSchema),
      leftOut: z.array(z.strictObject({ class: leavingClassSchema, count: z.number().int().positive() })),
      /** `key` stands for what was found: the first 12 digits of SHA-256 of code, line feed and value. */
      leaks: z.array(
        z.strictObject({
          code: leakCodeSchema,
          key: z.string().max(12),
          files: z.number().int().positive(),
        }),
      ),
      questions: z.array(z.strictObject({ code: questionCodeSchema, count: z.number().int().positive() })),
    }),
  ),
  /** What bundles withhold from a capture from here on. Stays in the archive, as what it names. */
  event(
    'redaction.made',
    z.strictObject({
      redaction: idSchema,
      capture: idSchema,
      hides: hidesSchema,
      because: z.string().min(1).max(10_000),
    }),
  ),
  event('redaction.lifted', z.strictObject({ redaction: idSchema, because: z.string().min(1).max(10_000) })),
  /** A copy of the whole archive was made. It holds the log up to `head`, which does not have this event. */
  event(
    'backup.made',
    z.strictObject({ sha256: sha256Schema, size: z.number().int().nonnegative(), head: logHeadSchema }),
  ),
  /** This archive goes on from a backup of that digest, whose log ended at `from`. */
  event('archive.restored', z.strictObject({ archive: idSchema, sha256: sha256Schema, from: logHeadSchema })),
  /** The key left the archive on a sheet. Neither the key nor anything made of it stands here. */
  event('recovery.exported', z.strictObject({ sheet: idSchema, format: z.enum(['text', 'pdf']) })),
  event('passphrase.changed', z.strictObject({ from: z.enum(['encrypted', 'plain']) })),
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
  event(
    'bundle.imported',
    z.strictObject({
      bundle: idSchema,
      /** The archive that it was compiled in. */
      archive: idSchema,
      /** The capture here that holds the zip file, and those that were made of what it holds. */
      capture: idSchema,
      captures: z.array(idSchema),
      /** Of the zip file. */
      sha256: sha256Schema,
      signer: sha256Schema,
      verdict: z.enum(['trusted', 'consistent']),
      /**
       * Whether its log was shown to go on from what was known of it: 'first' where nothing was, 'other-key' where a log
       * of the same name, or of the same archive, was known with another key.
       */
      log: z.enum(['first', 'extends', 'not-known', 'other-key']),
      logs: z.array(shownLogSchema),
    }),
  ),
  /** Two heads of one log that cannot both be: whoever holds its key has shown two histories. */
  event(
    'log.forked',
    z.strictObject({
      /** The log's name, and what was found. */
      origin: z.string(),
      found: z.string(),
      /** As remembered, or of this archive itself; signed notes, whole. Null: known by its root alone. */
      known: z.strictObject({
        size: z.number().int().positive(),
        root: sha256Schema,
        note: z.string().nullable(),
      }),
      shown: z.strictObject({ size: z.number().int().positive(), root: sha256Schema, note: z.string() }),
      /** The bundle that showed it, which was not taken in: id, SHA-256 of the zip file, signer. */
      bundle: idSchema,
      sha256: sha256Schema,
      signer: sha256Schema,
    }),
  ),
  event(
    'timestamp.requested',
    z.strictObject({
      request: idSchema,
      subject: timestampSubjectSchema,
      /** SHA-256 to be stamped, and the request's nonce, big-endian, in hexadecimal. */
      digest: sha256Schema,
      nonce: z.string().regex(/^([0-9a-f]{2}){1,32}$/),
      /** SHA-256 of the exact bytes of the request (.tsq), which stand beside the event. */
      tsq: sha256Schema,
    }),
  ),
  event(
    'timestamp.attached',
    z.strictObject({
      token: idSchema,
      request: idSchema,
      /** SHA-256 of the exact bytes of the authority's reply (.tsr), which stand beside the event. */
      tsr: sha256Schema,
      genTime: instantSchema,
      /** Microseconds; null: the authority does not say. */
      accuracy: z.number().int().nonnegative().nullable(),
      /** Name and SHA-256 of the authority's certificate, and when it ends. */
      authority: z.strictObject({ name: z.string(), fingerprint: sha256Schema, notAfter: instantSchema }),
      policy: z.string(),
      serial: z.string(),
      /** What was found when it was attached, and which certificates the user had named for that. */
      trusted: z.boolean(),
      named: z.array(sha256Schema),
      qualified: z.boolean(),
      revocation: revocationStateSchema,
      /** SHA-256 of each revocation answer (CRL or OCSP, DER) that was kept with it. */
      answers: z.array(sha256Schema),
    }),
  ),
  /** A policy of a platform, or a norm of a jurisdiction, of which versions are kept. */
  event(
    'policy.added',
    z.strictObject({
      policy: idSchema,
      platform: platformSchema,
      name: z.string().min(1).max(200),
      kind: policyKindSchema,
      jurisdiction: z.string().max(200).nullable(),
    }),
  ),
  event(
    'version.added',
    z.strictObject({
      version: idSchema,
      policy: idSchema,
      /** Of the exact text, which stands beside the event; its size in bytes. */
      sha256: sha256Schema,
      size: z.number().int().positive(),
      title: z.string().max(300),
      seen: seenSchema,
      inForceFrom: instantSchema.nullable(),
      cause: versionCauseSchema.nullable(),
      source: versionSourceSchema,
      /** By which rules the text was split, and into what: the parts in order are the whole text. */
      splitter: z.string().max(20),
      parts: z.array(policyPartSchema).min(1),
    }),
  ),
  event(
    'clause.corrected',
    z.strictObject({
      correction: idSchema,
      policy: idSchema,
      /** From this version on, in the order in which versions were seen; what was recorded later is not touched. */
      version: idSchema,
      /** As it is shown. */
      key: libraryKeySchema,
      change: correctionChangeSchema,
      because: z.string().max(10_000),
    }),
  ),
  event(
    'clause.linked',
    z.strictObject({
      link: idSchema,
      from: z.string().max(300),
      to: z.string().max(300),
      kind: clauseLinkKindSchema,
      because: z.string().max(10_000).nullable(),
    }),
  ),
  event(
    'statement.added',
    z.strictObject({
      statement: idSchema,
      key: z.string().max(300),
      speaker: z.string().min(1).max(300),
      saidOn: z.iso.date(),
      text: z.string().min(1).max(20_000),
      reportedIn: z.string().max(1000).nullable(),
      address: z.string().max(4000).nullable(),
      capture: idSchema.nullable(),
      effect: statementEffectSchema,
      /** What becomes of posts that are older than the clause; missing: it does not say. */
      olderPosts: z.exactOptional(olderPostsSchema),
    }),
  ),
  event('persona.added', personaBody),
  /** As it is from here on, whole. */
  event('persona.changed', personaBody),
  event('persona.retired', z.strictObject({ persona: idSchema })),
  /** That a session was kept or deleted. What it is stands in no event. */
  event('persona.session', z.strictObject({ persona: idSchema, act: z.enum(['kept', 'cleared']) })),
  /** That so many lines of the trail were deleted; `persona` null: of all. */
  event(
    'persona.trail',
    z.strictObject({
      persona: idSchema.nullable(),
      act: z.literal('purged'),
      lines: z.number().int().positive(),
    }),
  ),
  /** Under which persona a capture was made. Not part of the capture's own event, which leaves in bundles. */
  event('persona.used', z.strictObject({ persona: idSchema, name: z.string(), capture: idSchema })),
  /** A list of addresses is to be captured; each is named by its place in the list, from 0. */
  event(
    'batch.started',
    z.strictObject({
      batch: idSchema,
      name: z.string().max(255).nullable(),
      addresses: batchAddressesSchema,
    }),
  ),
  /** One of them was captured; recorded with the capture's sealing. */
  event(
    'batch.tried',
    z.strictObject({
      batch: idSchema,
      n: z.number().int().nonnegative(),
      capture: idSchema,
      outcome: batchOutcomeSchema,
    }),
  ),
  /** What is left of it is not to be captured. */
  event('batch.ended', z.strictObject({ batch: idSchema })),
  event(
    'watch.added',
    z.strictObject({
      watch: idSchema,
      url: z.string(),
      post: idSchema.nullable(),
      persona: idSchema.nullable(),
      schedule: watchScheduleSchema,
      next: instantSchema,
    }),
  ),
  event(
    'watch.set',
    z.strictObject({ watch: idSchema, state: watchStateSchema, next: instantSchema.nullable() }),
  ),
  /** What a check came to; recorded with the sealing of its capture. */
  event(
    'watch.checked',
    z.strictObject({
      watch: idSchema,
      capture: idSchema,
      outcome: watchOutcomeSchema,
      vantage: vantageSchema,
      /** When it should have been, and how many checks were missed since; null: it was made before its time. */
      due: instantSchema.nullable(),
      missed: z.number().int().nonnegative(),
      next: instantSchema.nullable(),
    }),
  ),
  /** Captures were destroyed, and with them the documents and salts of `events`; the leaves of these stay. */
  event(
    'capture.purged',
    z.strictObject({
      /** The one that was asked for. */
      capture: idSchema,
      /** All that went, it among them, and the ids that they have in other archives. */
      captures: z.array(idSchema).min(1),
      elsewhere: z.array(idSchema),
      /** 'stopped': while it was being recorded; no event was about it yet. */
      cause: purgeCauseSchema,
      because: z.string().min(1).max(10_000),
      /** By what right, such as the order of a court; null only where it was stopped. */
      authority: z.string().min(1).max(1000).nullable(),
      /** Kept only where the person asked for it. */
      address: z.string().nullable(),
      startedAt: instantSchema.nullable(),
      /** Places in the log, and in which session each was recorded. `posts`: of a reading, how many it had. */
      events: z.array(
        z.strictObject({
          seq: z.number().int().nonnegative(),
          session: idSchema,
          posts: z.exactOptional(z.number().int().nonnegative()),
        }),
      ),
      /** What would have captured it again, and was ended. */
      watches: z.array(idSchema),
      destroyed: z.strictObject(purgeCountsSchema.shape),
    }),
  ),
  event('hold.set', z.strictObject({ capture: idSchema, because: z.string().min(1).max(10_000) })),
  event('hold.lifted', z.strictObject({ capture: idSchema, because: z.string().min(1).max(10_000) })),
  /** Until when a capture is to be kept; null: no date any more. */
  event(
    'retention.set',
    z.strictObject({
      capture: idSchema,
      until: z.iso.date().nullable(),
      because: z.string().min(1).max(10_000),
    }),
  ),
  /** The same of a post for others to see; recorded with it, or taken in from a bundle. */
  event(
    'post.checked',
    z.strictObject({ ...postCheckSchema.shape, origin: z.exactOptional(tagOriginSchema) }),
  ),
  /** The report of a bundle that was about to be compiled was printed, and is kept. */
  event(
    'report.printed',
    z.strictObject({
      bundle: idSchema,
      /** Of the report as it was printed, and of what came of it. */
      report: sha256Schema,
      sha256: sha256Schema,
      size: z.number().int().positive(),
      /** Name and version of the browser engine. */
      engine: z.string().min(1).max(200),
    }),
  ),
  event('case.made', z.strictObject({ case: idSchema, name: caseNameSchema, timeZone: timeZoneSchema })),
  /** Name and time zone of a case, whole, as they are from here on. */
  event('case.changed', z.strictObject({ case: idSchema, name: caseNameSchema, timeZone: timeZoneSchema })),
  /** A post, or a capture as a whole, got a number in a case; the number is never given again. */
  event(
    'exhibit.added',
    z.strictObject({
      exhibit: idSchema,
      case: idSchema,
      number: exhibitNumberSchema,
      capture: idSchema,
      /** Null: the capture as a whole. */
      post: idSchema.nullable(),
      label: exhibitLabelSchema.nullable(),
    }),
  ),
  /** What an exhibit is called from here on; null: nothing. */
  event('exhibit.labelled', z.strictObject({ exhibit: idSchema, label: exhibitLabelSchema.nullable() })),
  /** A note for the desk: an event of its own, so that the exhibit can leave without it. Null takes it away. */
  event('exhibit.noted', z.strictObject({ exhibit: idSchema, note: exhibitNoteSchema.nullable() })),
  /** To a place in the order of its case, from 0, counted without it. */
  event('exhibit.moved', z.strictObject({ exhibit: idSchema, place: z.number().int().nonnegative() })),
  event(
    'exhibit.removed',
    z.strictObject({
      exhibit: idSchema,
      case: idSchema,
      number: exhibitNumberSchema,
      because: z.string().min(1).max(10_000),
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
    case 'log.started':
    case 'clauses.added':
      return [];
    case 'capture.sealed':
    case 'artifacts.committed':
      return [event.body.capture];
    case 'reading.made':
      return [event.body.reading, event.body.capture];
    case 'tag.set':
      return [event.body.tag, event.body.post];
    case 'tag.reviewed':
      return [event.body.review, event.body.tag];
    case 'palette.arranged':
      return [];
    case 'phrase.added':
    case 'phrase.removed':
      return [event.body.phrase];
    case 'coding.drawn':
      return [event.body.coding];
    case 'report.filed':
      return [event.body.report, ...event.body.posts];
    case 'bundle.compiled':
    case 'bundle.decided':
    case 'bundle.imported':
    case 'log.forked':
    case 'report.printed':
      return [event.body.bundle];
    case 'redaction.made':
      return [event.body.redaction, event.body.capture];
    case 'redaction.lifted':
      return [event.body.redaction];
    case 'archive.restored':
      return [event.body.archive];
    case 'recovery.exported':
      return [event.body.sheet];
    case 'backup.made':
    case 'passphrase.changed':
      return [];
    case 'signer.added':
      return [event.body.signer];
    case 'signer.replaced':
      return [event.body.signer, event.body.successor];
    case 'timestamp.requested':
      return [event.body.request];
    case 'timestamp.attached':
      return [event.body.token, event.body.request];
    case 'policy.added':
      return [event.body.policy];
    case 'version.added':
      return [event.body.version, event.body.policy];
    case 'clause.corrected':
      return [event.body.correction, event.body.version];
    case 'clause.linked':
      return [event.body.link];
    case 'statement.added':
      return event.body.capture === null
        ? [event.body.statement]
        : [event.body.statement, event.body.capture];
    case 'persona.added':
    case 'persona.changed':
    case 'persona.retired':
    case 'persona.session':
      return [event.body.persona];
    case 'persona.trail':
      return event.body.persona === null ? [] : [event.body.persona];
    case 'persona.used':
      return [event.body.capture, event.body.persona];
    case 'batch.started':
    case 'batch.ended':
      return [event.body.batch];
    case 'batch.tried':
      return [event.body.batch, event.body.capture];
    case 'watch.added':
      return event.body.post === null ? [event.body.watch] : [event.body.watch, event.body.post];
    case 'watch.set':
      return [event.body.watch];
    case 'watch.checked':
      return [event.body.watch, event.body.capture];
    case 'capture.purged':
      return event.body.captures;
    case 'hold.set':
    case 'hold.lifted':
    case 'retention.set':
      return [event.body.capture];
    case 'post.checked':
      return event.body.post === null ? [event.body.capture] : [event.body.capture, event.body.post];
    case 'case.made':
    case 'case.changed':
      return [event.body.case];
    case 'exhibit.added': {
      const { exhibit, case: of, capture, post } = event.body;
      return post === null ? [exhibit, of, capture] : [exhibit, of, capture, post];
    }
    case 'exhibit.labelled':
    case 'exhibit.noted':
    case 'exhibit.moved':
      return [event.body.exhibit];
    case 'exhibit.removed':
      return [event.body.exhibit, event.body.case];
  }
}
