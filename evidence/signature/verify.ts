/** Checking a detached CAdES signature. Everything in the `.p7s` is attacker-controlled. */
import { sameBytes } from '../digest/sha256.ts';
import { type Certificate, readCertificate, signerOf } from '../identity/certificate.ts';
import { isSameCertificate, maxChainLength, orderChain } from '../identity/chain.ts';
import { ownBytes } from '../identity/der-encode.ts';
import { isSignerKey, keyName, verifySignature } from '../identity/public-key.ts';
import { boundCertificates, readAttributes } from './attributes.ts';
import { refusing, type SignatureCheck, SignatureRefusal } from './check.ts';
import { assembleSignedData, readSignedData, type SignedDataParts, signedBytes } from './signed-data.ts';

const maxBytes = 1024 * 1024;

/**
 * Whether `signature` (a `.p7s` file) is a signature over exactly `content`, in the one form that Holdfast
 * accepts, by the key of the certificate that it carries. Says nothing of whether that certificate is to be
 * trusted: see `isTrusted`. Never throws on any bytes.
 */
export async function verifyDetached(input: {
  content: Uint8Array;
  signature: Uint8Array;
}): Promise<SignatureCheck> {
  try {
    return await check(input.content, input.signature);
  } catch (refusal) {
    if (!(refusal instanceof SignatureRefusal)) throw refusal;
    return { ok: false, code: refusal.code, message: refusal.message };
  }
}

async function check(content: Uint8Array, bytes: Uint8Array): Promise<SignatureCheck> {
  if (bytes.length > maxBytes) {
    throw new SignatureRefusal(
      'signature-too-large',
      `The signature has ${bytes.length} bytes, expected at most ${maxBytes}.`,
    );
  }
  const parts = readSignedData(bytes);
  const { signer, others } = readCertificates(parts);
  const attributes = readAttributes(parts.attributes);
  const bound = boundCertificates(attributes.signingCertificate, signer, others);
  await checkDigest(content, parts, attributes.messageDigest);
  await checkValue(parts, signer);
  checkValidity(signer, attributes.signingTime);
  const chain = await readChain(signer, others, bound);
  checkCanonical(parts, bytes);
  return {
    ok: true,
    signerCertificate: signer.der,
    chain: chain.map(({ der }) => der),
    signingTime: attributes.signingTime,
    signer: signerOf(signer.der),
  };
}

function readCertificates(parts: SignedDataParts): { signer: Certificate; others: Certificate[] } {
  if (parts.certificates.length > maxChainLength + 1) {
    throw new SignatureRefusal(
      'signature-chain-broken',
      `The signature carries ${parts.certificates.length} certificates, expected at most ${maxChainLength + 1}.`,
    );
  }
  const certificates = refusing('signature-certificate-unreadable', 'A certificate cannot be read', () =>
    parts.certificates.map((der) => readCertificate(der)),
  );
  const isNamed = ({ issuer, serialNumber }: Certificate) =>
    sameBytes(issuer, parts.issuer) && sameBytes(serialNumber, parts.serialNumber);
  const [signer, twin] = certificates.filter(isNamed);
  if (signer === undefined || twin !== undefined) {
    throw new SignatureRefusal(
      'signature-certificate-missing',
      'The signature must carry exactly one certificate with the issuer and serial number of its signer.',
    );
  }
  checkSignerCertificate(signer, parts);
  return { signer, others: certificates.filter((certificate) => certificate !== signer) };
}

function checkSignerCertificate({ key, keyUsage }: Certificate, parts: SignedDataParts): void {
  if (!isSignerKey(key) || key.kind !== parts.keyKind) {
    throw new SignatureRefusal(
      'signature-certificate-refused',
      `The signer's key is ${keyName(key)}; expected ECDSA P-256, ECDSA P-384 or RSA of 3072 to 8192 bits, and a signature of that kind.`,
    );
  }
  if (keyUsage !== null && !keyUsage.has('digitalSignature') && !keyUsage.has('contentCommitment')) {
    throw new SignatureRefusal(
      'signature-certificate-refused',
      "The key usage of the signer's certificate does not allow signatures.",
    );
  }
}

async function checkDigest(content: Uint8Array, parts: SignedDataParts, expected: Uint8Array): Promise<void> {
  const found = new Uint8Array(await globalThis.crypto.subtle.digest(parts.digest, ownBytes(content)));
  if (!sameBytes(found, expected)) {
    throw new SignatureRefusal(
      'signature-digest-differs',
      'The signed file is not the one that was signed: its digest differs from the one in the signature.',
    );
  }
}

async function checkValue(parts: SignedDataParts, signer: Certificate): Promise<void> {
  if (!(await verifySignature(signer.key, parts.digest, signedBytes(parts.attributes), parts.signature))) {
    throw new SignatureRefusal(
      'signature-value-differs',
      "The signature was not made with the key of the signer's certificate, or was changed since.",
    );
  }
}

function checkValidity({ notBefore, notAfter }: Certificate, signingTime: Date): void {
  if (signingTime < notBefore || signingTime > notAfter) {
    throw new SignatureRefusal(
      'signature-outside-validity',
      `The stated time of signing, ${signingTime.toISOString()}, lies outside the certificate's validity from ${notBefore.toISOString()} to ${notAfter.toISOString()}.`,
    );
  }
}

/**
 * The embedded authorities in order. Each one's bytes are vouched for: by the next one's signature, by its
 * own where it is a root, or by signingCertificateV2.
 */
async function readChain(
  signer: Certificate,
  others: readonly Certificate[],
  bound: readonly Certificate[],
): Promise<Certificate[]> {
  const { chain, left, selfSigned } = await orderChain(signer, others);
  const top = chain.at(-1) ?? signer;
  const topIsBound = bound.some((certificate) => isSameCertificate(certificate, top));
  const claimsRoot = sameBytes(top.subject, top.issuer);
  if (left.length > 0 || (claimsRoot ? !selfSigned : !topIsBound)) {
    throw new SignatureRefusal(
      'signature-chain-broken',
      'The signature carries certificates that do not form one chain above the signer, or whose own signatures do not hold.',
    );
  }
  return chain;
}

/** Versions, algorithm parameters, order: whatever was not looked at above must be as Holdfast writes it. */
function checkCanonical(parts: SignedDataParts, bytes: Uint8Array): void {
  if (!sameBytes(assembleSignedData(parts), bytes)) {
    throw new SignatureRefusal(
      'signature-not-canonical',
      'The signature is not in the one form that is accepted: parts of it that nothing protects differ.',
    );
  }
}
