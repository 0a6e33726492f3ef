/** Checking a timestamp (RFC 3161). Everything in the response is attacker-controlled. */
import { sameBytes, toHex } from '../digest/sha256.ts';
import { type Certificate, fingerprintOf, readCertificate, signerOf } from '../identity/certificate.ts';
import { ownBytes } from '../identity/der-encode.ts';
import type { Digest } from '../identity/public-key.ts';
import { signedBytes } from '../signature/signed-data.ts';
import { isTrusted } from '../signature/trust.ts';
import { verifyToken } from './algorithms.ts';
import { checkBinding, readTokenAttributes } from './attributes.ts';
import { checkPurpose, nameOf, readAuthority, readPath, saysQualified } from './authority.ts';
import { type GoodTimestamp, refusing, type TimestampFinding, TimestampRefusal } from './finding.ts';
import { withoutLeadingZeros } from './request.ts';
import { judgePath } from './revocation.ts';
import { readResponse, type TokenParts } from './token.ts';
import { readTokenInfo, type TokenInfo } from './token-info.ts';

/** Real responses have 3 to 10 KB. */
const maxBytes = 256 * 1024;
/** How far an authority's clock may be ahead of this computer's. */
const clockTolerance = 5 * 60_000;

export interface TimestampInput {
  /** DER of a TimeStampResp (`.tsr`). */
  response: Uint8Array;
  /** SHA-256 of the stamped bytes; see `checkTimestampOf` for others. */
  digest: Uint8Array;
  /** The request's nonce, big-endian; null: not known, so not compared. */
  nonce: Uint8Array | null;
  /** DER of certificates that the user named: authorities' own or those above them. */
  trusted: readonly Uint8Array[];
  now: Date;
  /** DER of certificates kept beside the token: some authorities are asked to leave theirs out. */
  certificates?: readonly Uint8Array[];
  /** DER of certificates that may complete its chain. They serve other tokens, too: what does not fit is passed over. */
  pool?: readonly Uint8Array[];
  /** DER of revocation lists and OCSP responses that came along, in any order. */
  revocation: readonly Uint8Array[];
}

/**
 * Whether `response` is a timestamp of exactly these bytes, by whom, and when. 'ok' says that it is sound in
 * itself; what it is worth, `trust` and `revocation` say. Never throws on any bytes.
 */
export function checkTimestamp(input: TimestampInput): Promise<TimestampFinding> {
  return checkTimestampOf({ ...input, imprint: { algorithm: 'SHA-256', value: input.digest } });
}

/** The same for a stamp that others asked for, with another digest. */
export async function checkTimestampOf(
  input: Omit<TimestampInput, 'digest'> & { imprint: { algorithm: Digest; value: Uint8Array } },
): Promise<TimestampFinding> {
  try {
    return await check(input);
  } catch (refusal) {
    if (!(refusal instanceof TimestampRefusal)) throw refusal;
    return { status: 'failed', code: refusal.code, message: refusal.message };
  }
}

async function check(input: Parameters<typeof checkTimestampOf>[0]): Promise<GoodTimestamp> {
  if (input.response.length > maxBytes) {
    throw new TimestampRefusal(
      'timestamp-too-large',
      `The timestamp has ${input.response.length} bytes, expected at most ${maxBytes}.`,
    );
  }
  const parts = readResponse(input.response, input.certificates);
  const info = refusing('timestamp-info-unreadable', 'What the authority signed cannot be read', () =>
    readTokenInfo(parts.info),
  );
  const pool = readable(input.pool ?? []);
  const { signer, others } = readAuthority(parts, pool);
  await checkSignature(parts, signer);
  checkImprint(info, input.imprint);
  checkNonce(info, input.nonce);
  checkPurpose(signer);
  checkNotInFuture(info.genTime, input.now);
  const path = await readPath(signer, others, info.genTime, pool);
  const trust = await judgeTrust(path, input.trusted, info.genTime);
  const revocation = await judgePath({
    path,
    whose: "the authority's",
    anchors: readable(input.trusted),
    time: info.genTime,
    answers: input.revocation,
    now: input.now,
  });
  return {
    status: 'ok',
    genTime: info.genTime,
    accuracy: info.accuracy,
    authority: {
      name: nameOf(signer),
      fingerprint: fingerprintOf(signer.der),
      notBefore: signer.notBefore,
      notAfter: signer.notAfter,
    },
    policy: info.policy,
    serial: info.serial,
    imprint: { algorithm: info.imprint.algorithm, value: toHex(info.imprint.value) },
    nonce: info.nonce === null ? null : toHex(info.nonce),
    certificates: path.map(({ der }) => der),
    ...trust,
    revocation: revocation.state,
    revocationFinding: revocation,
    qualified: trust.trust === 'trusted' && saysQualified(signer),
  };
}

