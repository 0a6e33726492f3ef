/**
 * Timestamps in sig/, each over the signature or over a checkpoint; their authorities; what is known of revoked
 * certificates. No manifest covers these files, so everything in them must be accounted for.
 */
import type { BundleTimestamp, VerificationStep } from '../../contract/model/bundle.ts';
import { limits } from '../bundle/limits.ts';
import { isSignatureFile, paths, signatureFolder } from '../bundle/paths.ts';
import { type Sha256, sameBytes } from '../digest/sha256.ts';
import { fromPem, toPem } from '../identity/pem.ts';
import { checkTimestamp } from '../timestamp/check.ts';
import type { GoodTimestamp } from '../timestamp/finding.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';

export interface TimestampTools {
  sha256: Sha256;
  /** Certificates of time-stamping authorities, or those above them, that the user trusts, in DER. */
  tsaRoots: readonly Uint8Array[];
  now: Date;
}

/** A timestamp that holds. */
export interface Stamp {
  path: string;
  over: BundleTimestamp['over'];
  found: GoodTimestamp;
}

export interface Stamps {
  all: readonly Stamp[];
  /** DER, as they lie in `sig/revocation/`, by path. */
  revocation: ReadonlyMap<string, Uint8Array>;
}

const checkpointStamp = /^sig\/checkpoint-([1-9]\d{0,15})\.tsr$/;

/** Checks every timestamp. What does not hold fails the step 'timestamps'. */
export async function checkTimestamps(
  contents: Contents,
  findings: Findings,
  tools: TimestampTools,
  p7s: Uint8Array | null,
  checkpoints: Checkpoints,
): Promise<Stamps> {
  const revocation = await readRevocation(contents, findings);
  const pool = await readCertificateFiles(contents, findings);
  const kept = { revocation: [...revocation.values()], pool };
  const all: Stamp[] = [];
  for (const path of contents.paths()) {
    const over = overOf(path);
    if (over === null || !isSignatureFile(path)) continue;
    const content = over === 'signature' ? p7s : (checkpoints.bySize.get(over.checkpoint)?.note ?? null);
    const stamp = await checkOne(contents, findings, tools, kept, { path, over, content });
    if (stamp !== null) all.push(stamp);
  }
  await checkAtTime(contents, findings, all);
  return { all, revocation };
}

async function readRevocation(contents: Contents, findings: Findings): Promise<Map<string, Uint8Array>> {
  const answers = new Map<string, Uint8Array>();
  let left: number = limits.revocationTotal;
  for (const path of contents.paths().filter((each) => each.startsWith('sig/revocation/'))) {
    const bytes = await contents.bytes(path, Math.min(limits.revocationFile, left));
    if (bytes === null) {
      findings.fail('revocation', 'file-too-large', `${path} is too large.`, [path, 'unreadable']);
      continue;
    }
    left -= bytes.length;
    answers.set(path, bytes);
  }
  return answers;
}

function overOf(path: string): BundleTimestamp['over'] | null {
  if (path === paths.signatureStamp) return 'signature';
  const size = checkpointStamp.exec(path)?.[1];
  return size === undefined ? null : { checkpoint: Number(size) };
}

async function read(contents: Contents, findings: Findings, path: string): Promise<Uint8Array | null> {
  const bytes = await contents.bytes(path, limits.signatureFile);
  if (bytes === null)
    findings.fail('timestamps', 'file-too-large', `${path} is too large.`, [path, 'unreadable']);
  return bytes;
}

async function checkOne(
  contents: Contents,
  findings: Findings,
  { sha256, tsaRoots, now }: TimestampTools,
  kept: { revocation: readonly Uint8Array[]; pool: readonly Uint8Array[] },
  { path, over, content }: { path: string; over: Stamp['over']; content: Uint8Array | null },
): Promise<Stamp | null> {
  const response = await read(contents, findings, path);
  if (response === null) return null;
  if (content === null) {
    findings.fail(
      'timestamps',
      'timestamp-over-nothing',
      `${path} is over ${over === 'signature' ? paths.signature : paths.checkpoint(over.checkpoint)}, which is missing or does not hold.`,
      [path, 'unlisted'],
    );
    return null;
  }
  const digest = sha256.of(content);
  const found = await checkTimestamp({ response, digest, nonce: null, trusted: tsaRoots, now, ...kept });
  if (found.status === 'ok') return { path, over, found };
  findings.fail('timestamps', found.code, `${path}: ${found.message}`, [path, 'changed']);
  return null;
}

