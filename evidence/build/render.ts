/** From a plan to the files of the bundle, all but the manifests and the signature. */
import { HoldfastError } from '../../contract/errors.ts';
import { bagDeclaration, writeBagInfo } from '../bag/tag-files.ts';
import type { ArtifactFile } from '../bundle/artifact-file.ts';
import type { DisclosedCase } from '../bundle/case.ts';
import { writeConsistencyFile } from '../bundle/consistency-file.ts';
import type { CaptureEntry, Evidence, EvidenceHead, PartialCaptureEntry } from '../bundle/evidence.ts';
import {
  type DisclosedCapture,
  type DisclosedPartialCapture,
  type DisclosedReading,
  evidenceOf,
} from '../bundle/facts.ts';
import { writeInclusionFile } from '../bundle/inclusion-file.ts';
import { limits } from '../bundle/limits.ts';
import { paths } from '../bundle/paths.ts';
import { postFiles } from '../bundle/post-file.ts';
import type { DisclosedRules } from '../bundle/rule-facts.ts';
import { cannotSay, timesInWords } from '../bundle/words.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { parseLeaf } from '../log/leaf.ts';
import { formatTlogProof } from '../log/tlog-proof.ts';
import { renderDraft } from './certification/page.ts';
import { renderInstructions } from './instructions.ts';
import {
  type BundlePlan,
  type PlannedCapture,
  type PlannedCase,
  type PlannedLog,
  type PlannedPartialCapture,
  type PlannedReading,
  type PlannedRules,
  type PlannedStamp,
  plannedEvents,
} from './plan.ts';
import { renderReport } from './report/report.ts';

/** One file of the bundle. An artifact's SHA-256 is what its capture says; it is compared while its bytes pass. */
export type BundleFile =
  | { path: string; size: number; bytes: Uint8Array }
  | { path: string; size: number; artifact: string };

/** A bundle rendered: its files in the order of the zip file, and what evidence.json says. */
export interface RenderedBundle {
  files: BundleFile[];
  evidence: Evidence;
}

/** What a bundle says of itself that is known only when the rest of it was searched, and printed. */
export type SaidOfBundle = Pick<BundlePlan, 'leaving' | 'printed'>;

/**
 * Renders everything but artifacts, manifests and signature. Errors: `archive-damaged` where the plan contradicts
 * itself; `bad-input` where a file would be larger than a check of the bundle can hold.
 */
export function renderBundle(plan: BundlePlan, sha256: Sha256): RenderedBundle {
  return renderingOf(plan, sha256)(plan);
}

/** As `renderBundle`, for whoever renders more than once: what is said changes neither proofs nor artifacts. */
export function renderingOf(plan: BundlePlan, sha256: Sha256): (said: SaidOfBundle) => RenderedBundle {
  const posts: BundleFile[] = [];
  const captures = plan.captures.map((capture) => disclose(plan, capture, sha256, posts));
  const partialCaptures = (plan.partialCaptures ?? []).map((capture) =>
    disclosePartial(plan, capture, sha256, posts),
  );
  const log = [...eventFiles(plan), ...posts, ...artifactFiles(plan), ...proofFiles(plan)];
  return (said) => renderAround({ ...plan, ...said }, { captures, partialCaptures, log });
}

interface Proven {
  captures: DisclosedCapture[];
  partialCaptures: DisclosedPartialCapture[];
  log: BundleFile[];
}