async function checkSignature(parts: TokenParts, signer: Certificate): Promise<void> {
  const attributes = readTokenAttributes(parts.attributes);
  checkBinding(attributes, signer);
  const found = new Uint8Array(await globalThis.crypto.subtle.digest(parts.digest, ownBytes(parts.info)));
  if (!sameBytes(found, attributes.messageDigest)) {
    throw new TimestampRefusal(
      'timestamp-digest-differs',
      'The time or what it was given for was changed: its digest differs from the signed one.',
    );
  }
  const signed = signedBytes(parts.attributes);
  if (!(await verifyToken(signer.key, parts.algorithm, parts.digest, signed, parts.signature))) {
    throw new TimestampRefusal(
      'timestamp-value-differs',
      "The timestamp was not signed with the key of the authority's certificate, or was changed since.",
    );
  }
}

function checkImprint({ imprint }: TokenInfo, expected: { algorithm: Digest; value: Uint8Array }): void {
  if (imprint.algorithm !== expected.algorithm) {
    throw new TimestampRefusal(
      'timestamp-imprint-algorithm',
      `The timestamp was given for a ${imprint.algorithm}, expected one for a ${expected.algorithm}.`,
    );
  }
  if (!sameBytes(imprint.value, expected.value)) {
    throw new TimestampRefusal(
      'timestamp-imprint-differs',
      'The timestamp was given for other bytes than these.',
    );
  }
}

function checkNonce(info: TokenInfo, expected: Uint8Array | null): void {
  if (expected === null) return;
  if (info.nonce !== null && sameBytes(info.nonce, withoutLeadingZeros(expected))) return;
  throw new TimestampRefusal(
    'timestamp-nonce-differs',
    'The timestamp does not answer this request: its nonce is another one or is missing.',
  );
}

function checkNotInFuture(genTime: Date, now: Date): void {
  if (genTime.getTime() <= now.getTime() + clockTolerance) return;
  throw new TimestampRefusal(
    'timestamp-in-future',
    `The timestamp says ${genTime.toISOString()}, which has not come yet by this computer's clock (${now.toISOString()}).`,
  );
}

async function judgeTrust(
  path: readonly Certificate[],
  trusted: readonly Uint8Array[],
  genTime: Date,
): Promise<Pick<GoodTimestamp, 'trust' | 'trustMessage'>> {
  const [signer, ...chain] = path;
  const name = signer === undefined ? '' : nameOf(signer);
  if (signer === undefined || trusted.length === 0) {
    return {
      trust: 'not-known',
      trustMessage: `No timestamp authority was named as trusted. Anyone can make a certificate with the name "${name}": compare its fingerprint with what the authority publishes.`,
    };
  }
  const check = {
    ok: true as const,
    signerCertificate: signer.der,
    chain: chain.map(({ der }) => der),
    signingTime: genTime,
    signer: signerOf(signer.der),
  };
  const answer = await isTrusted(check, trusted, 'timestamps');
  return answer.trusted
    ? { trust: 'trusted', trustMessage: `The authority, "${name}", is one that you named as trusted.` }
    : {
        trust: 'not-known',
        trustMessage: `The authority, "${name}", is not known to be one that you named as trusted (${answer.code}).`,
      };
}

/** Named certificates may have issued the authority's; those that cannot be read judge nothing. */
function readable(ders: readonly Uint8Array[]): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });
}
