/**
 * Checks a bundle: whether it is one, whether anything changed since its signature, who signed, and whether what it
 * says of its captures follows from the disclosed log. Every byte is attacker-controlled.
 *
 * Knows nothing of how bundles are built, nor of Node: it runs in a browser page, too.
 */
import {
  type Verification,
  type VerificationNote,
  type VerificationStep,
  verificationSteps,
} from '../../contract/model/bundle.ts';
import type { Evidence } from '../bundle/evidence.ts';
import { type BundleFolder, bundleFolder, withoutFolder } from '../bundle/folder.ts';
import { paths } from '../bundle/paths.ts';
import type { Ed25519 } from '../log/ed25519.ts';
import type { GoodSignature } from '../signature/check.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { portableCrc32 } from '../zip/crc32.ts';
import { ZipError } from '../zip/error.ts';
import { openZip, type StoredEntry, type ZipContents } from '../zip/reader.ts';
import { checkArtifacts } from './artifacts.ts';
import { checkManifests, checkUnlisted, readBag } from './bag.ts';
import { ParsingBudget } from './budget.ts';
import { type Checkpoints, headOf, readCheckpoints } from './checkpoints.ts';
import { clockContradictions } from './clock.ts';
import { Contents, type ReadingTools } from './contents.ts';
import { checkEvidence, readEvidence } from './evidence.ts';
import { Findings, type StepName } from './findings.ts';
import { checkInclusion } from './inclusion.ts';
import { type LogExtract, readLog } from './log.ts';
import { namedByFingerprint, notFound } from './named.ts';
import { checkOrder } from './order.ts';
import { notesOnPage } from './page.ts';
import { checkPartialFiles, readPartialFiles } from './partial-files.ts';
import { readPolicyTexts } from './policy-texts.ts';
import { type DisclosedPosts, readPosts } from './posts.ts';
import { checkRevocation } from './revocation.ts';
import { checkSessions } from './sessions.ts';
import { checkSignature, judgeTrust } from './signature.ts';
import { checkTimestamps, judgeTimestampTrust, listed, timestampsHeld } from './timestamps.ts';
import { checkWaczFiles, type WaczTools } from './wacz.ts';

export interface VerificationRequest extends Omit<ReadingTools, 'crc32'> {
  source: ByteSource;
  /** Certificates that the user trusts: signers' own or authorities', in DER. */
  trusted: readonly Uint8Array[];
  /** Certificates of time-stamping authorities, or those above them, that the user trusts, in DER. */
  tsaRoots?: readonly Uint8Array[] | undefined;
  /** SHA-256 of such certificates, in hexadecimal, where the bundle itself carries them. */
  fingerprints?: { trusted: readonly string[]; tsaRoots: readonly string[] } | undefined;
  /** To tell a time that has not come yet. Now, where it is not given. */
  now?: Date | undefined;
  /** Where there is a faster one than the one in JavaScript. */
  ed25519?: Ed25519 | undefined;
  wacz?: WaczTools | undefined;
  /** SHA-256 of this version's verify.html, in hexadecimal: to tell another one. */
  verifyPage?: string | undefined;
  /** Where there is a faster one than the one in JavaScript. */
  crc32?: ReadingTools['crc32'];
}

/** What an importer takes from a bundle: as checked as the verdict beside it says. */
export interface VerifiedBundle {
  evidence: Evidence;
  log: LogExtract;
  posts: DisclosedPosts;
  checkpoints: Checkpoints;
  /** By path relative to the base folder: where each file stands in the zip file. */
  entries: ReadonlyMap<string, StoredEntry>;
  /** SHA-256 of the tag manifest, which the signature covers; null where there is none. */
  tagManifest: string | null;
}

export interface Verified {
  verification: Verification;
  /** Null where evidence.json cannot be read. */
  bundle: VerifiedBundle | null;
}

/**
 * Never throws on hostile input: what is wrong is in the answer. Rejects with what the source throws, and with
 * `cancelled`.
 */
export async function verifyBundle(request: VerificationRequest): Promise<Verification> {
  return (await examineBundle(request)).verification;
}

