/** Public keys: what kind and size a key is, and checking a signature with it. */

import { Integer } from 'asn1js';
import { concatBytes } from '../digest/sha256.ts';
import { DerError, type DerNode, readDer, tag } from './der.ts';
import { encode, ownBytes, sequence } from './der-encode.ts';
import { DerFields, oidOf, wholeBytesOf } from './der-fields.ts';
import { oids } from './oids.ts';

export type Digest = 'SHA-256' | 'SHA-384' | 'SHA-512';

export type Curve = 'P-256' | 'P-384' | 'P-521';

export type PublicKey =
  | { kind: 'EC'; curve: Curve; spki: Uint8Array }
  | { kind: 'RSA'; bits: number; spki: Uint8Array }
  | { kind: 'other'; name: string; spki: Uint8Array };

/** Bytes of one coordinate, and of r and s in a signature. */
const coordinateSize: Record<Curve, number> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

const curves = new Map<string, Curve>([
  [oids.secp256r1, 'P-256'],
  [oids.secp384r1, 'P-384'],
  [oids.secp521r1, 'P-521'],
]);

const otherNames = new Map<string, string>([
  [oids.ed25519, 'Ed25519'],
  [oids.ed448, 'Ed448'],
  [oids.rsassaPss, 'RSA-PSS'],
]);

/** Reads a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). Throws `DerError`. */
export function readPublicKey(node: DerNode): PublicKey {
  const spki = node.bytes;
  const fields = new DerFields(node);
  const algorithm = new DerFields(fields.take(tag.sequence));
  const keyBits = wholeBytesOf(fields.take(tag.bitString));
  fields.end();
  const id = oidOf(algorithm.take(tag.oid));
  if (id === oids.ecPublicKey) {
    const parameters = algorithm.take();
    algorithm.end();
    const curve = parameters.tag === tag.oid ? curves.get(oidOf(parameters)) : undefined;
    if (curve === undefined)
      return { kind: 'other', name: 'an elliptic curve other than P-256 and P-384', spki };
    if (keyBits.length !== 1 + 2 * coordinateSize[curve] || keyBits[0] !== 4) {
      throw new DerError(`not an uncompressed point of ${curve}`, node.offset);
    }
    return { kind: 'EC', curve, spki };
  }
  if (id === oids.rsaEncryption) {
    algorithm.take(tag.null);
    algorithm.end();
    return readRsa(keyBits, spki);
  }
  return { kind: 'other', name: otherNames.get(id) ?? `a key of type ${id}`, spki };
}

function readRsa(keyBits: Uint8Array, spki: Uint8Array): PublicKey {
  const fields = new DerFields(readDer(keyBits));
  const modulus = unsigned(fields.take(tag.integer));
  const exponent = unsigned(fields.take(tag.integer));
  fields.end();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const odd = ((exponent[exponent.length - 1] ?? 0) & 1) === 1;
  // Small exponents make old mistakes of verifiers exploitable, large ones only cost time.
  if (!odd || exponent.length < 3 || exponent.length > 4) {
    return { kind: 'other', name: 'RSA with an unusual exponent', spki };
  }
  return { kind: 'RSA', bits, spki };
}

/** The magnitude of a positive INTEGER, without leading zeros. */
function unsigned(node: DerNode): Uint8Array {
  const [first = 0] = node.content;
  const value = first === 0 ? node.content.subarray(1) : node.content;
  if (first >= 0x80 || value.length === 0) throw new DerError('expected a positive number', node.offset);
  return value;
}

/** 'ECDSA P-256', 'RSA 3072 bits'. */
export function keyName(key: PublicKey): string {
  if (key.kind === 'EC') return `ECDSA ${key.curve}`;
  return key.kind === 'RSA' ? `RSA ${key.bits} bits` : key.name;
}

/** Whether Holdfast signs with such a key, and accepts its signatures: P-256, P-384, RSA of 3072 to 8192 bits. */
export function isSignerKey(key: PublicKey): boolean {
  if (key.kind === 'EC') return key.curve !== 'P-521';
  return key.kind === 'RSA' && key.bits >= 3072 && key.bits <= 8192;
}

/** An authority's key may be weaker or stronger: many organisations' roots are RSA 2048, some P-521. */
export function isIssuerKey(key: PublicKey): boolean {
  return key.kind === 'EC' || (key.kind === 'RSA' && key.bits >= 2048 && key.bits <= 8192);
}

/**
 * Checks a signature as it stands in certificates and CMS: for ECDSA a DER SEQUENCE of r and s (RFC 3279,
 * section 2.2.3), for RSA the PKCS #1 v1.5 block. False for anything that is not a valid signature.
 */
export async function verifySignature(
  key: PublicKey,
  digest: Digest,
  signed: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isIssuerKey(key)) return false;
  try {
    const { subtle } = globalThis.crypto;
    const importAs =
      key.kind === 'EC'
        ? { name: 'ECDSA', namedCurve: key.curve }
        : { name: 'RSASSA-PKCS1-v1_5', hash: digest };
    const raw = key.kind === 'EC' ? ecdsaRaw(signature, coordinateSize[key.curve]) : signature;
    const publicKey = await subtle.importKey('spki', ownBytes(key.spki), importAs, false, ['verify']);
    const verifyAs = key.kind === 'EC' ? { name: 'ECDSA', hash: digest } : { name: 'RSASSA-PKCS1-v1_5' };
    return await subtle.verify(verifyAs, publicKey, ownBytes(raw), ownBytes(signed));
  } catch {
    // A point that is not on its curve, r or s out of range: attacker-controlled, and simply no signature.
    return false;
  }
}

/** An ECDSA signature as r‖s (IEEE P1363), as WebCrypto writes it, in the DER form; null where it cannot be one. */
export function ecdsaFromRaw(key: PublicKey, raw: Uint8Array): Uint8Array | null {
  return key.kind === 'EC' && raw.length === 2 * coordinateSize[key.curve] ? ecdsaDer(raw) : null;
}

/** r‖s, as WebCrypto wants it, from the DER form. Throws `DerError`. */
function ecdsaRaw(signature: Uint8Array, size: number): Uint8Array {
  const fields = new DerFields(readDer(signature));
  const parts = [fields.take(tag.integer), fields.take(tag.integer)].map((node) => {
    const value = unsigned(node);
    if (value.length > size) throw new DerError('a number larger than the curve', node.offset);
    return concatBytes(new Uint8Array(size - value.length), value);
  });
  fields.end();
  return concatBytes(...parts);
}

/** The DER form of WebCrypto's r‖s. */
export function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return encode(sequence(positive(raw.subarray(0, half)), positive(raw.subarray(half))));
}

function positive(magnitude: Uint8Array): Integer {
  const start = magnitude.findIndex((byte) => byte !== 0);
  const value = start < 0 ? new Uint8Array(1) : magnitude.subarray(start);
  const [first = 0] = value;
  return new Integer({ valueHex: first >= 0x80 ? concatBytes(Uint8Array.of(0), value) : ownBytes(value) });
}
