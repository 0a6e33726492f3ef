/** evidence.json: against its schema, against the documents and posts that it speaks of, and against the bag. */
import type { Signer } from '../../contract/model/bundle.ts';
import { writeBagInfo } from '../bag/tag-files.ts';
import { type Evidence, evidenceSchema } from '../bundle/evidence.ts';
import { evidenceOf } from '../bundle/facts.ts';
import { limits } from '../bundle/limits.ts';
import { isSignatureFile, paths } from '../bundle/paths.ts';
import { parseStrict } from '../bundle/strict.ts';
import { cannotSay, timesInWords } from '../bundle/words.ts';
import { type Sha256, sameBytes, toHex } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { logOrigin } from '../log/checkpoint.ts';
import { type DosTime, dosTime } from '../zip/format.ts';
import type { Bag } from './bag.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import { firstDifference } from './difference.ts';
import { gather, type Proven, type Used } from './disclosure.ts';
import type { Findings } from './findings.ts';

/** Reads evidence.json; null, and the step failed, where that cannot be done. */
export async function readEvidence(
  contents: Contents,
  findings: Findings,
  budget: ParsingBudget,
): Promise<Evidence | null> {
  const bytes = await budget.bytes(contents, findings, 'evidence', paths.evidence, limits.parsedFile);
  if (bytes === null) return null;
  return findings.attempt(
    'evidence',
    'evidence-unreadable',
    paths.evidence,
    () => parseStrict(evidenceSchema, bytes),
    'unreadable',
  );
}

/** What evidence.json is compared with. */
export interface Surroundings {
  bundleId: string;
  modified: DosTime;
  bag: Bag;
  /** Of the signature; null where it is not good. */
  signer: Signer | null;
  proven: Proven;
  /** Paths of artifacts that captures list, and of texts of policy versions. */
  spokenOf: ReadonlySet<string>;
}

/** Fails the step 'evidence'; a contradiction names the field and the file that says otherwise. */
export async function checkEvidence(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  evidence: Evidence,
  around: Surroundings,
): Promise<void> {
  checkHead(contents, findings, evidence, around);
  const gathered = findings.attempt('evidence', 'evidence-points-nowhere', paths.evidence, () => {
    const { disclosure, used } = gather(evidence, around.proven);
    return { expected: evidenceOf(evidence, disclosure), used };
  });
  if (gathered === null) return;
  const field = firstDifference(gathered.expected, evidence);
  if (field !== null) contradiction(findings, field, sourceOf(evidence, field));
  checkAllShown(findings, around.proven, gathered.used);
  await checkPartialFiles(contents, findings, evidence);
  await checkFiles(contents, findings, sha256, evidence, around);
}

function contradiction(findings: Findings, field: string, source: string): void {
  findings.fail(
    'evidence',
    'evidence-contradicts',
    `${paths.evidence} says otherwise than ${source} at ${field}.`,
  );
}

function checkHead(contents: Contents, findings: Findings, evidence: Evidence, around: Surroundings): void {
  const { bag, bundleId, proven, modified, signer } = around;
  const words = firstDifference(
    { times: timesInWords(isStamped(evidence)), limits: cannotSay },
    { times: evidence.times, limits: evidence.limits },
  );
  if (words !== null) contradiction(findings, words, 'every bundle of this format');
  if (evidence.bundle !== bundleId) contradiction(findings, 'bundle', 'the name of the folder');
  if (evidence.timeZone !== (evidence.case?.timeZone ?? 'UTC')) {
    contradiction(findings, 'timeZone', 'its case, or without one every bundle of this format');
  }
  const created = zipTime(evidence.createdAt);
  if (created === null || created.date !== modified.date || created.time !== modified.time) {
    contradiction(findings, 'createdAt', 'the times in the zip file');
  }
  if (signer !== null) {
    const field = firstDifference(signer, evidence.signer, 'signer');
    if (field !== null) contradiction(findings, field, 'the certificate that signed');
  }
  for (const document of proven.log.documents.values()) {
    if (document.kind === 'session.opened' && document.body.archive !== evidence.archive) {
      contradiction(findings, 'archive', paths.document(document.id));
    }
    if (document.kind === 'log.started' && !isLogOf(evidence.archive, document.body.origin)) {
      contradiction(findings, 'archive', paths.document(document.id));
    }
  }
  const payloadBytes = [...bag.payload.keys()].reduce((sum, path) => sum + contents.size(path), 0);
  const info = writeBagInfo({
    ...evidence,
    id: evidence.bundle,
    payload: { bytes: payloadBytes, files: bag.payload.size },
  });
  if (bag.info !== null && !sameBytes(info, bag.info))
    contradiction(findings, 'bundle, createdAt or tool', paths.info);
}

