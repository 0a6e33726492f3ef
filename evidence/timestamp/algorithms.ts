/** Digest and signature algorithms of a token's signer (RFC 5754, RFC 5753, RFC 4056), and checking the value. */
import { type DerNode, tag } from '../identity/der.ts';
import { ownBytes } from '../identity/der-encode.ts';
import { DerFields, oidOf, onlyChild, smallIntegerOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { type Digest, isIssuerKey, type PublicKey, verifySignature } from '../identity/public-key.ts';
import { signatureAlgorithms } from '../identity/signature-algorithms.ts';
import { TimestampRefusal } from './finding.ts';

export type SignatureAlgorithm = { kind: 'EC' | 'RSA' } | { kind: 'PSS'; saltLength: number };

const digests = new Map<string, Digest>([
  [oids.sha256, 'SHA-256'],
  [oids.sha384, 'SHA-384'],
  [oids.sha512, 'SHA-512'],
]);

/** Bytes of a digest's value. */
export const digestSize: Record<Digest, number> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };

/** The digest that an AlgorithmIdentifier names; parameters NULL or absent, since authorities write both. */
export function digestOf(node: DerNode, what: string): Digest {
  const fields = new DerFields(node);
  const id = oidOf(fields.take(tag.oid));
  fields.optional(tag.null);
  fields.end();
  const digest = digests.get(id);
  if (digest !== undefined) return digest;
  throw new TimestampRefusal(
    'timestamp-algorithm-refused',
    `${what} uses the algorithm ${id}; expected SHA-256, SHA-384 or SHA-512.`,
  );
}

/** How the signer signs; its digest must be the one of the token (RFC 5652, section 5.3). */
export function signatureAlgorithmOf(node: DerNode, digest: Digest): SignatureAlgorithm {
  const fields = new DerFields(node);
  const id = oidOf(fields.take(tag.oid));
  if (id === oids.rsassaPss) return pssOf(fields.take(tag.sequence), digest);
  fields.optional(tag.null);
  fields.end();
  if (id === oids.rsaEncryption) return { kind: 'RSA' };
  const known = signatureAlgorithms.get(id);
  if (known?.digest === digest) return { kind: known.kind };
  throw refused(`algorithm ${id}`, digest);
}

/** RSASSA-PSS-params (RFC 4055, section 3.1): the default digest is SHA-1, so both must be there; the salt's is 20. */
function pssOf(node: DerNode, digest: Digest): SignatureAlgorithm {
  const fields = new DerFields(node);
  const hash = digestOf(onlyChild(fields.take(tag.context(0))), 'The signature');
  const mask = new DerFields(onlyChild(fields.take(tag.context(1)), tag.sequence));
  const maskId = oidOf(mask.take(tag.oid));
  const maskHash = digestOf(mask.take(tag.sequence), 'The signature');
  mask.end();
  const salt = fields.optional(tag.context(2));
  const saltLength = salt === null ? 20 : smallIntegerOf(onlyChild(salt));
  fields.end();
  if (maskId !== oids.mgf1 || hash !== digest || maskHash !== digest || saltLength > 512) {
    throw refused('RSA-PSS with other parameters', digest);
  }
  return { kind: 'PSS', saltLength };
}

function refused(found: string, digest: Digest): TimestampRefusal {
  return new TimestampRefusal(
    'timestamp-algorithm-refused',
    `Expected a signature by ECDSA or RSA with ${digest}, found ${found}.`,
  );
}

/** Whether the key made this signature over these bytes. False for whatever is no valid signature. */
export async function verifyToken(
  key: PublicKey,
  algorithm: SignatureAlgorithm,
  digest: Digest,
  signed: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (algorithm.kind !== 'PSS') {
    return key.kind === algorithm.kind && verifySignature(key, digest, signed, signature);
  }
  if (key.kind !== 'RSA' || !isIssuerKey(key)) return false;
  try {
    const { subtle } = globalThis.crypto;
    const importAs = { name: 'RSA-PSS', hash: digest };
    const publicKey = await subtle.importKey('spki', ownBytes(key.spki), importAs, false, ['verify']);
    const verifyAs = { name: 'RSA-PSS', saltLength: algorithm.saltLength };
    return await subtle.verify(verifyAs, publicKey, ownBytes(signature), ownBytes(signed));
  } catch {
    // Attacker-controlled: a salt longer than the key allows is simply no signature.
    return false;
  }
}
