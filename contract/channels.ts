/**
 * Everything that the window, the command line and the archive host say to each other.
 * The process that executes a call parses its input; whoever asked parses nothing but trusts the type.
 *
 * `bytes: 'in'`: the caller sends a byte stream with the request. `bytes: 'out'`: the answer is a byte stream,
 * and the reply that follows it carries the output.
 */
import { z } from 'zod';
import { circumstancesSchema } from './capture-job.ts';
import { failureSchema } from './errors.ts';
import { archiveStatusSchema, eventLineSchema, rebuildReportSchema } from './model/archive.ts';
import { autopilotLimitsSchema } from './model/autopilot.ts';
import { batchItemSchema, batchOrderSchema, batchPaceSchema, batchSchema } from './model/batch.ts';
import { bundleReportSchema } from './model/bundle.ts';
import {
  captureFilterSchema,
  captureLineSchema,
  captureSchema,
  importReportSchema,
} from './model/capture.ts';
import {
  caseContentsSchema,
  caseNameSchema,
  caseSchema,
  exhibitDraftSchema,
  exhibitNumberSchema,
  timeZoneSchema,
} from './model/case.ts';
import {
  certificateReportSchema,
  certificationFormSchema,
  certificationLinesSchema,
} from './model/certificate.ts';
import { checkedFileSchema } from './model/checked-file.ts';
import { clauseSchema } from './model/clause.ts';
import { idSchema, instantSchema, sha256Schema } from './model/common.ts';
import { doorStateSchema } from './model/door.ts';
import { exchangeLineSchema } from './model/exchange.ts';
import {
  certificateFactsSchema,
  keychainStatusSchema,
  signerLineSchema,
  writtenIdentitySchema,
} from './model/identity.ts';
import { leavingOrderSchema, leavingPreviewSchema } from './model/leaving.ts';
import {
  captureProofSchema,
  checkpointSchema,
  eventFilterSchema,
  logReportSchema,
  logStatusSchema,
} from './model/log.ts';
import {
  accessSchema,
  personaChangesSchema,
  personaFactsSchema,
  personaSchema,
  turnSchema,
} from './model/persona.ts';
import {
  clauseHistorySchema,
  clauseLinkSchema,
  correctionOrderSchema,
  datedClauseSchema,
  policyDiffSchema,
  policyImportSchema,
  policyOrderSchema,
  policySchema,
  policyVersionSchema,
  statementSchema,
  versionClauseSchema,
  wordChangeSchema,
} from './model/policy.ts';
import { postLineSchema, postSchema } from './model/post.ts';
import {
  heldSchema,
  holdDraftSchema,
  keepingSchema,
  purgeLineSchema,
  purgeOrderSchema,
  purgePlanSchema,
  purgeReportSchema,
  retainedSchema,
  retentionDraftSchema,
  stopOrderSchema,
} from './model/purge.ts';
import {
  captureResultSchema,
  exchangeEndSchema,
  exchangeStartSchema,
  knownSecretSchema,
  recordedArtifactSchema,
  recordingBeginSchema,
  recordingEndSchema,
} from './model/recording.ts';
import { redactionDraftSchema, redactionSchema } from './model/redaction.ts';
import { rereadReportSchema } from './model/reread.ts';
import {
  backupReportSchema,
  checkReportSchema,
  idleMinutesSchema,
  passphraseEstimateSchema,
  passphraseReportSchema,
  recoverySchema,
  recoverySheetSchema,
  restoreReportSchema,
  secretSchema,
} from './model/safety.ts';
import {
  clauseChoiceSchema,
  codingResultSchema,
  codingSchema,
  inboxFilterSchema,
  inboxLineSchema,
  judgementDraftSchema,
  paletteSchema,
  paletteSlotSchema,
  phraseSchema,
  reportFiledSchema,
  reviewActSchema,
  reviewSchema,
  suggestionSchema,
  tagDraftSchema,
  tagPreparationSchema,
  tagSchema,
} from './model/tag.ts';
import {
  bundleStampSchema,
  timeBasisSchema,
  timestampListSchema,
  timestampSubjectSchema,
  timestampTokenSchema,
} from './model/timestamp.ts';
import { trailLineSchema, trailPageSchema, trailPurgeSchema } from './model/trail.ts';
import { viewStateSchema } from './model/view.ts';
import {
  networkSchema,
  toldCheckSchema,
  watchCheckSchema,
  watchDraftSchema,
  watchSchema,
  watchStateSchema,
} from './model/watch.ts';

const path = z.string().min(1);
const passphrase = z.string().min(1).max(1024);
/** Null: none was kept. */
const sessionVersion = z.number().int().nullable();
const nothing = z.object({});
/** Small bytes in base64: requests, replies, revocation answers. */
const smallBytes = z.base64().max(16 * 1024 * 1024);
/** Certificates (PEM) of time-stamping authorities, or of those above them, that the user named for this. */
const tsaRoots = z.array(path).max(50);
/** What a request is for: everything recorded so far, or an older stamp. */
const stampOrder = z.object({ renew: idSchema.nullable() });
const attached = z.object({ request: idSchema, token: timestampTokenSchema });