/**
 * Certificates, in DER, that may complete the chains of timestamps. openssl skips text around PEM blocks: what stands there
 * could mislead, and nothing covers it.
 */
async function readCertificateFiles(contents: Contents, findings: Findings): Promise<Uint8Array[]> {
  const pool: Uint8Array[] = [];
  for (const path of contents.paths()) {
    if (!path.startsWith(`${signatureFolder}tsa-`) || !isSignatureFile(path)) continue;
    const bytes = await read(contents, findings, path);
    if (bytes === null) continue;
    const parse = () => fromPem(new TextDecoder().decode(bytes));
    const certificates = findings.attempt('timestamps', 'certificate-file-differs', path, parse, 'changed');
    if (certificates !== null && !sameBytes(bytes, new TextEncoder().encode(toPem(...certificates)))) {
      findings.fail(
        'timestamps',
        'certificate-file-differs',
        `${path} holds more than certificates, or holds them in another form.`,
        [path, 'changed'],
      );
    }
    pool.push(...(certificates ?? []));
  }
  // Attacker-controlled: each is tried as an issuer.
  return pool.slice(0, limits.authorityCertificates);
}

/** ATTIME.txt is signed by nobody: it must say what the timestamp over the signature says. */
async function checkAtTime(contents: Contents, findings: Findings, stamps: readonly Stamp[]): Promise<void> {
  if (!contents.has(paths.atTime)) return;
  const bytes = await read(contents, findings, paths.atTime);
  if (bytes === null) return;
  const stamp = stamps.find(({ over }) => over === 'signature');
  const seconds = stamp === undefined ? null : Math.floor(stamp.found.genTime.getTime() / 1000);
  if (seconds !== null && sameBytes(bytes, new TextEncoder().encode(`${seconds}\n`))) return;
  findings.fail(
    'timestamps',
    'attime-differs',
    `${paths.atTime} is not the time of ${paths.signatureStamp}.`,
    [paths.atTime, 'changed'],
  );
}

type Answer = Omit<VerificationStep, 'step'>;

/** What the step 'timestamps' says where nothing failed. `contradictions`: of the signer's own times, in sentences. */
export function timestampsHeld({ all }: Stamps, contradictions: readonly string[]): Answer {
  if (all.length === 0) {
    return {
      status: 'not-present',
      code: 'no-timestamp',
      message:
        "No independent authority vouches for a time: every time in the bundle is the signer's own claim.",
    };
  }
  const [first] = contradictions;
  if (first !== undefined) {
    const more = contradictions.length > 1 ? ` (and ${contradictions.length - 1} more)` : '';
    return {
      status: 'not-known',
      code: 'clock-contradicted',
      message: `${first} What counts is the stamp.${more}`,
    };
  }
  const times = all.map(({ path, found }) => `${path}: ${found.genTime.toISOString()}`);
  return {
    status: 'ok',
    code: 'ok',
    message: `What these timestamps are over existed no later than they say, if their authority is to be believed. ${shortList(times)}.`,
  };
}

/** What the step 'timestamp-trust' says: an authority that nobody named must not be believed. */
export function judgeTimestampTrust({ all }: Stamps): Answer {
  if (all.length === 0) {
    return { status: 'not-present', code: 'no-timestamp', message: 'There is no timestamp to trust or not.' };
  }
  const foreign = all.filter(({ found }) => found.trust !== 'trusted');
  const [first] = foreign;
  if (first === undefined) {
    const names = [...new Set(all.map(({ found }) => `"${shortened(found.authority.name)}"`))];
    return {
      status: 'ok',
      code: 'authority-trusted',
      message: `The time-stamping authority ${shortList(names)} is one that you named as trusted.`,
    };
  }
  return {
    status: 'not-known',
    code: 'authority-not-trusted',
    message: `Do not rely on the time of ${shortList(foreign.map(({ path }) => path))}: ${first.found.trustMessage}`,
  };
}

export function shortList(items: readonly string[]): string {
  return items.length <= 3
    ? items.join(', ')
    : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`;
}

export function shortened(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100);
}

/** The timestamps as an answer lists them. */
export function listed({ all }: Stamps): BundleTimestamp[] {
  return all.map(({ path, over, found }) => ({
    path,
    over,
    time: found.genTime.toISOString(),
    authority: found.authority.name,
    certificate: found.authority.fingerprint,
    trusted: found.trust === 'trusted' && found.revocation !== 'revoked',
  }));
}