function renderAround(plan: BundlePlan, { captures, partialCaptures, log }: Proven): RenderedBundle {
  const evidence = evidenceOf(head(plan), {
    sessions: plan.sessions.map(({ event }) => event),
    logs: plan.log.started.map(({ event }) => event),
    checkpoints: plan.log.checkpoints.map(({ size, origin, root }) => ({ size, origin, root: toHex(root) })),
    clauses: plan.clauses.map(({ event }) => event),
    captures,
    partialCaptures,
    bundles: plan.bundles.map(({ event }) => event),
    rules: disclosedRules(plan.rules),
    case: plan.case === null ? null : disclosedCase(plan.case),
    checks: plan.checks.map(({ event }) => event),
  });
  const evidenceFile = whole(paths.evidence, canonicalBytes(evidence));
  const policyTexts = policyFiles(plan.rules, evidence);
  const payload = [
    whole(paths.report, text(renderReport(evidence))),
    ...(plan.printed === null || plan.printed === 'later'
      ? []
      : [{ path: paths.printed, size: plan.printed.size, artifact: plan.printed.sha256 }]),
    whole(paths.certification, text(renderDraft(evidence))),
    evidenceFile,
    ...evidence.captures.flatMap((capture) => captureFiles(capture, capture.artifacts)),
    ...(evidence.partialCaptures ?? []).flatMap((capture) =>
      captureFiles(capture, capture.files, madeFiles(plan)),
    ),
    ...policyTexts,
  ];
  const payloadBytes = payload.reduce((sum, file) => sum + file.size, 0);
  const info = writeBagInfo({ ...plan, payload: { bytes: payloadBytes, files: payload.length } });
  checkSizes([evidenceFile, ...policyTexts, ...log]);
  const files = [
    whole(paths.declaration, text(bagDeclaration)),
    whole(paths.info, info),
    whole(paths.instructions, text(renderInstructions(plan))),
    whole(paths.page, plan.page),
    ...payload,
    ...log,
  ];
  return { files, evidence };
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function whole(path: string, bytes: Uint8Array): BundleFile {
  return { path, size: bytes.length, bytes };
}

function head(plan: BundlePlan): EvidenceHead {
  return {
    format: 'holdfast-evidence/1',
    bundle: plan.id,
    createdAt: plan.createdAt,
    archive: plan.archiveId,
    tool: plan.tool,
    signer: plan.signer,
    timeZone: plan.timeZone,
    locale: plan.locale,
    times: timesInWords(
      [...plan.captures, ...(plan.partialCaptures ?? [])].some(
        ({ checkpoint }) => stampOf(plan, checkpoint) !== null,
      ),
    ),
    limits: [...cannotSay],
    ...(plan.leaving === undefined ? {} : { leaving: plan.leaving }),
    ...(plan.printed === null ? { notPrinted: true as const } : {}),
    ...(plan.rules.reportsLeftOut === 0 ? {} : { leftOut: { reports: plan.rules.reportsLeftOut } }),
  };
}

/** What a capture discloses; the files of its posts are added to `files`. */
function disclose(
  plan: BundlePlan,
  capture: PlannedCapture,
  sha256: Sha256,
  files: BundleFile[],
): DisclosedCapture {
  return {
    sealed: capture.sealed.event,
    checkpoint: capture.checkpoint,
    existedNoLaterThan: stampOf(plan, capture.checkpoint)?.existedNoLaterThan ?? null,
    readings: capture.readings.map((reading) => discloseReading(reading, sha256, files)),
  };
}

function disclosePartial(
  plan: BundlePlan,
  { id, sealed, checkpoint, said, committed, files: shown, withheld, readings }: PlannedPartialCapture,
  sha256: Sha256,
  files: BundleFile[],
): DisclosedPartialCapture {
  return {
    id,
    event: sealed.id,
    time: parseLeaf(sealed.leaf).time,
    checkpoint,
    existedNoLaterThan: stampOf(plan, checkpoint)?.existedNoLaterThan ?? null,
    said,
    committed: committed?.event.event ?? null,
    files: shown.map(({ bytes: _bytes, ...file }) => ({ ...file, path: '' })),
    withheld: [...withheld],
    readings: readings.map((reading) => discloseReading(reading, sha256, files)),
  };
}

function discloseReading(
  { made, posts }: PlannedReading,
  sha256: Sha256,
  files: BundleFile[],
): DisclosedReading {
  const written = postFiles(sha256, made.event.id, posts);
  for (const file of written) files.push(whole(paths.post(file.post), file.bytes));
  return {
    made: made.event,
    posts: posts.map((post, index) => ({
      id: post.id,
      index,
      root: written[index]?.root ?? '',
      shown: written[index]?.shown ?? { whole: true, content: post.content },
      tags: post.tags.map(({ event, reviews }) => ({
        set: event,
        reviews: reviews.map((review) => review.event),
      })),
    })),
  };
}

function disclosedRules(rules: PlannedRules): DisclosedRules {
  return {
    policies: rules.policies.map(({ event }) => event),
    versions: rules.versions.map(({ event: added, leaf, text: bytes }) => ({
      added,
      seq: parseLeaf(leaf).seq,
      text: bytes,
    })),
    corrections: rules.corrections.map(({ event: corrected, leaf }) => ({
      corrected,
      seq: parseLeaf(leaf).seq,
    })),
    links: rules.links.map(({ event }) => event),
    statements: rules.statements.map(({ event }) => event),
    phrases: rules.phrases.map(({ event }) => event),
    reports: rules.reports.map(({ event }) => event),
  };
}

function disclosedCase({ named, exhibits, removed }: PlannedCase): DisclosedCase {
  return {
    named: named.event,
    exhibits: exhibits.map(({ added, labelled, noted }) => ({
      added: added.event,
      labelled: labelled?.event ?? null,
      noted: noted?.event ?? null,
    })),
    removed: removed.map(({ event }) => event),
  };
}

/** The exact texts of the versions, in the order in which evidence.json lists them. */
function policyFiles(rules: PlannedRules, { policies = [] }: Evidence): BundleFile[] {
  const texts = new Map(rules.versions.map((version) => [version.event.body.version, version.text]));
  return policies.flatMap(({ versions }) =>
    versions.map(({ id, path }) => whole(path, texts.get(id) ?? new Uint8Array())),
  );
}

function captureFiles(
  capture: CaptureEntry | PartialCaptureEntry,
  artifacts: readonly { path: string; size: number; sha256: string }[],
  made: ReadonlyMap<string, Uint8Array> = new Map(),
): BundleFile[] {
  const files: BundleFile[] = [whole(paths.record(capture.id), canonicalBytes(capture))];
  const seen = new Set<string>();
  for (const { path, size, sha256 } of artifacts) {
    const bytes = made.get(sha256);
    if (!seen.has(path))
      files.push(bytes === undefined ? { path, size, artifact: sha256 } : whole(path, bytes));
    seen.add(path);
  }
  return files;
}

/** By SHA-256: files of partial captures that were made for the bundle. */
function madeFiles({ partialCaptures = [] }: BundlePlan): Map<string, Uint8Array> {
  return new Map(
    partialCaptures.flatMap(({ files }) =>
      files.flatMap(({ sha256, bytes }): [string, Uint8Array][] =>
        bytes === undefined ? [] : [[sha256, bytes]],
      ),
    ),
  );
}

function eventFiles(plan: BundlePlan): BundleFile[] {
  const files: BundleFile[] = [];
  const seen = new Set<string>();
  for (const { event, document, leaf, salt } of plannedEvents(plan)) {
    if (seen.has(event.id))
      throw new HoldfastError('archive-damaged', `Event ${event.id} stands twice in what is to be compiled.`);
    seen.add(event.id);
    files.push(whole(paths.document(event.id), document), whole(paths.leaf(event.id), leaf));
    files.push(whole(paths.salt(event.id), text(`${toHex(salt)}\n`)));
  }
  for (const { sealed } of plan.partialCaptures ?? []) files.push(whole(paths.leaf(sealed.id), sealed.leaf));
  return files;
}

/** That the files of captures which are shown in part are theirs. */
function artifactFiles({ partialCaptures = [] }: BundlePlan): BundleFile[] {
  return partialCaptures.flatMap(({ id, committed }) => {
    if (committed === null) return [];
    const { event, proofs } = committed;
    const file: ArtifactFile = { v: 1, capture: id, event: event.event.id, artifacts: [...proofs] };
    return [whole(paths.artifacts(id), canonicalBytes(file))];
  });
}

function stampOf(plan: BundlePlan, checkpoint: number): PlannedStamp | null {
  return plan.log.checkpoints.find(({ size }) => size === checkpoint)?.stamp ?? null;
}

/** Checkpoints, that they belong together, and that what is disclosed stands under them. */
function proofFiles(plan: BundlePlan): BundleFile[] {
  const { checkpoints, inclusionPath } = plan.log;
  const newest = checkpoints[checkpoints.length - 1];
  if (newest === undefined) throw new HoldfastError('archive-damaged', 'The log has no checkpoint.');
  const consistency = checkpoints.slice(0, -1).map(({ size, consistency: path }) => {
    const bytes = writeConsistencyFile({ from: size, path, checkpoint: newest.note });
    return whole(paths.consistency(size, newest.size), bytes);
  });
  const partial = plan.partialCaptures ?? [];
  const shown = [
    ...plannedEvents(plan).map(({ event, leaf }) => ({ id: event.id, leaf })),
    ...partial.map(({ sealed }) => sealed),
  ];
  const leaves = shown.map(({ id, leaf }) => {
    const { seq } = parseLeaf(leaf);
    return { event: id, seq, path: inclusionPath(seq, newest.size).map(toHex) };
  });
  return [
    ...checkpoints.map(({ size, note }) => whole(paths.checkpoint(size), note)),
    ...consistency,
    whole(paths.inclusion, writeInclusionFile({ v: 1, size: newest.size, leaves })),
    ...plan.captures.map(({ sealed, checkpoint }) =>
      proofOf(plan.log, sealed.event.body.capture, { leaf: sealed.leaf, checkpoint }),
    ),
    ...partial.map(({ id, sealed, checkpoint }) => proofOf(plan.log, id, { leaf: sealed.leaf, checkpoint })),
  ];
}

/** A capture's own proof, which somebody may show without the rest of the bundle. */
function proofOf(
  { checkpoints, inclusionPath }: PlannedLog,
  capture: string,
  { leaf, checkpoint }: { leaf: Uint8Array; checkpoint: number },
): BundleFile {
  const note = checkpoints.find(({ size }) => size === checkpoint)?.note;
  if (note === undefined) throw new HoldfastError('archive-damaged', `No checkpoint of size ${checkpoint}.`);
  const { seq } = parseLeaf(leaf);
  const path = inclusionPath(seq, checkpoint);
  const bytes = formatTlogProof({ extra: null, index: seq, path, checkpoint: note });
  return whole(paths.proof(capture), bytes);
}

/** A bundle that the verifier must refuse for its size is not written in the first place. */
function checkSizes(files: readonly BundleFile[]): void {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const largest = Math.max(...files.map((file) => file.size));
  if (largest > limits.parsedFile || total > limits.parsedTotal) {
    throw new HoldfastError(
      'bad-input',
      'There is too much text for one bundle. Compile fewer captures at a time.',
      { details: { total, largest, maximumTotal: limits.parsedTotal, maximumOfOne: limits.parsedFile } },
    );
  }
}