/** As `verifyBundle`, with what was found inside. */
export async function examineBundle(request: VerificationRequest): Promise<Verified> {
  const findings = new Findings();
  let zip: ZipContents;
  try {
    zip = await openZip(request.source);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const path = error.entry === null ? null : withoutFolder(error.entry);
    findings.fail(
      'container',
      error.problem,
      error.message,
      path === null ? undefined : [path, 'unreadable'],
    );
    const verification = answer(findings, noFacts, notKnown('no-container', 'No bundle could be opened.'));
    return { verification, bundle: null };
  }
  const folder = bundleFolder(zip);
  if (folder === null) {
    findings.fail(
      'bag',
      'not-a-bundle',
      "Expected one folder named 'holdfast-' and the id of the bundle; this zip file holds something else.",
    );
    const verification = answer(findings, noFacts, notKnown('no-bag', 'This zip file is not a bundle.'));
    return { verification, bundle: null };
  }
  return checkBag(request, zip, folder, findings);
}

async function checkBag(
  request: VerificationRequest,
  zip: ZipContents,
  { bundleId, entries }: BundleFolder,
  findings: Findings,
): Promise<Verified> {
  const { sha256, ed25519 } = request;
  const now = request.now ?? new Date();
  const contents = new Contents(
    request.source,
    entries,
    { ...request, crc32: request.crc32 ?? portableCrc32 },
    findings,
  );
  const budget = new ParsingBudget();
  const named = await namedIn(contents, request);
  const bag = await readBag(contents, findings);
  const { p7s, good: signature } = await checkSignature(contents, findings, bag.tagManifest);
  const evidence = await readEvidence(contents, findings, budget);
  const log = await readLog(contents, findings, sha256, budget);
  const posts = await readPosts(contents, findings, sha256, log, budget);
  checkOrder(findings, log, posts);
  await checkSessions(findings, sha256, log);
  const checkpoints = await readCheckpoints(contents, findings, { sha256, ed25519 }, log, budget);
  const tools = { sha256, tsaRoots: named.tsaRoots, now };
  const stamps = await checkTimestamps(contents, findings, tools, p7s, checkpoints);
  const captures = await checkInclusion({ contents, findings, sha256, log, checkpoints, budget });
  const partialFiles = await readPartialFiles({ contents, findings, sha256, log, captures, budget });
  const artifacts = await checkArtifacts(contents, findings, log);
  const policyTexts = await readPolicyTexts(contents, findings, sha256, log, budget);
  const answers: Answers = {
    'signer-trust': await judgeTrust(signature, named.trusted, named.signers),
    revocation: await checkRevocation(findings, { signature, stamps, trusted: named.trusted, now }),
    timestamps: timestampsHeld(stamps, clockContradictions(log, signature, stamps)),
    'timestamp-trust': judgeTimestampTrust(stamps),
    artifacts: await checkPartialFiles(contents, findings, evidence, partialFiles),
    wacz: await checkWaczFiles(
      contents,
      findings,
      { log, evidence },
      {
        sha256,
        crc32: request.crc32,
        ...request.wacz,
        signal: request.signal,
      },
    ),
  };
  if (evidence !== null) {
    const texts = policyTexts.texts;
    const proven = { log, posts, checkpoints, captures, partialFiles, stamps, policyTexts: texts };
    const signer = signature?.signer ?? null;
    const spokenOf = new Set([...artifacts, ...policyTexts.paths]);
    const around = { bundleId, modified: zip.modified, bag, signer, proven, spokenOf };
    await checkEvidence(contents, findings, sha256, evidence, around);
  }
  // Last: what was read above is not read again.
  await checkManifests(contents, findings, bag);
  checkUnlisted(contents, findings, bag);
  const counts = { files: entries.size, leaves: log.leaves.size, posts: posts.size, checkpoints };
  const verification = answer(
    findings,
    {
      signature,
      timestamps: listed(stamps),
      log: checkpoints.newest && headOf(checkpoints.newest),
      notes: [...named.notes, ...(await notesOnPage(contents, request.verifyPage))],
    },
    (step) => answers[step] ?? held(step, counts),
  );
  const tagManifest = await contents.digest(paths.tagManifest);
  const found = { log, posts, checkpoints, entries, tagManifest };
  return { verification, bundle: evidence === null ? null : { evidence, ...found } };
}

