/** Compiling an evidence bundle: what goes in is planned here, then rendered, signed, checked and only then named. */

import { HoldfastError } from '../contract/errors.ts';
import type { EventDocument, EventKind } from '../contract/events.ts';
import type { BundleReport } from '../contract/model/bundle.ts';
import type { Case } from '../contract/model/case.ts';
import { type LeavingDraft, type LeavingPreview, leavingOrderSchema } from '../contract/model/leaving.ts';
import { bundlesWith } from '../db/bundle.ts';
import { tagEvents } from '../db/bundled.ts';
import { captureIds, captureOrigin, listReadings } from '../db/capture.ts';
import { clauseAddedAt } from '../db/clause.ts';
import { fromSqlite } from '../db/errors.ts';
import { getWholeEvent } from '../db/event.ts';
import { inTransaction } from '../db/handle.ts';
import { eachPostRecord } from '../db/post.ts';
import { getSession } from '../db/session.ts';
import {
  type BundlePlan,
  type PlannedCapture,
  type PlannedCase,
  type PlannedEvent,
  type PlannedLog,
  type PlannedPost,
  type PlannedReading,
  type PlannedRules,
  plannedPosts,
} from '../evidence/build/plan.ts';
import { type BegunBundle, beginBundle } from '../evidence/build/write.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import { newId } from '../evidence/id.ts';
import { readCertificate } from '../evidence/identity/certificate.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { isForMail } from '../evidence/identity/purpose.ts';
import { signDetached } from '../evidence/signature/sign.ts';
import type { Archive } from './archive.ts';
import { findArtifact, readStored } from './blobs.ts';
import { type BundleLog, planBundleLog } from './bundle-log.ts';
import { requireCase } from './cases/cases.ts';
import { capturesOfCase, planCase } from './cases/plan.ts';
import { packClausesOf, plannedReviews, planRules } from './compile-rules.ts';
import { refuseLeaks } from './leaving/accept.ts';
import {
  decisionsOf,
  draftLeaving,
  type Leaving,
  type LeavingDrafted,
  planLeaving,
  previewOf,
  withLeaks,
} from './leaving/leave.ts';
import { BundleSearch, type ScanOptions, scanBundle } from './leaving/scan.ts';
import { fromFileSystem } from './new-file.ts';
import { noCapture } from './posts.ts';
import { type PrintReport, printReport } from './printing/print.ts';
import { readEvent, recordEvent } from './record.ts';
import { commitmentBehind } from './seal-capture.ts';
import { checkNotReplaced, draftSigner, recordSigner } from './signers.ts';
import { tool } from './tool.ts';
import { verifyFile } from './verify.ts';
import { verifyPage } from './verify-page.ts';
import { planChecks } from './watch/plan.ts';

export interface CompileOrder {
  /** Where the bundle is to be; nothing may be there yet. */
  path: string;
  identity: Identity;
  /** 'all': every capture but the zip files of bundles that were taken in, which are only sent on where they are named. */
  captures: 'all' | readonly string[];
  /** For whom it is, and what may leave; by default for a court, and no leak. */
  leaving?: LeavingDraft | undefined;
  /** The case (name or id) whose exhibits go in; `captures` are then those of the exhibits. */
  case?: string | undefined;
  /** Whether notes on the exhibits leave, too. */
  notes?: boolean | undefined;
}

/** As `CompileOrder`; who will sign need not be known yet. */
export type PreviewOrder = Omit<CompileOrder, 'path' | 'identity'> & { identity?: Identity };

function plannedEvent<K extends EventKind>(archive: Archive, seq: number, kind: K): PlannedEvent<K> {
  const stored = getWholeEvent(archive.db, seq);
  const event = stored === null ? null : readEvent(stored.document);
  if (stored === null || event === null || !isKind(event, kind)) {
    throw new HoldfastError(
      'archive-damaged',
      `Event ${seq} of the log is not the ${kind} that the tables say. Rebuild them.`,
    );
  }
  return { event, document: stored.document, leaf: stored.leaf, salt: stored.salt };
}

function isKind<K extends EventKind>(
  event: EventDocument,
  kind: K,
): event is Extract<EventDocument, { kind: K }> {
  return event.kind === kind;
}