/** An identity file with its passphrase; null: from the system's keychain, which main fills in (main/keychain). */
const identity = z.object({ path, passphrase: passphrase.nullable() });

const openingSchema = z
  .object({
    path,
    /** Null for a plain archive. */
    passphrase: passphrase.nullable(),
    /** Instead of the passphrase. */
    recovery: recoverySchema.optional(),
    /** Who works, as claimed; may be empty where an identity proves it. */
    actorName: z.string().max(200),
    identity: identity.nullable().optional(),
  })
  .refine((opening) => opening.actorName !== '' || opening.identity != null, {
    path: ['actorName'],
    message: 'a name, or an identity',
  });

export const hostChannels = {
  'archive.create': { input: openingSchema, output: archiveStatusSchema },
  'archive.open': { input: openingSchema, output: archiveStatusSchema },
  'archive.lock': { input: nothing, output: nothing },
  /** Null: no archive is open. */
  'archive.status': { input: nothing, output: archiveStatusSchema.nullable() },
  'archive.rebuild': { input: nothing, output: rebuildReportSchema },
  /** Copies the open archive to a new file and checks that. Work on the archive goes on meanwhile. */
  'archive.backup': { input: z.object({ path }), output: backupReportSchema },
  /** Makes a new archive at `path` from a backup. No archive needs to be open, and none is opened. */
  'archive.restore': {
    input: z.object({
      backupPath: path,
      path,
      passphrase: passphrase.nullable(),
      recovery: recoverySchema.optional(),
      actorName: z.string().min(1).max(200),
    }),
    output: restoreReportSchema,
  },
  'archive.check': { input: nothing, output: checkReportSchema },
  /** Writes the key to a new file: a PDF where its name ends in .pdf, else text. */
  'archive.recoverySheet': { input: z.object({ path, secret: secretSchema }), output: recoverySheetSchema },
  'passphrase.estimate': { input: nothing, output: passphraseEstimateSchema },
  /** Nothing else is written meanwhile: `archive-busy`. `secret` null: the archive is not encrypted yet. */
  'passphrase.change': {
    input: z.object({ secret: secretSchema.nullable(), newPassphrase: passphrase }),
    output: passphraseReportSchema,
  },
  /** Newest first, from below `before`, without the first `offset` of them; `total` counts what the filter lets through. */
  'events.list': {
    input: z.object({
      before: z.number().int().nullable(),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(1000),
      filter: eventFilterSchema.default({}),
    }),
    output: z.object({ total: z.number().int(), events: z.array(eventLineSchema) }),
  },
  'log.status': { input: nothing, output: logStatusSchema },
  /** Checks everything against the log. Progress and cancel as long work; nothing is changed or recorded. */
  'log.verify': { input: nothing, output: logReportSchema },
  /** Signs the head over everything recorded; where there is one of this size, that one. */
  'log.checkpoint': { input: nothing, output: checkpointSchema },
  /** Writes the proof of one capture as a `.tlog-proof` file, under a checkpoint made now. */
  'log.prove': { input: z.object({ captureId: idSchema, path }), output: captureProofSchema },
  /** `trust`, `tsaRoots`: certificates (PEM) of signers and time-stamping authorities that the user names for bundles and WACZ. */
  'import.files': {
    input: z.object({
      paths: z.array(path).min(1),
      trust: z.array(path).default([]),
      tsaRoots: z.array(path).default([]),
    }),
    output: importReportSchema,
  },
  /** One file whose bytes the caller holds, such as a pasted picture. */
  'import.stream': {
    input: z.object({ name: z.string().min(1).max(255) }),
    output: importReportSchema,
    bytes: 'in',
  },
  /** Every capture, newest first; also those in which no post was read. */
  'captures.list': {
    input: z.object({
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
      /** Recordings by their verdict, or what was imported and has none. `total` counts these. */
      show: captureFilterSchema.default('all'),
    }),
    output: z.object({ total: z.number().int(), captures: z.array(captureLineSchema) }),
  },
  // A recording, piece by piece (contract/model/recording.ts). Each answer means: it is in the archive.
  'recording.begin': { input: recordingBeginSchema, output: z.object({ captureId: idSchema }) },
  'recording.exchange': {
    input: z.object({ captureId: idSchema, exchange: exchangeStartSchema }),
    output: nothing,
    bytes: 'in',
  },
  'recording.exchangeEnd': {
    input: z.object({ captureId: idSchema, end: exchangeEndSchema }),
    output: nothing,
  },
  /** Kept with what is unsealed, and gone with it: sealing replaces them in every body of the capture. */
  'recording.secrets': {
    input: z.object({ captureId: idSchema, secrets: z.array(knownSecretSchema).min(1) }),
    output: nothing,
  },
  'recording.artifact': { input: recordedArtifactSchema, output: nothing, bytes: 'in' },
  /** Seals the capture: WARC and WACZ are written, posts read, the verdict made. */
  'recording.finish': { input: recordingEndSchema, output: captureResultSchema },
  /** What was received is destroyed, and nothing more of it is taken; address and time stay. */
  'recording.purge': { input: stopOrderSchema, output: purgeLineSchema },
  /** The exchanges of a recording, in the order in which answers began; none for an import that has none. */
  'capture.exchanges': {
    input: z.object({
      captureId: idSchema,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), exchanges: z.array(exchangeLineSchema) }),
  },
  /**
   * What the custody log holds about one capture, its readings, tags and bundles among it; oldest first. A capture of
   * many posts has many tags: `total` says how many acts there are.
   */
  'capture.events': {
    input: z.object({ captureId: idSchema, limit: z.number().int().min(1).max(1000).default(100) }),
    output: z.object({ total: z.number().int(), events: z.array(eventLineSchema) }),
  },
  /**
   * The body of the newest recorded answer for an address, for the replay without script; `artifact-not-found` where
   * the recording has none. Recorded redirects are followed. The page's own address gives what the network delivered, not the page as rendered.
   */
  'replay.resource': {
    input: z.object({ captureId: idSchema, url: z.string().max(65_536) }),
    output: z.object({
      status: z.number().int(),
      mediaType: z.string(),
      size: z.number().int(),
      /** The address that answered, at the end of recorded redirects. */
      url: z.string(),
      /** Of a page, as its header says; null where it does not. */
      charset: z.string().nullable(),
    }),
    bytes: 'out',
  },
  /**
   * Reads the posts of a capture out of its stored bytes again, with the readers as they are now. `keep` false: shows the
   * difference and changes nothing. `digest`: of the difference that was shown; `reading-differs` where it is another now.
   */
  'capture.reread': {
    input: z.object({ captureId: idSchema, keep: z.boolean(), digest: sha256Schema.nullable() }),
    output: rereadReportSchema,
  },
  'capture.get': { input: z.object({ captureId: idSchema }), output: captureSchema },
  // The one way out, what stands in it, and until when something is kept (contract/model/purge.ts).
  'purge.plan': { input: z.object({ captureId: idSchema }), output: purgePlanSchema },
  'purge.capture': { input: purgeOrderSchema, output: purgeReportSchema },
  'keeping.list': { input: nothing, output: keepingSchema },
  'keeping.hold': { input: holdDraftSchema, output: heldSchema },
  'keeping.lift': { input: holdDraftSchema, output: nothing },
  /** Null: it has no date any more. */
  'keeping.retain': { input: retentionDraftSchema, output: retainedSchema.nullable() },
  /**
   * The library, newest first; `query` empty: all posts. `offset` counts from the newest.
   * `total` is exact without a query; with one it stops counting at 10,000 (`totalIsLowerBound`).
   */
  'posts.list': {
    input: z.object({
      query: z.string().max(1000),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: z.number().int(),
      totalIsLowerBound: z.boolean(),
      posts: z.array(postLineSchema),
    }),
  },
  'posts.get': { input: z.object({ postId: idSchema }), output: postSchema },
  'clauses.list': {
    input: z.object({ query: z.string().max(200), platform: z.string().nullable() }),
    output: z.object({ clauses: z.array(clauseSchema) }),
  },
  // The dated library.
  'policies.list': { input: nothing, output: z.object({ policies: z.array(policySchema) }) },
  'policies.versions': {
    input: z.object({ policyId: idSchema }),
    output: z.object({ versions: z.array(policyVersionSchema) }),
  },
  'policies.clauses': {
    input: z.object({ versionId: idSchema }),
    output: z.object({ clauses: z.array(versionClauseSchema) }),
  },
  /** As they stood at a time: a day in UTC (`2021-01-14`) or an instant with its offset. */
  'policies.on': {
    input: z.object({ policyId: idSchema, on: z.string().max(40), all: z.boolean() }),
    output: z.object({ clauses: z.array(datedClauseSchema) }),
  },
  'policies.diff': { input: z.object({ before: idSchema, after: idSchema }), output: policyDiffSchema },
  'policies.history': { input: z.object({ key: z.string().max(300) }), output: clauseHistorySchema },
  'policies.import': { input: policyOrderSchema, output: policyImportSchema },
  'policies.state': { input: statementSchema.omit({ id: true }), output: statementSchema },
  'policies.link': {
    input: clauseLinkSchema.pick({ from: true, to: true, kind: true, because: true }),
    output: clauseLinkSchema,
  },
  'policies.correct': { input: correctionOrderSchema, output: z.object({ correction: idSchema }) },
  /** Clauses of packs and of the library by any part of their name, key or text; best first, the post's platform before others. */
  'clauses.find': {
    input: z.object({
      query: z.string().max(200),
      platform: z.string().nullable(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ clauses: z.array(clauseChoiceSchema) }),
  },
  /** Oldest first. While a person codes a sample, what others said of its posts is left out and counted in `hidden`. */
  'tags.list': {
    input: z.object({ postId: idSchema }),
    output: z.object({ tags: z.array(tagSchema), hidden: z.number().int() }),
  },
  'tags.prepare': {
    input: z.object({ postId: idSchema, clauseKey: z.string().max(300) }),
    output: tagPreparationSchema,
  },
  'tags.add': { input: tagDraftSchema, output: tagSchema },
  /** The same judgement of many posts as wholes, for one reason; all or none. */
  'tags.addMany': {
    input: judgementDraftSchema.extend({ postIds: z.array(idSchema).min(1).max(10_000) }),
    output: z.object({ batch: idSchema, tags: z.number().int() }),
  },
  'tags.review': {
    input: z.object({ tagId: idSchema, act: reviewActSchema, because: z.string().min(1).max(10_000) }),
    output: reviewSchema,
  },
  /** Tags newest first; `others`: only those that somebody else set. `counts`: of each filter. */
  'tags.inbox': {
    input: z.object({
      filter: inboxFilterSchema,
      others: z.boolean().default(false),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({
      total: z.number().int(),
      counts: z.record(inboxFilterSchema, z.number().int()),
      lines: z.array(inboxLineSchema),
    }),
  },
  'palette.get': {
    input: nothing,
    output: z.object({ slots: z.array(paletteSlotSchema.extend({ title: z.string() })) }),
  },
  'palette.set': { input: z.object({ slots: paletteSchema }), output: nothing },
  'phrases.list': { input: nothing, output: z.object({ phrases: z.array(phraseSchema) }) },
  'phrases.add': {
    input: phraseSchema.pick({ text: true, clauseKey: true }),
    output: phraseSchema,
  },
  'phrases.remove': { input: z.object({ phraseId: idSchema }), output: nothing },
  /** Phrases that stand in a post and for which it has no tag by the same clause over the same words. */
  'phrases.suggest': {
    input: z.object({ postId: idSchema }),
    output: z.object({ suggestions: z.array(suggestionSchema) }),
  },
  /** Draws by chance from all posts, tagged or not. `seed` null: a new one. */
  'codings.draw': {
    input: z.object({
      name: z.string().min(1).max(200),
      posts: z.number().int().min(1).max(10_000),
      seed: sha256Schema.nullable().default(null),
    }),
    output: codingSchema,
  },
  'codings.list': { input: nothing, output: z.object({ codings: z.array(codingSchema) }) },
  /** The next post of the sample that the person at the desk has not judged; null: all are. */
  'codings.next': {
    input: z.object({ codingId: idSchema }),
    output: z.object({ postId: idSchema.nullable(), judged: z.number().int(), posts: z.number().int() }),
  },
  /** Errors: `coding-open` before the person at the desk has judged every post of it. */
  'codings.result': { input: z.object({ codingId: idSchema }), output: codingResultSchema },
  'personas.list': { input: nothing, output: z.object({ personas: z.array(personaSchema) }) },
  'personas.add': { input: personaFactsSchema, output: personaSchema },
  'personas.change': {
    input: z.object({ personaId: idSchema, changes: personaChangesSchema }),
    output: personaSchema,
  },
  'personas.retire': { input: z.object({ personaId: idSchema }), output: personaSchema },
  'personas.clearSession': { input: z.object({ personaId: idSchema }), output: personaSchema },
  // Cookies and storage of a persona, as JSON in bytes: for main alone.
  'personaSession.open': {
    /** Its id, or its name. */
    input: z.object({ persona: z.string().min(1).max(200) }),
    output: z.object({ persona: personaSchema, version: sessionVersion }),
    bytes: 'out',
  },
  /** `version`: of the session that it began with. 'newer': another stands there by now; 'not-kept': not encrypted. */
  'personaSession.keep': {
    input: z.object({ personaId: idSchema, version: sessionVersion }),
    output: z.object({ outcome: z.enum(['kept', 'newer', 'not-kept']) }),
    bytes: 'in',
  },
  /** Books when a page may be asked for under it, by id or name; `byHand`: it is, now. For main alone. */
  'personaTurn.take': {
    input: z.object({ persona: z.string().min(1).max(200), byHand: z.boolean() }),
    output: turnSchema,
  },
  // Pages that were visited under personas (contract/model/trail.ts).
  /** For main alone. `kept` false: the archive is not encrypted. */
  'trail.add': { input: trailPageSchema, output: z.object({ kept: z.boolean() }) },
  /** Newest first; null: of every persona. */
  'trail.list': {
    input: z.object({
      persona: idSchema.nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), lines: z.array(trailLineSchema) }),
  },
  'trail.purge': { input: trailPurgeSchema, output: z.object({ purged: z.number().int() }) },
  'reports.add': { input: reportFiledSchema.omit({ id: true }), output: reportFiledSchema },
  /** Of one post, or all; newest first. */
  'reports.list': {
    input: z.object({ postId: idSchema.nullable() }),
    output: z.object({ reports: z.array(reportFiledSchema) }),
  },
  // Lists of addresses to capture (contract/model/batch.ts).
  /** Finds or begins the batch, and says what of it is to be captured now. */
  'batch.open': {
    input: batchOrderSchema,
    output: z.object({ batch: batchSchema, todo: z.array(batchItemSchema) }),
  },
  'batch.list': { input: nothing, output: z.object({ batches: z.array(batchSchema) }) },
  'batch.get': { input: z.object({ batchId: idSchema }), output: batchSchema },
  'batch.items': {
    input: z.object({
      batchId: idSchema,
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), items: z.array(batchItemSchema) }),
  },
  /** What is left of it is not to be captured. */
  'batch.end': { input: z.object({ batchId: idSchema }), output: batchSchema },
  // What is captured again and again (contract/model/watch.ts).
  'watch.add': { input: watchDraftSchema, output: watchSchema },
  'watch.set': { input: z.object({ watchId: idSchema, state: watchStateSchema }), output: watchSchema },
  /** What is checked next comes first. */
  'watch.list': {
    input: z.object({
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), watches: z.array(watchSchema) }),
  },
  /** What is to be checked by now, the longest overdue first. */
  'watch.due': { input: nothing, output: z.object({ watches: z.array(watchSchema) }) },
  'watch.get': {
    input: z.object({ watchId: idSchema, limit: z.number().int().min(1).max(1000).default(100) }),
    output: z.object({ watch: watchSchema, checks: z.array(watchCheckSchema) }),
  },
  /** Also what is watched by other readings of the same post. */
  'watch.ofPost': {
    input: z.object({ postId: idSchema }),
    output: z.object({ watches: z.array(watchSchema) }),
  },
  /** Checks out of bundles of others, at most 200, what was taken in last first: of this post, or of any. */
  'watch.told': {
    input: z.object({ postId: idSchema.nullable() }),
    output: z.object({ total: z.number().int(), checks: z.array(toldCheckSchema) }),
  },
  /** Word by word, what a check found changed. */
  'watch.diff': {
    input: z.object({ captureId: idSchema }),
    output: z.object({ changes: z.array(wordChangeSchema) }),
  },
  'identity.create': {
    input: z.object({
      path,
      passphrase,
      /** X.520 lets a certificate hold 64 characters. */
      name: z.string().min(1).max(64),
      organisation: z.string().max(64).nullable(),
      email: z.string().max(255).nullable(),
    }),
    output: writtenIdentitySchema,
  },
  /** Takes over an organisation's identity: the same key, in a new file under a passphrase of its own. */
  'identity.import': {
    input: z.object({ from: z.object({ path, passphrase }), to: z.object({ path, passphrase }) }),
    output: writtenIdentitySchema,
  },
  /** The certificate in an identity file or a PEM file; the latter needs no passphrase. */
  'identity.show': {
    input: z.object({ path, passphrase: passphrase.nullable() }),
    output: certificateFactsSchema,
  },
  /** `identityPath`: the identity file that this user last used with this archive on this computer. */
  'signers.list': {
    input: nothing,
    output: z.object({ signers: z.array(signerLineSchema), identityPath: z.string().nullable() }),
  },
  /** By an identity, whose key proves that it is here, or by a certificate (PEM). `label` null: its name. */
  'signers.add': {
    input: z.object({ ...identity.shape, label: z.string().max(200).nullable() }),
    output: signerLineSchema,
  },
  /** `old`: the signer that goes; its identity signs that, unless its key is lost. Answers the one that went. */
  'signers.replace': {
    input: z.object({
      old: sha256Schema,
      oldIdentity: identity.nullable(),
      successor: identity,
      because: z.string().min(1).max(10_000),
    }),
    output: signerLineSchema,
  },
  /** Writes the certificate of a signer as PEM, for those who will check bundles. */
  'signers.saveCertificate': {
    input: z.object({ signerId: idSchema, path }),
    output: z.object({ path: z.string() }),
  },
  'bundle.compile': {
    input: z.object({
      path,
      identityPath: path,
      /** Null: from the keychain. */
      identityPassphrase: passphrase.nullable(),
      /** 'all', or the captures to take. */
      captures: z.union([z.literal('all'), z.array(idSchema).min(1)]),
      leaving: leavingOrderSchema.optional(),
      /** Instead: the exhibits of this case; `notes`: and the notes on them. */
      case: idSchema.optional(),
      notes: z.boolean().optional(),
    }),
    output: bundleReportSchema,
  },
  'cases.list': { input: nothing, output: z.object({ cases: z.array(caseSchema) }) },
  'cases.read': { input: z.object({ caseId: idSchema }), output: caseContentsSchema },
  'cases.make': { input: z.object({ name: caseNameSchema, timeZone: timeZoneSchema }), output: caseSchema },
  'cases.change': {
    input: z.object({ caseId: idSchema, name: caseNameSchema, timeZone: timeZoneSchema }),
    output: caseSchema,
  },
  /** Empty: none. */
  'cases.label': {
    input: z.object({ caseId: idSchema, number: exhibitNumberSchema, label: z.string().max(300) }),
    output: caseContentsSchema,
  },
  /** Posts, or captures as a whole, each under the next number; all or none. */
  'cases.add': {
    input: z.object({ caseId: idSchema, exhibits: z.array(exhibitDraftSchema).min(1).max(10_000) }),
    output: caseContentsSchema,
  },
  'cases.note': {
    input: z.object({ caseId: idSchema, number: exhibitNumberSchema, note: z.string().max(10_000) }),
    output: caseContentsSchema,
  },
  /** Puts an exhibit before another; null: last. */
  'cases.move': {
    input: z.object({
      caseId: idSchema,
      number: exhibitNumberSchema,
      before: exhibitNumberSchema.nullable(),
    }),
    output: caseContentsSchema,
  },
  'cases.remove': {
    input: z.object({
      caseId: idSchema,
      number: exhibitNumberSchema,
      because: z.string().min(1).max(10_000),
    }),
    output: caseContentsSchema,
  },
  /** What there is to confirm of a bundle, which is checked first. */
  'bundle.certification': {
    input: z.object({ path, form: certificationFormSchema }),
    output: certificationLinesSchema,
  },
  /** Writes a certificate beside the bundle, and a signature over it. `confirmed`: statements by number, from 1. */
  'bundle.certify': {
    input: z.object({
      path,
      form: certificationFormSchema,
      identity,
      title: z.string().max(300).nullable(),
      confirmed: z.array(z.number().int().min(1)).min(1).max(100),
    }),
    output: certificateReportSchema,
  },
  /** Main alone: waits until the bundle that is being compiled has a report to print; false where it came to none. */
  'printing.next': { input: nothing, output: z.object({ waiting: z.boolean() }) },
  /** A file of that report by its path beside it, `report.html` the first. */
  'printing.file': {
    input: z.object({ path: z.string().max(500) }),
    output: z.object({ mediaType: z.string(), size: z.number().int() }),
    bytes: 'out',
  },
  /** The report as PDF. `engine`: name and version; null: it could not be printed. */
  'printing.done': {
    input: z.object({ engine: z.string().min(1).max(200).nullable() }),
    output: nothing,
    bytes: 'in',
  },
  /** What such a bundle would let out; nothing is written. */
  'bundle.preview': {
    input: z.object({
      captures: z.union([z.literal('all'), z.array(idSchema).min(1)]),
      case: idSchema.optional(),
      notes: z.boolean().optional(),
      leaving: leavingOrderSchema,
    }),
    output: leavingPreviewSchema,
  },
  /** Oldest first, those that were lifted among them. */
  'redactions.list': { input: nothing, output: z.object({ redactions: z.array(redactionSchema) }) },
  'redactions.add': { input: redactionDraftSchema, output: redactionSchema },
  'redactions.lift': {
    input: z.object({ redactionId: idSchema, because: z.string().min(1).max(10_000) }),
    output: redactionSchema,
  },
  /** Of a bundle, or of a WACZ file or bag of others: which, its content says. */
  'bundle.verify': {
    input: z.object({ path, trust: z.array(path), tsaRoots: z.array(path) }),
    output: checkedFileSchema,
  },
  'timestamps.list': { input: nothing, output: timestampListSchema },
  'timestamps.basis': { input: z.object({ captureId: idSchema }), output: timeBasisSchema },
  /** Makes and keeps a request. `path`: a new file for it; null: none. */
  'timestamps.request': {
    input: z.object({ ...stampOrder.shape, path: path.nullable() }),
    output: z.object({ id: idSchema, subject: timestampSubjectSchema, request: smallBytes }),
  },
  /** Checks a reply in full and keeps it: a file, or bytes that came over the network. */
  'timestamps.attach': {
    input: z.object({
      reply: z.union([z.object({ path }), z.object({ bytes: smallBytes })]),
      tsaRoots,
      answerPaths: z.array(path).max(32).default([]),
      answers: z.array(smallBytes).max(32).default([]),
    }),
    output: attached,
  },
  /** Where the authority's certificate says that its revocation can be asked about; `body` null: to be fetched. */
  'timestamps.questions': {
    input: z.object({ response: smallBytes, tsaRoots }),
    output: z.object({ questions: z.array(z.object({ url: z.string(), body: smallBytes.nullable() })) }),
  },
  /** A request for the signature of a finished bundle, kept beside it as `BUNDLE.zip.tsq`, and in the open archive where that compiled it. */
  'timestamps.requestBundle': {
    input: z.object({ path }),
    output: z.object({ kept: z.string(), recorded: z.boolean() }),
  },
  'timestamps.attachBundle': {
    input: z.object({ path, replyPath: path, tsaRoots }),
    output: bundleStampSchema,
  },
  /** Bytes of one artifact, for the read-only artifact protocol. `length` null: to the end. */
  'artifact.read': {
    input: z.object({
      sha256: sha256Schema,
      offset: z.number().int().nonnegative(),
      length: z.number().int().nonnegative().nullable(),
    }),
    output: z.object({ size: z.number().int(), mediaType: z.string() }),
    bytes: 'out',
  },
} as const;