function isStamped({ captures, partialCaptures = [] }: Evidence): boolean {
  return [...captures, ...partialCaptures].some(({ existedNoLaterThan }) => existedNoLaterThan !== null);
}

function isLogOf(archive: string, origin: string): boolean {
  return origin === logOrigin(archive) || origin.startsWith(`${logOrigin(archive)}/`);
}

/** Null for a time that a zip file cannot carry, or that does not exist. */
function zipTime(instant: string): DosTime | null {
  try {
    return dosTime(new Date(instant));
  } catch {
    return null;
  }
}

/** The file of the log that speaks about a field of evidence.json. */
function sourceOf(evidence: Evidence, field: string): string {
  const at = (pattern: RegExp): number => Number(pattern.exec(field)?.[1] ?? Number.NaN);
  const capture = evidence.captures[at(/^captures\[(\d+)\]/)];
  const partial = evidence.partialCaptures?.[at(/^partialCaptures\[(\d+)\]/)];
  if (partial !== undefined && field.includes('.files')) return paths.artifacts(partial.id);
  if (partial !== undefined) return paths.leaf(partial.event);
  const reading = capture?.readings[at(/^captures\[\d+\]\.readings\[(\d+)\]/)];
  const post = reading?.posts[at(/^captures\[\d+\]\.readings\[\d+\]\.posts\[(\d+)\]/)];
  const tag = post?.tags[at(/\.tags\[(\d+)\]/)];
  const review = tag?.reviews?.[at(/\.reviews\[(\d+)\]/)];
  const entry =
    evidence.sessions[at(/^sessions\[(\d+)\]/)] ??
    evidence.clauses[at(/^clauses\[(\d+)\]/)] ??
    evidence.logs[at(/^logs\[(\d+)\]/)] ??
    evidence.bundles[at(/^bundles\[(\d+)\]/)] ??
    caseEntryOf(evidence, field) ??
    ruleEntry(evidence, field);
  if (tag === undefined && post !== undefined) return paths.post(post.id);
  if (capture !== undefined && field.includes('existedNoLaterThan'))
    return paths.checkpointStamp(capture.checkpoint);
  if (capture !== undefined && field.endsWith('.checkpoint')) return paths.proof(capture.id);
  if (field.startsWith('checkpoints')) return 'the files in log/checkpoints/';
  if (/^policies\[\d+\]\.versions\[\d+\]\.clauses/.test(field))
    return `the text ${entry && 'path' in entry ? entry.path : ''}`;
  const event = review?.event ?? tag?.event ?? reading?.event ?? capture?.event ?? entry?.event;
  return event === undefined ? 'the documents in log/' : paths.document(event);
}

/** The entry about the case that a field belongs to. */
function caseEntryOf({ case: shown }: Evidence, field: string): { event: string } | undefined {
  const [, list, n, part] = /^case(?:\.(exhibits|removed)\[(\d+)\](\.note|\.labelled)?)?/.exec(field) ?? [];
  if (shown === undefined || !field.startsWith('case')) return undefined;
  if (list === 'removed') return shown.removed?.[Number(n)];
  const exhibit = list === undefined ? undefined : shown.exhibits[Number(n)];
  if (exhibit === undefined) return shown;
  return part === undefined ? exhibit : part === '.note' ? exhibit.note : exhibit.labelled;
}

