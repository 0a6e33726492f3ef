/**
 * The signature of a WACZ (wacz-auth 0.1.0): by a bare key, or by the certificate of a domain with a timestamp. What is
 * signed is the text of the hash of datapackage.json.
 */
import type { Signer } from '../../contract/model/bundle.ts';
import { sameBytes, toHex } from '../digest/sha256.ts';
import { type Certificate, readCertificate, signerOf } from '../identity/certificate.ts';
import { orderChain } from '../identity/chain.ts';
import { oids } from '../identity/oids.ts';
import { keyName, type PublicKey } from '../identity/public-key.ts';
import { isTrusted } from '../signature/trust.ts';
import type { ContentsCheck } from './check-contents.ts';
import { quoted, type WaczFindings } from './check-findings.ts';
import { checkWaczTimestamp, type WaczStamp } from './check-timestamp.ts';
import { sha256Label, type WaczSignedData } from './read-package.ts';
import {
  certificatesOf,
  fromBase64,
  publicKeyOf,
  type SignatureRequest,
  SignedDataUnreadable,
  signedText,
} from './signed-data.ts';

export interface SignatureFacts {
  signer: Signer | null;
  keyFingerprint: string | null;
  signedAt: string | null;
}

const nobody: SignatureFacts = { signer: null, keyFingerprint: null, signedAt: null };

/** Answers the steps 'signature' to 'timestamp-trust'. Never throws on hostile input. */
export async function checkWaczSignature(
  { findings, digest, descriptionSha256 }: ContentsCheck,
  request: SignatureRequest,
): Promise<SignatureFacts> {
  const signed = digest?.signedData ?? null;
  if (signed === null) {
    notSigned(findings);
    return nobody;
  }
  if (signed === 'unreadable') {
    findings.fail('signature', 'signature-unreadable', 'There is a signature in a form that is not known.');
    return nobody;
  }
  if (descriptionSha256 === null || sha256Label(signed.hash) !== descriptionSha256) {
    findings.fail(
      'signature',
      'signature-other-package',
      'The signature is over the hash of another datapackage.json than the one here.',
    );
  }
  const { publicKey, domainCert } = signed;
  if ((publicKey == null) === (domainCert == null)) {
    findings.fail(
      'signature',
      'signature-form',
      'The signature must name either a key or the certificate of a domain.',
    );
    return nobody;
  }
  try {
    return publicKey == null
      ? await byDomain(findings, { ...signed, domainCert: domainCert ?? '' }, request)
      : await byKey(findings, { ...signed, publicKey }, request);
  } catch (error) {
    if (!(error instanceof SignedDataUnreadable)) throw error;
    findings.fail('signature', 'signature-unreadable', `The signature cannot be read: ${error.message}.`);
    return nobody;
  }
}

function notSigned(findings: WaczFindings): void {
  findings.say(
    'signature',
    'not-present',
    'not-signed',
    'The file is not signed: whoever changes it can write fitting hashes. Compare its SHA-256 with what its maker states.',
  );
  findings.say('signer-trust', 'not-present', 'not-signed', 'Nobody signed.');
  findings.say(
    'timestamp',
    'not-present',
    'no-timestamp',
    'There is no timestamp: every time is a claim of the file.',
  );
  findings.say('timestamp-trust', 'not-present', 'no-timestamp', 'There is no timestamp.');
}

async function byKey(
  findings: WaczFindings,
  signed: WaczSignedData & { publicKey: string },
  { sha256, trusted }: SignatureRequest,
): Promise<SignatureFacts> {
  const key = publicKeyOf(signed.publicKey);
  const keyFingerprint = toHex(sha256.of(key.spki));
  await checkValue(findings, signed, key, `a bare ${keyName(key)} key, SHA-256 ${keyFingerprint}`);
  const named = trusted.some((der) => sameBytes(readCertificate(der).key.spki, key.spki));
  if (named) {
    findings.say('signer-trust', 'ok', 'ok', 'The key is that of a certificate that you named.');
  } else {
    findings.say(
      'signer-trust',
      'not-known',
      'signer-anonymous',
      'A bare key names nobody: anybody can make one. Compare its SHA-256 with what the maker of the file states.',
    );
  }
  findings.say(
    'timestamp',
    'not-present',
    'no-timestamp',
    `There is no timestamp: that it was signed at ${quoted(signed.created)} is the signer's claim.`,
  );
  findings.say('timestamp-trust', 'not-present', 'no-timestamp', 'There is no timestamp.');
  return { signer: null, keyFingerprint, signedAt: claimed(signed)?.toISOString() ?? null };
}

async function byDomain(
  findings: WaczFindings,
  signed: WaczSignedData & { domainCert: string },
  request: SignatureRequest,
): Promise<SignatureFacts> {
  const [certificate, ...others] = certificatesOf(signed.domainCert);
  await checkValue(
    findings,
    signed,
    certificate.key,
    `the ${keyName(certificate.key)} key in the certificate of ${quoted(signed.domain ?? '')}`,
  );
  checkDomain(findings, certificate, signed.domain ?? null);
  const stamp = await checkWaczTimestamp(findings, signed, request);
  const time = stamp?.time ?? claimed(signed);
  if (time === null) {
    findings.fail('signature', 'signature-time', `Its time ${quoted(signed.created)} is none.`);
  } else {
    checkValidity(findings, certificate, time, { stamp, now: request.now });
    const paths = [[certificate, ...others]];
    if (signed.crossSignedCert != null)
      paths.push(await crossSigned(findings, signed, signed.crossSignedCert));
    await checkTrust(findings, paths, { time, stamp }, request);
  }
  return {
    signer: signerOf(certificate.der),
    keyFingerprint: toHex(request.sha256.of(certificate.key.spki)),
    signedAt: time?.toISOString() ?? null,
  };
}