/** Gathers a plan, and on the way which clauses and sessions the planned events rest on. */
class Planner {
  readonly #archive: Archive;
  readonly #clauseEvents = new Set<number>();
  readonly #sessionIds = new Set<string>();
  readonly #posts = new Map<string, PlannedPost>();
  readonly #tags = new Map<string, PlannedEvent<'tag.set'> & { reviews: PlannedEvent<'tag.reviewed'>[] }>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  capture(captureId: string, log: BundleLog): PlannedCapture {
    const eventSeq = requireOrigin(this.#archive, captureId);
    const sealed = this.#event(eventSeq, 'capture.sealed');
    const committed =
      commitmentBehind(this.#archive, eventSeq) && this.#event(eventSeq + 1, 'artifacts.committed');
    const readings = listReadings(this.#archive.db, captureId).map((reading) => this.#reading(reading));
    return { sealed, committed, checkpoint: log.checkpointOf(eventSeq), readings };
  }

  #reading({ id, eventSeq }: { id: string; eventSeq: number }): PlannedReading {
    const posts: PlannedPost[] = [];
    for (const { postId, content, salt } of eachPostRecord(this.#archive.db, id)) {
      const tags = tagEvents(this.#archive.db, postId).map((seq) => {
        const set = this.#event(seq, 'tag.set');
        const reviews: PlannedEvent<'tag.reviewed'>[] = [];
        this.#tags.set(set.event.body.tag, { ...set, reviews });
        return { ...set, reviews };
      });
      const post: PlannedPost = { id: postId, content, salt, tags };
      this.#posts.set(postId, post);
      posts.push(post);
    }
    return { made: this.#event(eventSeq, 'reading.made'), posts };
  }

  /** To be asked after the captures: what goes along with their tags. */
  rules(): PlannedRules {
    const event = this.#event.bind(this);
    const reviews = plannedReviews(this.#archive, [...this.#tags.keys()], event);
    for (const [id, tag] of this.#tags) tag.reviews.push(...(reviews.get(id) ?? []));
    const tags = [...this.#tags.values()];
    const bodies = tags.map((tag) => tag.event.body);
    for (const id of packClausesOf(this.#archive, bodies))
      this.#clauseEvents.add(clauseAddedAt(this.#archive.db, id));
    return planRules(this.#archive, { tags, posts: new Set(this.#posts.keys()) }, event);
  }

  #event<K extends EventKind>(seq: number, kind: K): PlannedEvent<K> {
    const planned = plannedEvent(this.#archive, seq, kind);
    this.#sessionIds.add(planned.event.session);
    return planned;
  }

  clauses(): PlannedEvent<'clauses.added'>[] {
    return [...this.#clauseEvents].sort((a, b) => a - b).map((seq) => this.#event(seq, 'clauses.added'));
  }

  /** Earlier bundles that took some of the captures: part of their custody. */
  bundles(captures: readonly string[]): PlannedEvent<'bundle.compiled'>[] {
    return bundlesWith(this.#archive.db, captures).map((seq) => this.#event(seq, 'bundle.compiled'));
  }

  /** To be asked after the captures. */
  checks(): PlannedEvent<'post.checked'>[] {
    return planChecks(this.#archive, [...this.#posts.values()], this.#event.bind(this));
  }

  case(caseId: string, notes: boolean): PlannedCase {
    return planCase(this.#archive, caseId, notes, this.#event.bind(this));
  }

  log({ startedAt, checkpoints, inclusionPath }: BundleLog): PlannedLog {
    const started = startedAt.map((seq) => this.#event(seq, 'log.started'));
    return { started, checkpoints, inclusionPath };
  }

  /** To be asked last: every event above may have added a session. */
  sessions(): PlannedEvent<'session.opened'>[] {
    return [...this.#sessionIds]
      .map((id) => getSession(this.#archive.db, id)?.eventSeq)
      .filter((seq) => seq !== undefined)
      .sort((a, b) => a - b)
      .map((seq) => plannedEvent(this.#archive, seq, 'session.opened'));
  }
}

/** The place in the log of the event that sealed a capture. Errors: `capture-not-found`, `capture-purged`. */
function requireOrigin(archive: Archive, captureId: string): number {
  const origin = captureOrigin(archive.db, captureId);
  if (origin === null) throw noCapture(archive, captureId);
  return origin.eventSeq;
}

async function plan(
  archive: Archive,
  order: PreviewOrder,
  captures: readonly string[],
  of: Case | null,
): Promise<BundlePlan> {
  const planner = new Planner(archive);
  const shown = await planBundleLog(
    archive,
    captures.map((id) => requireOrigin(archive, id)),
  );
  const planned = captures.map((id) => planner.capture(id, shown));
  const rules = planner.rules();
  const clauses = planner.clauses();
  const bundles = planner.bundles(captures);
  const plannedCase = of === null ? null : planner.case(of.id, order.notes ?? false);
  const checks = planner.checks();
  const log = planner.log(shown);
  const bundle: BundlePlan = {
    id: newId(),
    createdAt: archive.clock().toISOString(),
    tool,
    archiveId: archive.info.archiveId,
    ...signing(order.identity),
    timeZone: of?.timeZone ?? 'UTC',
    locale: 'en',
    captures: planned,
    clauses,
    rules,
    case: plannedCase,
    checks,
    bundles,
    log,
    extras: shown.extras,
    printed: 'later',
    page: verifyPage().bytes,
    sessions: planner.sessions(),
    openArtifact: (sha256) => readStored(archive, findArtifact(archive, sha256)),
  };
  return bundle;
}

/** What the plan says of the signer. */
function signing(identity: Identity | undefined): Pick<BundlePlan, 'signer' | 'hasChain' | 'anyPurpose'> {
  if (identity === undefined) return { signer: noSigner, hasChain: false, anyPurpose: false };
  const { signer, chain, certificate } = identity;
  return { signer, hasChain: chain.length > 0, anyPurpose: !isForMail(readCertificate(certificate)) };
}

const noSigner: BundlePlan['signer'] = {
  name: '',
  organisation: null,
  email: null,
  fingerprint: '0'.repeat(64),
  selfSigned: true,
  notBefore: '',
  notAfter: '',
};

function countsOf(plan: BundlePlan): { posts: number; tags: number } {
  const posts = plannedPosts(plan);
  return { posts: posts.length, tags: posts.reduce((sum, { tags }) => sum + tags.length, 0) };
}

/** Tells a damaged archive from a bundle that was written badly. Errors: `archive-damaged`. */
function refuseDamaged(archive: Archive, { captures }: BundlePlan): void {
  for (const { sealed } of captures) {
    for (const { sha256, name } of sealed.event.body.artifacts) {
      const running = nodeSha256.start();
      for (const chunk of readStored(archive, findArtifact(archive, sha256))) running.update(chunk);
      if (toHex(running.digest()) === sha256) continue;
      throw new HoldfastError(
        'archive-damaged',
        `The bytes of an artifact (${name ?? sha256}) are not those that its capture sealed; no bundle was written. Check the archive; restore it from a backup.`,
        { details: { sha256 } },
      );
    }
  }
}

/** What an order names: the case, if it is one, and its captures. Errors: `nothing-to-do`, `case-not-found`. */
function namedBy(archive: Archive, order: PreviewOrder): { of: Case | null; captures: string[] } {
  const of = order.case === undefined ? null : requireCase(archive, order.case);
  const captures = of === null ? capturesOf(archive, order) : capturesOfCase(archive, of);
  if (captures.length > 0) return { of, captures };
  throw new HoldfastError('nothing-to-do', 'The archive holds no capture yet; import something first.');
}

function capturesOf(archive: Archive, { captures }: PreviewOrder): string[] {
  return captures === 'all' ? captureIds(archive.db) : [...new Set(captures)];
}

/** What such a bundle would let out; nothing is written. Errors as of `compileBundle`, as far as they apply. */
export async function previewBundle(
  archive: Archive,
  order: PreviewOrder,
  options: ScanOptions = {},
): Promise<LeavingPreview> {
  const { of, captures } = namedBy(archive, order);
  const whole = await plan(archive, order, captures, of);
  return previewOf(
    archive,
    await planLeaving(archive, whole, leavingOrderSchema.parse(order.leaving ?? {}), options),
  );
}

/**
 * Searches a bundle and writes its artifacts on the way; nothing is signed yet. Errors as of `compileBundle`, after which
 * nothing is there.
 */
async function beginSearched(
  archive: Archive,
  draft: LeavingDrafted,
  path: string,
  options: ScanOptions,
): Promise<{ begun: BegunBundle; leaving: Leaving }> {
  const search = new BundleSearch(archive, draft, { ...options, accepts: draft.accepts });
  let begun: BegunBundle | null = null;
  try {
    begun = await beginBundle({
      plan: draft.plan,
      path,
      sha256: nodeSha256,
      outgoing: search,
      ...options,
    });
    const leaving = withLeaks(draft, search.leaks());
    refuseLeaks(leaving.leaks);
    return { begun, leaving };
  } catch (error) {
    await begun?.discard();
    // What the search ended at may not be all that is to be decided.
    if (search.isBlocked) refuseLeaks(withLeaks(draft, await scanBundle(archive, draft, options)).leaks);
    throw error;
  }
}

/**
 * Compiles, signs, writes and checks a bundle, and records that in the log. The file has its name only when its check
 * succeeded. `print`: prints its report; without it, the bundle has no report.pdf and says so. Errors: `nothing-to-do`,
 * `capture-not-found`, `capture-purged`, `case-not-found`, `output-exists`, `not-writable`, `disk-full`, `archive-damaged`,
 * `bundle-self-check-failed`, `leak-found`, `redaction-impossible`, `cancelled`; after each, no bundle is there.
 */
export async function compileBundle(
  archive: Archive,
  order: CompileOrder,
  options: ScanOptions & { print?: PrintReport | null } = {},
): Promise<BundleReport> {
  const { of, captures } = namedBy(archive, order);
  const { identity } = order;
  checkNotReplaced(archive, identity);
  try {
    const draft = await draftLeaving(
      archive,
      await plan(archive, order, captures, of),
      leavingOrderSchema.parse(order.leaving ?? {}),
      options,
    );
    const { begun, leaving } = await beginSearched(archive, draft, order.path, options);
    try {
      const { printed, missing } = await printReport(
        archive,
        { plan: leaving.plan, render: () => begun.render({ ...leaving.plan, printed: 'later' }) },
        options.print ?? null,
        options.signal,
      );
      const bundle: BundlePlan = { ...leaving.plan, printed };
      const written = await begun.finish(bundle, async (tagManifest) => ({
        p7s: await signDetached({ content: tagManifest, identity, signingTime: archive.clock() }),
        certificate: identity.certificate,
        chain: identity.chain,
      }));
      const verification = await verifyFile(written.temporaryPath, { trust: [] }, options);
      if (verification.verdict !== 'consistent') {
        refuseDamaged(archive, bundle);
        const failed = verification.steps.find((step) => step.status === 'failed');
        throw new HoldfastError(
          'bundle-self-check-failed',
          `The bundle did not pass its own check and was removed: ${failed?.message ?? verification.verdict}`,
        );
      }
      const signedAt = archive.clock();
      const signer = await draftSigner(archive, identity, signedAt);
      // Recorded before it gets its name: no bundle may leave the desk of which the log does not know.
      inTransaction(archive.db, () => {
        recordSigner(archive, signer, signedAt);
        recordEvent(archive, 'bundle.decided', decisionsOf(bundle.id, leaving));
        recordEvent(archive, 'bundle.compiled', {
          bundle: bundle.id,
          captures,
          sha256: written.sha256,
          size: written.size,
          tagManifest: written.tagManifestSha256,
          signer: identity.signer.fingerprint,
          ...(of === null ? {} : { case: of.id }),
        });
      });
      await written.commit();
      const { size, sha256, files } = written;
      return {
        bundleId: bundle.id,
        path: order.path,
        size,
        sha256,
        captures: captures.length,
        ...countsOf(bundle),
        files,
        warnings:
          missing === null
            ? []
            : [{ code: 'not-printed', message: `The bundle has no report.pdf: ${missing}.` }],
        verification,
      };
    } catch (error) {
      await begun.discard();
      throw error;
    }
  } catch (error) {
    throw fromFileSystem(fromSqlite(error, archive.path), order.path);
  }
}