/** The entry about rules, or of a check, that a field belongs to. */
function ruleEntry(evidence: Evidence, field: string): { event: string; path?: string } | undefined {
  const [, list = '', first, version] = /^(\w+)\[(\d+)\](?:\.versions\[(\d+)\])?/.exec(field) ?? [];
  const n = Number(first);
  const { policies, corrections, links, statements, phrases, reports, checks } = evidence;
  if (list === 'policies' && version !== undefined) return policies?.[n]?.versions[Number(version)];
  const lists = { policies, corrections, links, statements, phrases, reports, checks };
  return Object.entries(lists).find(([name]) => name === list)?.[1]?.[n];
}

/** What the log discloses, evidence.json must show: nothing may be signed that no reader sees. */
function checkAllShown(findings: Findings, { log, posts }: Proven, used: Used): void {
  const hidden = [
    ...[...log.documents.keys()].filter((id) => !used.events.has(id)).map(paths.document),
    ...[...log.alone.keys()].filter((id) => !used.events.has(id)).map(paths.leaf),
    ...[...posts.keys()].filter((id) => !used.posts.has(id)).map(paths.post),
  ];
  for (const path of hidden) {
    findings.fail(
      'evidence',
      'not-shown',
      `${path} is in the bundle, but ${paths.evidence} does not show it.`,
      [path, 'unlisted'],
    );
  }
}

function partialFiles({ partialCaptures = [] }: Evidence) {
  return partialCaptures.flatMap(({ files }) => files);
}

/** Files of captures of which something is withheld: the bytes must be those that evidence.json lists. */
async function checkPartialFiles(contents: Contents, findings: Findings, evidence: Evidence): Promise<void> {
  for (const { path, size, sha256 } of partialFiles(evidence)) {
    if (contents.has(path) && contents.size(path) === size && (await contents.digest(path)) === sha256)
      continue;
    findings.fail(
      'evidence',
      'artifact-differs',
      `${path} is missing, or not what ${paths.evidence} lists.`,
      [path, contents.has(path) ? 'changed' : 'missing'],
    );
  }
}

/** Records repeat evidence.json; and there is no file of which nothing in the bundle speaks. */
async function checkFiles(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  evidence: Evidence,
  { spokenOf, bag }: Surroundings,
): Promise<void> {
  const known = new Set<string>(spokenOf);
  for (const path of [
    paths.declaration,
    paths.info,
    paths.instructions,
    paths.page,
    paths.report,
    paths.printed,
    paths.certification,
    paths.evidence,
  ])
    known.add(path);
  known.add(paths.manifest).add(paths.tagManifest);
  for (const { path } of partialFiles(evidence)) known.add(path);
  for (const capture of [...evidence.captures, ...(evidence.partialCaptures ?? [])]) {
    const path = paths.record(capture.id);
    known.add(path);
    if ((await contents.digest(path)) !== toHex(sha256.of(canonicalBytes(capture)))) {
      findings.fail(
        'evidence',
        'record-differs',
        `${path} is missing, or not what ${paths.evidence} says of this capture.`,
      );
    }
  }
  for (const path of [...bag.payload.keys(), ...bag.tags.keys()]) {
    if (known.has(path) || isLogFile(path) || isSignatureFile(path)) continue;
    findings.fail(
      'evidence',
      'file-unexpected',
      `${path} is listed, but nothing in the bundle speaks of it.`,
      [path, 'unlisted'],
    );
  }
  if (evidence.notPrinted === true && contents.has(paths.printed)) {
    contradiction(findings, 'notPrinted', paths.printed);
  }
  for (const path of [paths.report, paths.instructions]) {
    if (!contents.has(path))
      findings.fail('evidence', 'file-missing', `${path} is missing.`, [path, 'missing']);
  }
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const logFile = new RegExp(
  `^log/(?:(?:documents|leaves|posts|artifacts)/${uuid}\\.json|salts/${uuid}\\.txt|inclusion\\.json|(?:checkpoints|consistency|proofs)/.+)$`,
);

/** Files of events, posts and proofs; that something speaks of each was checked before. */
function isLogFile(path: string): boolean {
  return logFile.test(path);
}
