/** Who stamped: the authority's certificate in a token, what it must say of itself, and the path above it. */
import { sameBytes } from '../digest/sha256.ts';
import {
  type Certificate,
  isSelfIssued,
  isSignedBy,
  readCertificate,
  signerOf,
} from '../identity/certificate.ts';
import { isSameCertificate, maxChainLength, orderChain } from '../identity/chain.ts';
import { readDer, tag } from '../identity/der.ts';
import { DerFields, oidOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { isIssuerKey, keyName } from '../identity/public-key.ts';
import { refusing, TimestampRefusal } from './finding.ts';
import type { TokenParts } from './token.ts';

/**
 * The certificate that the signature names, and the others of the token. Where the token leaves it out, it is looked for
 * in `pool`: whether it is the one, its digest in the token tells. Throws `TimestampRefusal`.
 */
export function readAuthority(
  parts: TokenParts,
  pool: readonly Certificate[] = [],
): { signer: Certificate; others: Certificate[] } {
  if (parts.certificates.length > maxChainLength + 1) {
    throw new TimestampRefusal(
      'timestamp-certificates-unrelated',
      `The timestamp carries ${parts.certificates.length} certificates, expected at most ${maxChainLength + 1}.`,
    );
  }
  const certificates = refusing('timestamp-certificate-unreadable', 'A certificate cannot be read', () =>
    parts.certificates.map((der) => readCertificate(der)),
  );
  const isNamed = ({ issuer, serialNumber }: Certificate) =>
    sameBytes(issuer, parts.issuer) && sameBytes(serialNumber, parts.serialNumber);
  const own = certificates.filter(isNamed);
  const [signer, twin] = own.length > 0 ? own : pool.filter(isNamed).slice(0, 1);
  if (signer === undefined && certificates.length === 0) {
    throw new TimestampRefusal(
      'timestamp-no-certificates',
      'The timestamp carries no certificates, so nobody can tell whose it is. Ask again with certReq set.',
    );
  }
  if (signer === undefined || twin !== undefined) {
    throw new TimestampRefusal(
      'timestamp-certificate-missing',
      'The timestamp must carry exactly one certificate with the issuer and serial number of its signer.',
    );
  }
  return { signer, others: certificates.filter((certificate) => certificate !== signer) };
}

/** RFC 3161, section 2.3: the key stamps times and does nothing else, and the certificate insists on it. */
export function checkPurpose(signer: Certificate): void {
  const usage = signer.extensions.find(({ id }) => id === oids.extendedKeyUsage);
  if (usage === undefined || signer.extendedKeyUsage?.includes(oids.timeStamping) !== true) {
    throw new TimestampRefusal(
      'timestamp-key-usage-missing',
      "The signer's certificate is not one for timestamps: it lacks the key usage timeStamping.",
    );
  }
  if (signer.extendedKeyUsage.length !== 1) {
    throw new TimestampRefusal(
      'timestamp-key-usage-not-alone',
      "The authority's certificate allows other uses than timestamps, which RFC 3161 forbids.",
    );
  }
  if (!usage.critical) {
    throw new TimestampRefusal(
      'timestamp-key-usage-not-critical',
      "The authority's certificate does not mark the key usage timeStamping as critical, which RFC 3161 demands.",
    );
  }
  if (!isIssuerKey(signer.key)) {
    throw refused(
      `its key is ${keyName(signer.key)}; expected ECDSA P-256, P-384, P-521 or RSA of 2048 to 8192 bits`,
    );
  }
  const { keyUsage } = signer;
  if (keyUsage !== null && !keyUsage.has('digitalSignature') && !keyUsage.has('contentCommitment')) {
    throw refused('its key usage does not allow signatures');
  }
  if (signer.unknownCritical.length > 0) {
    throw refused(
      `it has critical extensions that are not understood (${signer.unknownCritical.join(', ')})`,
    );
  }
}

function refused(why: string): TimestampRefusal {
  return new TimestampRefusal(
    'timestamp-authority-refused',
    `The authority's certificate is refused: ${why}.`,
  );
}

/**
 * The path above the signer, as far as the token or `pool` carries it, each signature checked. A certificate that issued
 * none of the others has no business in a token, where nothing protects it; in a pool, which serves many tokens, what
 * cannot help is passed over. Throws `TimestampRefusal`.
 */
export async function readPath(
  signer: Certificate,
  others: readonly Certificate[],
  genTime: Date,
  pool: readonly Certificate[] = [],
): Promise<Certificate[]> {
  checkValidAt(signer, genTime, 'The authority');
  const helping = await mayIssue(pool, genTime);
  const { chain, left, selfSigned } = await orderChain(signer, [...others, ...helping]);
  const path = [signer, ...chain];
  for (const extra of left) {
    if (helping.includes(extra)) continue;
    // Authorities add the same issuer's certificate twice, once self-signed and once cross-signed.
    if (path.some((one) => isSameCertificate(one, extra)) || !(await issuedOne(extra, path))) {
      throw new TimestampRefusal(
        'timestamp-certificates-unrelated',
        'The timestamp carries certificates that did not issue the one of its signer.',
      );
    }
  }
  const top = path.at(-1) ?? signer;
  if (isSelfIssued(top) && !selfSigned) {
    throw broken('The topmost certificate says that it signed itself, and its signature does not hold');
  }
  for (const issuer of chain) {
    if (!issuer.authority || issuer.keyUsage?.has('keyCertSign') === false) {
      throw broken(`"${nameOf(issuer)}" issued a certificate of the timestamp, but is no authority`);
    }
    checkValidAt(issuer, genTime, 'An authority above it');
  }
  return path;
}

/** Those that could stand in a path: else a useless one could stand in the way of a useful one of the same name. */
async function mayIssue(pool: readonly Certificate[], genTime: Date): Promise<Certificate[]> {
  const able: Certificate[] = [];
  for (const one of pool) {
    if (!one.authority || one.keyUsage?.has('keyCertSign') === false || !isValidAt(one, genTime)) continue;
    if (!isSelfIssued(one) || (await isSignedBy(one, one))) able.push(one);
  }
  return able;
}

async function issuedOne(candidate: Certificate, path: readonly Certificate[]): Promise<boolean> {
  for (const certificate of path) {
    if (await isSignedBy(certificate, candidate)) return true;
  }
  return false;
}

function broken(what: string): TimestampRefusal {
  return new TimestampRefusal('timestamp-chain-broken', `${what}.`);
}

function checkValidAt(certificate: Certificate, genTime: Date, who: string): void {
  const { notBefore, notAfter } = certificate;
  if (isValidAt(certificate, genTime)) return;
  throw new TimestampRefusal(
    'timestamp-authority-outside-validity',
    `${who}, "${nameOf(certificate)}", stamped at ${genTime.toISOString()}, but its certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}.`,
  );
}

/** genTime is counted up to whole milliseconds; the certificate's last second counts in full. */
function isValidAt({ notBefore, notAfter }: Certificate, genTime: Date): boolean {
  return genTime >= notBefore && genTime.getTime() < notAfter.getTime() + 1000;
}

export function nameOf(certificate: Certificate): string {
  return signerOf(certificate.der).name;
}

/**
 * Whether the certificate says that it is one of a qualified authority: QcCompliance (ETSI EN 319 412-5,
 * section 4.2.1) or the qualified timestamp statement (ETSI EN 319 422, section 9.1). Anyone can write that
 * into a certificate of their own. False where the extension cannot be read.
 */
export function saysQualified(certificate: Certificate): boolean {
  const extension = certificate.extensions.find(({ id }) => id === oids.qcStatements);
  if (extension === undefined) return false;
  try {
    return readDer(extension.value).children.some((statement) => {
      const id = oidOf(new DerFields(statement).take(tag.oid));
      return id === oids.qcCompliance || id === oids.qualifiedTimestamp;
    });
  } catch {
    return false;
  }
}