export type HostChannel = keyof typeof hostChannels;
export type HostInput<C extends HostChannel> = z.input<(typeof hostChannels)[C]['input']>;
/** What a call asks, once it was parsed. */
export type HostRequest<C extends HostChannel> = z.output<(typeof hostChannels)[C]['input']>;
export type HostOutput<C extends HostChannel> = z.output<(typeof hostChannels)[C]['output']>;

/** Calls that main itself answers: dialogs, the clipboard, the state of the host. */
export const shellChannels = {
  /** Shows the system's dialog; null when it was cancelled. */
  'dialog.open': {
    input: z.object({
      kind: z.enum([
        'archive',
        'evidence',
        'bundle',
        'identity',
        'certificate',
        'signer',
        'reply',
        'sheet',
        'policies',
        'profile',
      ]),
    }),
    output: z.object({ paths: z.array(z.string()).nullable() }),
  },
  'dialog.save': {
    input: z.object({
      kind: z.enum([
        'archive',
        'bundle',
        'identity',
        'certificate',
        'request',
        'proof',
        'backup',
        'sheet',
        'sheet-pdf',
      ]),
      suggestedName: z.string().max(200),
    }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Streams the picture on the clipboard to `import.stream`; `bad-input` when there is none. */
  'clipboard.import': { input: nothing, output: importReportSchema },
  /** Shows the capture view over the part of the window that `view.place` names; one at a time, in memory only. */
  /** `persona`: under which to open it, null: none; left out: as it is open, or none. */
  'view.open': {
    input: z.object({
      url: z.string().max(8192).nullable(),
      persona: idSchema.nullable().optional(),
    }),
    output: viewStateSchema,
  },
  'view.lookOnly': { input: z.object({ on: z.boolean() }), output: viewStateSchema },
  /** Whether what is visited under the persona is noted from now on. */
  'view.trail': { input: z.object({ on: z.boolean() }), output: viewStateSchema },
  'view.close': { input: nothing, output: nothing },
  /** The second door (contract/model/door.ts): starts the user's own browser on that profile; one at a time. */
  'door.open': {
    input: z.object({ profile: path, persona: idSchema.nullable() }),
    output: doorStateSchema,
  },
  'door.state': { input: nothing, output: doorStateSchema },
  'door.close': { input: nothing, output: nothing },
  'door.trail': { input: z.object({ on: z.boolean() }), output: doorStateSchema },
  /** Records the page of one of its tabs: loads it again with the recorder attached. Progress and cancel as long work. */
  'door.capture': {
    input: z.object({
      tabId: z.string().max(200),
      access: accessSchema.default('public'),
      /** How far the autopilot may go through the page; absent: the page is recorded as it loads. */
      autopilot: z.exactOptional(autopilotLimitsSchema),
    }),
    output: captureResultSchema,
  },
  /** Orders to the autopilot that goes through a tab; nothing where none does. */
  'door.act': { input: z.object({ act: z.enum(['stop', 'pause', 'resume']) }), output: doorStateSchema },
  /** Where the page lies in the window, in CSS pixels from its top left. */
  'view.place': {
    input: z.object({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      visible: z.boolean(),
    }),
    output: nothing,
  },
  /** `address` as typed: an address without a scheme is https. */
  'view.navigate': { input: z.object({ address: z.string().min(1).max(8192) }), output: viewStateSchema },
  'view.act': {
    input: z.object({
      act: z.enum(['back', 'forward', 'reload', 'stop', 'accept-certificate', 'pause', 'resume']),
    }),
    output: viewStateSchema,
  },
  /** Records the page that the view shows: loads it again with the recorder attached. Progress and cancel as long work. */
  'view.capture': {
    input: z.object({
      /** How far the autopilot may go through the page; absent: the page is recorded as it loads. */
      autopilot: z.exactOptional(autopilotLimitsSchema),
      access: accessSchema.default('public'),
    }),
    output: captureResultSchema,
  },
  /** Stops, destroys what was received, closes the page; its address and the time stay in the log. */
  'view.purge': { input: nothing, output: purgeLineSchema },
  /**
   * Captures what is left of a batch in browsers that nobody sees, a few at a time. Progress counts addresses; cancel
   * stops what is under way, which is sealed as far as it came.
   */
  'batch.run': {
    input: z.object({
      batchId: idSchema,
      retryFailed: z.boolean(),
      pace: batchPaceSchema,
      circumstances: circumstancesSchema.prefault({}),
      /** How far the autopilot may go through each page; null: each is recorded as it loads. */
      autopilot: autopilotLimitsSchema.nullable().default(null),
    }),
    /** Why the rest was not begun; null where nothing stood in the way. */
    output: z.object({ batch: batchSchema, stopped: failureSchema.nullable() }),
  },
  /** Checks one of the watch list now, due or not. `network`: from where, as the person states it. */
  'watch.run': {
    input: z.object({ watchId: idSchema, network: networkSchema.nullable() }),
    output: watchSchema,
  },
  /** When this computer locks an archive that nobody works on; kept in the profile, and nothing else is. */
  'lock.settings': { input: nothing, output: z.object({ idleMinutes: idleMinutesSchema }) },
  'lock.set': {
    input: z.object({ idleMinutes: idleMinutesSchema }),
    output: z.object({ idleMinutes: idleMinutesSchema }),
  },
  /** Which identities' passphrases the system's keychain keeps: none, unless somebody asked for it. */
  'keychain.status': { input: nothing, output: keychainStatusSchema },
  /**
   * Keeps an identity's passphrase, once it has opened the file. `keychain-not-available` where the system has no
   * keychain that protects it.
   */
  'keychain.keep': { input: z.object({ path, passphrase }), output: keychainStatusSchema },
  'keychain.forget': { input: z.object({ path }), output: keychainStatusSchema },
  /**
   * Asks an authority over the network, once, at the address that the user typed for this: one hash leaves, nothing
   * else. `revocation`: also asks at the addresses in its certificate whether that was revoked.
   */
  'timestamps.ask': {
    input: z.object({
      ...stampOrder.shape,
      url: z.string().min(1).max(2048),
      tsaRoots,
      revocation: z.boolean(),
    }),
    output: attached,
  },
  'clipboard.write': { input: z.object({ text: z.string().max(100_000) }), output: nothing },
  'shell.showInFolder': { input: z.object({ path }), output: nothing },
  'shell.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      hostNode: z.string().nullable(),
      /** An archive named on the command line or by a file association. */
      archivePath: z.string().nullable(),
      /** Why nobody should trust real material to this copy of the program, such as a test build; null for any other. */
      notForUsers: z.string().nullable(),
    }),
  },
} as const;

