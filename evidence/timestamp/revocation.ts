/**
 * Whether an authority's certificate was revoked, from answers that came along: revocation lists (RFC 5280,
 * section 5) and OCSP responses (RFC 6960). Nothing is fetched here.
 */
import {
  type Certificate,
  fingerprintOf,
  isSelfIssued,
  isSignedBy,
  signerOf,
} from '../identity/certificate.ts';
import { isSameCertificate } from '../identity/chain.ts';
import type { PathRevocation, RevocationAnswer, RevocationFinding } from './finding.ts';
import { readOcsp } from './ocsp.ts';
import { readList } from './revocation-list.ts';

export interface PathInput extends Omit<RevocationInput, 'certificate' | 'issuers' | 'who'> {
  /** The certificate in question, then those above it, nearest first; at least one. */
  path: readonly Certificate[];
  /** Certificates that the user named: they may have issued those of the path. */
  anchors: readonly Certificate[];
  /** Whose path it is, for sentences. */
  whose: "the authority's" | "the signer's";
}

interface RevocationInput {
  certificate: Certificate;
  /** What sentences call it. */
  who: string;
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
/** Certificates above one that are asked about: real paths have one or two, and each answer is read for each of them. */
const maxAbove = 3;

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
 * Judges the first certificate of the path, and those above it as far as answers tell of them: one of them that was
 * revoked speaks for all below. Who signed itself, and who was named by the user, is asked about by nobody.
 * Never throws on any bytes.
 */
export async function judgePath({ path, anchors, whose, ...asked }: PathInput): Promise<PathRevocation> {
  const issuers = [...path.slice(1), ...anchors];
  const above = path
    .slice(1)
    .filter((one) => !isSelfIssued(one) && !anchors.some((anchor) => isSameCertificate(one, anchor)));
  const findings: (RevocationFinding & { who: string })[] = [];
  for (const [index, certificate] of [...path.slice(0, 1), ...above.slice(0, maxAbove)].entries()) {
    const name = signerOf(certificate.der).name;
    const who = index === 0 ? `${whose} certificate` : `the certificate of "${name}" above ${whose}`;
    findings.push({ who, ...(await judgeRevocation({ ...asked, certificate, issuers, who })) });
  }
  const [own] = findings;
  const said = findings.find(({ state }) => state === 'revoked') ?? own;
  if (said === undefined) throw new Error('a path of no certificate');
  const known = findings.slice(1).filter(({ state }) => state !== 'not-known').length;
  const held = [...new Set(findings.flatMap((finding) => finding.held))];
  return { ...said, held, above: { asked: above.length, open: above.length - known } };
}

interface ReadAnswer {
  bytes: Uint8Array;
  /** Null: it says nothing of the certificate. */
  answer: RevocationAnswer | null;
}

/**
 * What a set of answers said of a certificate before: a bundle holds hundreds of stamps by one authority, beside lists
 * of megabytes. By the set itself, so that nothing is kept longer than it.
 */
const readBefore = new WeakMap<readonly Uint8Array[], Map<string, ReadAnswer[]>>();

/** Bytes of answers that are parsed for one set of them, over all certificates: beyond, nothing is known. */
const maxParsed = 256 * 1024 * 1024;

/** What each answer says; null where there are too many for so many certificates. */
async function readAnswers(
  { answers, certificate }: RevocationInput,
  issuer: Certificate,
): Promise<ReadAnswer[] | null> {
  const known = readBefore.get(answers) ?? new Map<string, ReadAnswer[]>();
  readBefore.set(answers, known);
  const key = `${fingerprintOf(certificate.der)} ${fingerprintOf(issuer.der)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const counted = answers.slice(0, maxAnswers);
  const size = counted.reduce((sum, { length }) => sum + length, 0);
  if (known.size > 0 && (known.size + 1) * size > maxParsed) return null;
  const found: ReadAnswer[] = [];
  for (const bytes of counted) found.push({ bytes, answer: await readAnswer(bytes, certificate, issuer) });
  known.set(key, found);
  return found;
}

/** Judges all answers: revoked wins over good, good over nothing. */
async function judgeRevocation(input: RevocationInput): Promise<RevocationFinding> {
  const issuer = await issuerOf(input.certificate, input.issuers);
  if (issuer === null) {
    return unknown(
      "The certificate of the authority's issuer is not at hand, so no answer can be checked.",
      [],
    );
  }
  const held: Uint8Array[] = [];
  let best: Judged | null = null;
  let why = 'No revocation list or OCSP answer came along.';
  const answers = await readAnswers(input, issuer);
  if (answers === null)
    return unknown('More answers came along than can be looked through for every authority.', []);
  for (const { bytes, answer } of answers) {
    if (answer === null) {
      if (best === null) why = 'None of the answers is a readable one by the issuer of the authority.';
      continue;
    }
    held.push(bytes);
    const finding = judge(answer, input);
    if (finding.state === 'revoked') best = finding;
    else if (finding.state === 'good') best ??= finding;
    else why = finding.message;
  }
  return best === null ? unknown(why, held) : { ...best, held };
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

type Judged = Omit<RevocationFinding, 'held'>;

function unknown(message: string, held: readonly Uint8Array[]): RevocationFinding {
  const nothing = { source: null, answeredAt: null, revokedAt: null, reason: null };
  return { state: 'not-known', message, ...nothing, held };
}

const sourceWords = { crl: 'The revocation list', ocsp: 'The OCSP answer' } as const;

function judge(answer: RevocationAnswer, { certificate, who, time, now }: RevocationInput): Judged {
  const { source, status, thisUpdate, nextUpdate } = answer;
  const what = `${sourceWords[source]} of ${thisUpdate.toISOString()}`;
  const facts = { source, answeredAt: thisUpdate, revokedAt: null, reason: null };
  if (thisUpdate.getTime() > now.getTime() + clockTolerance) {
    return { ...facts, state: 'not-known', message: `${what} is dated in the future.` };
  }
  if (typeof status === 'object') return judgeRevoked(answer, status, { who, time, what });
  if (status === 'unknown') {
    return { ...facts, state: 'not-known', message: `${what} does not know ${who}.` };
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
      message: `${what} was made after ${who} had run out.`,
    };
  }
  return {
    ...facts,
    state: 'good',
    message: `${what}, made ${afterwards ? 'after' : 'before'} the timestamp, does not name ${who} as revoked.`,
  };
}

function judgeRevoked(
  { source, thisUpdate }: RevocationAnswer,
  { revokedAt, reason }: { revokedAt: Date; reason: string | null },
  { who, time, what }: { who: string; time: Date; what: string },
): Judged {
  const facts = { source, answeredAt: thisUpdate, revokedAt, reason };
  const told = `${what} says that ${who} was revoked at ${revokedAt.toISOString()} (${reason ?? 'no reason given'})`;
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
