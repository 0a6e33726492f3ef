/** The timestamp of a signed WACZ (wacz-auth 0.1.0): an RFC 3161 response over the text of the signature. */
import { checkTimestamp } from '../timestamp/check.ts';
import { quoted, type WaczFindings } from './check-findings.ts';
import type { WaczSignedData } from './read-package.ts';
import { certificatesOf, fromBase64, type SignatureRequest, SignedDataUnreadable } from './signed-data.ts';

/** How long after the stated signing a server may take to get its timestamp, in milliseconds. */
const patience = 10 * 60_000;

/** When the signature was stamped, and whether by an authority that the user named. */
export interface WaczStamp {
  time: Date;
  trusted: boolean;
}

/**
 * Answers the steps 'timestamp' and 'timestamp-trust'. What the authority says, where the timestamp holds; null where
 * there is none, or none that holds. Never throws on hostile input.
 */
export async function checkWaczTimestamp(
  findings: WaczFindings,
  signed: WaczSignedData,
  request: Pick<SignatureRequest, 'sha256' | 'tsaRoots' | 'now'>,
): Promise<WaczStamp | null> {
  const { timeSignature, timestampCert } = signed;
  if (timeSignature == null) {
    findings.say(
      'timestamp',
      'not-present',
      'no-timestamp',
      `There is no timestamp: that it was signed at ${quoted(signed.created)} is the signer's claim.`,
    );
    findings.say('timestamp-trust', 'not-present', 'no-timestamp', 'There is no timestamp.');
    return null;
  }
  try {
    return await check(findings, signed, fromBase64(timeSignature), timestampCert ?? '', request);
  } catch (error) {
    if (!(error instanceof SignedDataUnreadable)) throw error;
    findings.fail('timestamp', 'timestamp-unreadable', `The timestamp cannot be read: ${error.message}.`);
    return null;
  }
}

async function check(
  findings: WaczFindings,
  signed: WaczSignedData,
  response: Uint8Array,
  timestampCert: string,
  { sha256, tsaRoots, now }: Pick<SignatureRequest, 'sha256' | 'tsaRoots' | 'now'>,
): Promise<WaczStamp | null> {
  const certificates = timestampCert.trim() === '' ? [] : certificatesOf(timestampCert);
  const found = await checkTimestamp({
    response,
    digest: sha256.of(new TextEncoder().encode(signed.signature)),
    nonce: null,
    trusted: tsaRoots,
    certificates: certificates.map(({ der }) => der),
    now,
    revocation: [],
  });
  if (found.status === 'failed') {
    findings.fail('timestamp', found.code, found.message);
    return null;
  }
  const { genTime, authority } = found;
  const created = new Date(signed.created).getTime();
  const late = genTime.getTime() - created;
  if (!(Math.abs(late) <= patience)) {
    findings.say(
      'timestamp',
      'not-known',
      'timestamp-far',
      `${quoted(authority.name)} stamped the signature at ${genTime.toISOString()}, which is not when it says that it was made, ${quoted(signed.created)}.`,
    );
  }
  const trusted = found.trust === 'trusted';
  const believed = trusted ? '' : ', if that authority is to be believed';
  const expired =
    now > authority.notAfter
      ? ` Its certificate, which was valid then, expired at ${authority.notAfter.toISOString()}.`
      : '';
  findings.say(
    'timestamp',
    'ok',
    'ok',
    `${quoted(authority.name)} stamped the signature: it existed no later than ${genTime.toISOString()}${believed}.${expired}`,
  );
  if (trusted) findings.say('timestamp-trust', 'ok', 'ok', found.trustMessage);
  else findings.say('timestamp-trust', 'not-known', 'authority-not-named', found.trustMessage);
  return { time: genTime, trusted };
}