export type ShellChannel = keyof typeof shellChannels;
export type ShellInput<C extends ShellChannel> = z.input<(typeof shellChannels)[C]['input']>;
export type ShellOutput<C extends ShellChannel> = z.output<(typeof shellChannels)[C]['output']>;

/** What main tells the window without being asked. */
export const pushChannels = {
  progress: z.object({
    callId: z.number().int(),
    step: z.string(),
    done: z.number(),
    total: z.number().nullable(),
    unit: z.enum(['bytes', 'items']),
  }),
  /** 'restarted': the host died and a new one runs; the archive must be opened again, nothing acknowledged is lost. */
  host: z.object({ state: z.enum(['ready', 'stopped', 'restarted']), message: z.string() }),
  /** What the capture view shows, whenever that changes. */
  view: viewStateSchema,
  /** The second door, whenever it or its tabs change. */
  door: doorStateSchema,
  /** A key or an entry of the menu that the window itself carries out: go to the address bar; record the page. */
  viewOrder: z.object({ order: z.enum(['address', 'capture']) }),
  /** The capture view was purged, by its key or its button; or it was closed, and why nothing was purged. */
  viewPurged: z.object({ line: purgeLineSchema.nullable(), failure: failureSchema.nullable() }),
  /**
   * About the lock that comes by itself. 'waiting': it is due, and waits for work that is under way; 'locked': it came;
   * 'off': somebody is there again.
   */
  idleLock: z.object({
    state: z.enum(['waiting', 'locked', 'off']),
    why: z.enum(['idle', 'system']),
    minutes: z.number().nullable(),
  }),
  /** Which addresses of a batch are being captured at this moment, by their place; `batchId` null: none. */
  batch: z.object({
    batchId: idSchema.nullable(),
    running: z.array(z.number().int()),
    /** Of these: which the pace of a persona holds back, and until when. */
    waiting: z.array(z.object({ n: z.number().int(), until: instantSchema })),
  }),
  /** What the watch list has under way at this moment. */
  watch: z.object({
    running: z.array(idSchema),
    waiting: z.array(z.object({ watchId: idSchema, until: instantSchema })),
  }),
  /** Something that the archive holds was changed by another window or by work that ended. */
  changed: z.object({
    what: z.enum(['archive', 'posts', 'tags', 'timestamps', 'policies', 'personas', 'trail', 'cases']),
  }),
} as const;
export type PushChannel = keyof typeof pushChannels;
export type PushMessage<C extends PushChannel> = z.output<(typeof pushChannels)[C]>;