async function checkValue(
  findings: WaczFindings,
  signed: WaczSignedData,
  key: PublicKey,
  by: string,
): Promise<void> {
  if (await signedText(key, signed.hash, fromBase64(signed.signature))) {
    findings.say('signature', 'ok', 'ok', `The hash of datapackage.json was signed with ${by}.`);
  } else {
    findings.fail(
      'signature',
      'signature-value-differs',
      `The signature was not made with ${by}, or over another hash.`,
    );
  }
}

function checkDomain(findings: WaczFindings, certificate: Certificate, domain: string | null): void {
  const named = [...certificate.domains, ...(certificate.subjectValues.get(oids.commonName) ?? [])];
  if (domain !== null && named.some((name) => name.toLowerCase() === domain.toLowerCase())) return;
  findings.fail(
    'signature',
    'signature-domain-differs',
    `The signature says ${quoted(domain ?? '')}, its certificate is for ${quoted(named[0] ?? '')}.`,
  );
}

function checkValidity(
  findings: WaczFindings,
  { notBefore, notAfter }: Certificate,
  time: Date,
  { stamp, now }: { stamp: WaczStamp | null; now: Date },
): void {
  const when = `${time.toISOString()}${stamp === null ? ' (by its own claim)' : ' (by the timestamp)'}`;
  if (time < notBefore || time > notAfter) {
    findings.fail(
      'signer-trust',
      'signer-outside-validity',
      `The certificate was valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, which does not include the time of signing, ${when}.`,
    );
  } else if (now > notAfter && stamp === null) {
    sayExpired(findings, notAfter);
  }
}

/** Whoever holds a key that ran out can make an authority of their own, and date a stamp back. */
function sayExpired(findings: WaczFindings, notAfter: Date): void {
  findings.say(
    'signer-trust',
    'not-known',
    'signer-expired',
    `The certificate expired at ${notAfter.toISOString()}, and no timestamp by an authority that you named shows that the signature is older.`,
  );
}

/** A second certificate over the same key, by an authority of the signer's own. */
async function crossSigned(
  findings: WaczFindings,
  signed: WaczSignedData,
  pem: string,
): Promise<Certificate[]> {
  const [certificate, ...others] = certificatesOf(pem);
  if (!(await signedText(certificate.key, signed.hash, fromBase64(signed.signature)))) {
    findings.fail(
      'signature',
      'signature-cross-differs',
      'The cross-signed certificate is for another key than the one that signed.',
    );
  }
  return [certificate, ...others];
}

async function checkTrust(
  findings: WaczFindings,
  paths: readonly (readonly Certificate[])[],
  { time: signingTime, stamp }: { time: Date; stamp: WaczStamp | null },
  { trusted, now }: SignatureRequest,
): Promise<void> {
  const reasons: string[] = [];
  for (const [certificate, ...others] of paths) {
    if (certificate === undefined) continue;
    const { chain, left } = await orderChain(certificate, others);
    if (left.length > 0) {
      findings.fail(
        'signature',
        'signature-chain-broken',
        'The signature carries certificates that did not issue one another.',
      );
    }
    const signer = signerOf(certificate.der);
    const answer = await isTrusted(
      {
        ok: true,
        signerCertificate: certificate.der,
        chain: chain.map(({ der }) => der),
        signingTime,
        signer,
      },
      trusted,
      'web servers',
    );
    const top = signerOf(chain.at(-1)?.der ?? certificate.der).name;
    if (answer.trusted) {
      if (now > certificate.notAfter && stamp?.trusted !== true) sayExpired(findings, certificate.notAfter);
      findings.say(
        'signer-trust',
        'ok',
        'ok',
        `The certificate of ${quoted(signer.name)} stands below one that you named. ${validity(certificate, now)} Whether it was revoked was not asked.`,
      );
      return;
    }
    reasons.push(
      trusted.length === 0
        ? `${chain.length} certificates stand above that of ${quoted(signer.name)}, up to ${quoted(top)}, each signed by the next; none of them was named as trusted`
        : answer.message.replace(/\.$/, ''),
    );
  }
  const [first] = paths[0] ?? [];
  const valid = first === undefined ? '' : validity(first, now);
  const by = stamp?.trusted === true ? '' : stamp === null ? 'By its own word: ' : 'By that timestamp: ';
  findings.say('signer-trust', 'not-known', 'signer-not-named', `${reasons.join('. And: ')}. ${by}${valid}`);
}

/** Said only where the certificate was found to be valid at the time of signing. */
function validity({ notAfter }: Certificate, now: Date): string {
  return now > notAfter
    ? `It was valid when it signed, and expired at ${notAfter.toISOString()}.`
    : `It was valid when it signed, and is until ${notAfter.toISOString()}.`;
}

/** RFC 3339, as the specification wants it; null for anything else. */
function claimed({ created }: WaczSignedData): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(created)) return null;
  const time = new Date(created);
  return Number.isNaN(time.getTime()) ? null : time;
}
