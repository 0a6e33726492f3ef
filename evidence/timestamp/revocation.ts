/**
 * Whether an authority's certificate was revoked, from answers that came along: revocation lists (RFC 5280,
 * section 5) and OCSP responses (RFC 6960). Nothing is fetched here.
 */
import { type Certificate, fingerprintOf, isSignedBy } from '../identity/certificate.ts';
import type { RevocationAnswer, RevocationFinding } from './finding.ts';
import { readOcsp } from './ocsp.ts';
import { readList } from './revocation-list.ts';

export interface RevocationInput {
  certificate: Certificate;
  /** Where its issuer may be found. */
  issuers: readonly Certificate[];
  /** The time that is asked about: when the token was made. */
  time: Date;
  /** DER, attacker-controlled. */
  answers: readonly Uint8Array[];
  now: Date;
}

const clockTolerance = 5 * 60_000;
const maxAnswers = 32;
const maxBytes = 8 * 1024 * 1024;

/**
 * Reasons after which tokens made before the revocation still count (RFC 3161, section 4): all others, and
 * none given, may mean that somebody else holds the key and dates tokens back.
 */
const harmless: ReadonlySet<string> = new Set([
  'unspecified',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
]);

/**
 * What a set of answers said of a certificate before: a bundle holds hundreds of stamps by one authority, beside lists
 * of megabytes. By the set itself, so that nothing is kept longer than it.
 */
const readBefore = new WeakMap<readonly Uint8Array[], Map<string, (RevocationAnswer | null)[]>>();

/** Bytes of answers that are parsed for one set of them, over all certificates: beyond, nothing is known. */
const maxParsed = 256 * 1024 * 1024;

/** What each answer says; null where there are too many for so many certificates. */
async function readAnswers(
  { answers, certificate }: RevocationInput,
  issuer: Certificate,
): Promise<(RevocationAnswer | null)[] | null> {
  const known = readBefore.get(answers) ?? new Map<string, (RevocationAnswer | null)[]>();
  readBefore.set(answers, known);
  const key = `${fingerprintOf(certificate.der)} ${fingerprintOf(issuer.der)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const counted = answers.slice(0, maxAnswers);
  const size = counted.reduce((sum, { length }) => sum + length, 0);
  if (known.size > 0 && (known.size + 1) * size > maxParsed) return null;
  const found: (RevocationAnswer | null)[] = [];
  for (const bytes of counted) found.push(await readAnswer(bytes, certificate, issuer));
  known.set(key, found);
  return found;
}

/** Judges all answers: revoked wins over good, good over nothing. Never throws on any bytes. */
export async function judgeRevocation(input: RevocationInput): Promise<RevocationFinding> {
  const issuer = await issuerOf(input.certificate, input.issuers);
  if (issuer === null) {
    return unknown("The certificate of the authority's issuer is not at hand, so no answer can be checked.");
  }
  let best: RevocationFinding | null = null;
  let why = 'No revocation list or OCSP answer came along.';
  const answers = await readAnswers(input, issuer);
  if (answers === null)
    return unknown('More answers came along than can be looked through for every authority.');
  for (const answer of answers) {
    if (answer === null) {
      if (best === null) why = 'None of the answers is a readable one by the issuer of the authority.';
      continue;
    }
    const finding = judge(answer, input);
    if (finding.state === 'revoked') return finding;
    if (finding.state === 'good') best = finding;
    else why = finding.message;
  }
  return best ?? unknown(why);
}

async function issuerOf(
  certificate: Certificate,
  candidates: readonly Certificate[],
): Promise<Certificate | null> {
  for (const candidate of candidates) {
    if (await isSignedBy(certificate, candidate)) return candidate;
  }
  return null;
}

/** Null: not readable, not of this issuer, not about this certificate, or its signature does not hold. */
async function readAnswer(
  bytes: Uint8Array,
  certificate: Certificate,
  issuer: Certificate,
): Promise<RevocationAnswer | null> {
  if (bytes.length > maxBytes) return null;
  for (const read of [readList, readOcsp]) {
    try {
      const answer = await read(bytes, certificate, issuer);
      if (answer !== null) return answer;
    } catch {
      // Attacker-controlled: what is no answer of this kind may be one of the other, and else says nothing.
    }
  }
  return null;
}

function unknown(message: string): RevocationFinding {
  return { state: 'not-known', message, source: null, answeredAt: null, revokedAt: null, reason: null };
}

const sourceWords = { crl: 'The revocation list', ocsp: 'The OCSP answer' } as const;

function judge(answer: RevocationAnswer, { certificate, time, now }: RevocationInput): RevocationFinding {
  const { source, status, thisUpdate, nextUpdate } = answer;
  const what = `${sourceWords[source]} of ${thisUpdate.toISOString()}`;
  const facts = { source, answeredAt: thisUpdate, revokedAt: null, reason: null };
  if (thisUpdate.getTime() > now.getTime() + clockTolerance) {
    return { ...facts, state: 'not-known', message: `${what} is dated in the future.` };
  }
  if (typeof status === 'object') return judgeRevoked(answer, status, time, what);
  if (status === 'unknown') {
    return { ...facts, state: 'not-known', message: `${what} does not know the authority's certificate.` };
  }
  const afterwards = thisUpdate >= time;
  if (!afterwards && (nextUpdate === null || nextUpdate < time)) {
    return { ...facts, state: 'not-known', message: `${what} is older than the timestamp and had run out.` };
  }
  // Lists drop certificates that have run out, so that silence about one says nothing (RFC 5280, section 3.3).
  if (source === 'crl' && thisUpdate > certificate.notAfter) {
    return {
      ...facts,
      state: 'not-known',
      message: `${what} was made after the authority's certificate had run out.`,
    };
  }
  return {
    ...facts,
    state: 'good',
    message: `${what}, made ${afterwards ? 'after' : 'before'} the timestamp, does not name the authority's certificate as revoked.`,
  };
}

function judgeRevoked(
  { source, thisUpdate }: RevocationAnswer,
  { revokedAt, reason }: { revokedAt: Date; reason: string | null },
  time: Date,
  what: string,
): RevocationFinding {
  const facts = { source, answeredAt: thisUpdate, revokedAt, reason };
  const told = `${what} says that the authority's certificate was revoked at ${revokedAt.toISOString()} (${reason ?? 'no reason given'})`;
  if (revokedAt > time && reason !== null && harmless.has(reason)) {
    return {
      ...facts,
      state: 'good',
      message: `${told}, after the timestamp and for a reason that leaves it valid.`,
    };
  }
  const ending = revokedAt > time ? ', and from then on no token of it counts, older ones included' : '';
  return { ...facts, state: 'revoked', message: `${told}${ending}.` };
}
