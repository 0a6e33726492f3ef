/**
 * Checks a bundle: whether it is one, whether anything changed since its signature, who signed, and whether what it
 * says of its captures follows from the disclosed log. Every byte is attacker-controlled.
 *
 * Knows nothing of how bundles are built, nor of Node: it runs in a browser page, too.
 */
import { type Verification, type VerificationStep, verificationSteps } from '../../contract/model/bundle.ts';
import { paths } from '../bundle/paths.ts';
import type { GoodSignature } from '../signature/check.ts';
import type { ByteSource } from '../source/byte-source.ts';
import { portableCrc32 } from '../zip/crc32.ts';
import { ZipError } from '../zip/error.ts';
import { openZip, type StoredEntry, type ZipContents } from '../zip/reader.ts';
import { checkArtifacts } from './artifacts.ts';
import { checkManifests, checkUnlisted, readBag } from './bag.ts';
import { ParsingBudget } from './budget.ts';
import { Contents, type ReadingTools } from './contents.ts';
import { checkEvidence, readEvidence } from './evidence.ts';
import { Findings, type StepName } from './findings.ts';
import { readLog } from './log.ts';
import { checkOrder } from './order.ts';
import { readPosts } from './posts.ts';
import { checkSessions } from './sessions.ts';
import { checkSignature, judgeTrust } from './signature.ts';

export interface VerificationRequest extends Omit<ReadingTools, 'crc32'> {
  source: ByteSource;
  /** Certificates that the user trusts: signers' own or authorities', in DER. */
  trusted: readonly Uint8Array[];
  /** Where there is a faster one than the one in JavaScript. */
  crc32?: ReadingTools['crc32'];
}

/**
 * Never throws on hostile input: what is wrong is in the answer. Rejects with what the source throws, and with
 * `cancelled`.
 */
export async function verifyBundle(request: VerificationRequest): Promise<Verification> {
  const findings = new Findings();
  let zip: ZipContents;
  try {
    zip = await openZip(request.source);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const path = error.entry === null ? null : withoutBase(error.entry);
    findings.fail(
      'container',
      error.problem,
      error.message,
      path === null ? undefined : [path, 'unreadable'],
    );
    return answer(findings, null, notKnown('no-container', 'No bundle could be opened.'));
  }
  const folder = oneFolder(zip);
  if (folder === null) {
    findings.fail(
      'bag',
      'not-a-bundle',
      "Expected one folder named 'holdfast-' and the id of the bundle; this zip file holds something else.",
    );
    return answer(findings, null, notKnown('no-bag', 'This zip file is not a bundle.'));
  }
  return checkBag(request, zip, folder, findings);
}

async function checkBag(
  request: VerificationRequest,
  zip: ZipContents,
  { bundleId, entries }: Folder,
  findings: Findings,
): Promise<Verification> {
  const { sha256, trusted } = request;
  const contents = new Contents(
    request.source,
    entries,
    { ...request, crc32: request.crc32 ?? portableCrc32 },
    findings,
  );
  const budget = new ParsingBudget();
  const bag = await readBag(contents, findings);
  const signature = await checkSignature(contents, findings, bag.tagManifest);
  const trust = await judgeTrust(signature, trusted);
  const evidence = await readEvidence(contents, findings, budget);
  const log = await readLog(contents, findings, sha256, budget);
  const posts = await readPosts(contents, findings, sha256, log, budget);
  checkOrder(findings, log, posts);
  await checkSessions(findings, sha256, log);
  const artifacts = await checkArtifacts(contents, findings, log);
  if (evidence !== null) {
    const signer = signature?.signer ?? null;
    const around = { bundleId, modified: zip.modified, bag, signer, log, posts, artifacts };
    await checkEvidence(contents, findings, sha256, evidence, around);
  }
  // Last: what was read above is not read again.
  await checkManifests(contents, findings, bag);
  checkUnlisted(contents, findings, bag);
  return answer(findings, signature, (step) =>
    step === 'signer-trust' ? trust : held(step, entries.size, log.leaves.size, posts.size),
  );
}

interface Folder {
  bundleId: string;
  /** By path relative to the folder. */
  entries: ReadonlyMap<string, StoredEntry>;
}

const base = /^holdfast-([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/(.+)$/;

/** The base folder of the bag (RFC 8493, section 2.1); null where there is not exactly one, or it is not ours. */
function oneFolder({ entries }: ZipContents): Folder | null {
  const [, bundleId] = base.exec(entries[0]?.name ?? '') ?? [];
  if (bundleId === undefined) return null;
  const relative = new Map<string, StoredEntry>();
  for (const entry of entries) {
    const [, id, path] = base.exec(entry.name) ?? [];
    if (path === undefined || id !== bundleId) return null;
    relative.set(path, entry);
  }
  return { bundleId, entries: relative };
}

/** The path of an entry relative to the base folder; a foreign name stays whole, shortened. */
function withoutBase(name: string): string {
  return (base.exec(name)?.[2] ?? name).slice(0, 300);
}

type Otherwise = (step: StepName) => Omit<VerificationStep, 'step'>;

function notKnown(code: string, message: string): Otherwise {
  return () => ({ status: 'not-known', code, message });
}

/** What a step says where nothing was found against it. */
function held(step: StepName, files: number, leaves: number, posts: number): Omit<VerificationStep, 'step'> {
  const messages: Record<StepName, string> = {
    container: `A complete zip file with ${files} files, as Holdfast writes it.`,
    bag: 'A BagIt 1.0 bag with its manifests.',
    manifests: 'Every listed file is there, and unchanged.',
    'unlisted-files': 'No file was added.',
    signature: `The signature over ${paths.tagManifest} holds: nothing that it covers has changed since.`,
    'signer-trust': '',
    leaves: `${leaves} lines of the custody log fit their records, ${posts} posts are those that were read, every artifact is the one that was sealed.`,
    evidence: 'evidence.json says what the records say.',
  };
  return { status: 'ok', code: 'ok', message: messages[step] };
}

function answer(findings: Findings, signature: GoodSignature | null, otherwise: Otherwise): Verification {
  const steps = verificationSteps.map((step) => findings.report(step, otherwise(step)));
  return {
    verdict: verdictOf(steps),
    steps,
    signer: signature?.signer ?? null,
    signedAt: signature?.signingTime.toISOString() ?? null,
    files: findings.files(),
  };
}

/** Trusted: everything was checked and held. Consistent: nothing failed, but something is not known. */
function verdictOf(steps: readonly VerificationStep[]): Verification['verdict'] {
  if (steps.some(({ status }) => status === 'failed')) return 'failed';
  return steps.every(({ status }) => status === 'ok') ? 'trusted' : 'consistent';
}