interface Named {
  trusted: readonly Uint8Array[];
  tsaRoots: readonly Uint8Array[];
  /** How many signers or authorities of signers were named, by whatever: some may not be found here. */
  signers: number;
  notes: VerificationNote[];
}

/** Who is trusted: certificates that were given, and those that the bundle carries and whose fingerprints were. */
async function namedIn(contents: Contents, request: VerificationRequest): Promise<Named> {
  const { sha256, trusted, tsaRoots = [], fingerprints = { trusted: [], tsaRoots: [] } } = request;
  const signers = await namedByFingerprint(contents, sha256, fingerprints.trusted);
  const authorities = await namedByFingerprint(contents, sha256, fingerprints.tsaRoots);
  return {
    trusted: [...trusted, ...signers.certificates],
    tsaRoots: [...tsaRoots, ...authorities.certificates],
    signers: trusted.length + fingerprints.trusted.length,
    notes: [...signers.missing, ...authorities.missing].map(notFound),
  };
}

type Answer = Omit<VerificationStep, 'step'>;
type Answers = Partial<Record<StepName, Answer>>;
type Otherwise = (step: StepName) => Answer;

function notKnown(code: string, message: string): Otherwise {
  return () => ({ status: 'not-known', code, message });
}

interface Counts {
  files: number;
  leaves: number;
  posts: number;
  checkpoints: Checkpoints;
}

/** What a step says where nothing was found against it, and it has nothing of its own to say. */
function held(step: StepName, { files, leaves, posts, checkpoints }: Counts): Answer {
  const heads = checkpoints.bySize.size;
  const messages: Partial<Record<StepName, string>> = {
    container: `A complete zip file with ${files} files, as Holdfast writes it.`,
    bag: 'A BagIt 1.0 bag with its manifests.',
    manifests: 'Every listed file is there, and unchanged.',
    'unlisted-files': 'No file was added.',
    signature: `The signature over ${paths.tagManifest} holds: nothing that it covers has changed since.`,
    checkpoints: `The custody log is shown at ${heads === 1 ? 'one size' : `${heads} sizes`}, the newest of ${checkpoints.newest?.size} lines, each signed by the log's own key${heads === 1 ? '' : '; each begins with the one before it, unchanged'}. Compare it with another bundle of this archive: one bundle alone cannot show that there is only one log.`,
    leaves: `${leaves} lines of the custody log fit their records, ${posts === 1 ? 'one post is the one that was' : `${posts} posts are those that were`} read, every artifact is the one that was sealed.`,
    inclusion: `All ${leaves} lines shown stand in the custody log.`,
    evidence: 'evidence.json says what the records say.',
  };
  return { status: 'ok', code: 'ok', message: messages[step] ?? '' };
}

interface Facts {
  signature: GoodSignature | null;
  timestamps: Verification['timestamps'];
  log: Verification['log'];
  notes: Verification['notes'];
}

const noFacts: Facts = { signature: null, timestamps: [], log: null, notes: [] };

function answer(
  findings: Findings,
  { signature, timestamps, log, notes }: Facts,
  otherwise: Otherwise,
): Verification {
  const steps = verificationSteps.map((step) => findings.report(step, otherwise(step)));
  return {
    verdict: verdictOf(steps),
    steps,
    signer: signature?.signer ?? null,
    signedAt: signature?.signingTime.toISOString() ?? null,
    timestamps,
    log,
    notes,
    files: findings.files(),
  };
}

/**
 * Trusted: nothing failed, and the signer is one that the user named. Consistent: nothing failed. What is not present
 * or not known beside the signer is said in its step, and nothing is claimed from it: an authority that nobody named
 * makes no time, and takes nothing from the signature either.
 */
function verdictOf(steps: readonly VerificationStep[]): Verification['verdict'] {
  if (steps.some(({ status }) => status === 'failed')) return 'failed';
  return steps.some(({ step, status }) => step === 'signer-trust' && status === 'ok')
    ? 'trusted'
    : 'consistent';
}
