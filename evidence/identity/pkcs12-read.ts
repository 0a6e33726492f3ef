/**
 * Reading an identity from a PKCS #12 file (RFC 7292): ours, and those of organisations. The file is
 * attacker-controlled: its size, depth and iteration counts are bounded before anything is computed.
 * Unlike signatures it may be BER, which several exporters write.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { fromBER, OctetString } from 'asn1js';
import {
  type AlgorithmIdentifier,
  AuthenticatedSafe,
  CertBag,
  type ContentInfo,
  EncryptedData,
  type MacData,
  PFX,
  PKCS8ShroudedKeyBag,
  type SafeBag,
  SafeContents,
} from 'pkijs';
import { HoldfastError } from '../../contract/errors.ts';
import { sameBytes } from '../digest/sha256.ts';
import { readCertificate } from './certificate.ts';
import { readDer, tag } from './der.ts';
import { ownBytes } from './der-encode.ts';
import { DerFields, oidOf } from './der-fields.ts';
import { type Identity, joinIdentity, keyFits, type PrivateKey, unsupported } from './identity.ts';
import { oids } from './oids.ts';
import { isOldEncryption, oldDecrypt } from './old-encryption.ts';
import { checkIterations, pbes2Decrypt } from './pbes2.ts';
import { bmpPassphrase, type MacDigest, macDigests, pkcs12MacKey, utf8Passphrase } from './pkcs12-kdf.ts';

const maxBytes = 1024 * 1024;

/**
 * Opens `.p12` bytes with a passphrase. Throws
 * - `identity-unreadable`: not a PKCS #12 file, cut off, or damaged inside;
 * - `identity-wrong-passphrase`: the integrity check fails, which a changed file does as well;
 * - `identity-not-supported`: with what was found and what to do (other keys than P-256, P-384 or RSA from
 *   3072 bits, no key or several, unknown encryption, no integrity check …);
 * - `bad-input`: a passphrase that no such file can have.
 */
export async function readPkcs12(bytes: Uint8Array, passphrase: string): Promise<Identity> {
  return (await openPkcs12(bytes, passphrase)).identity;
}

/** The same, and whether any part of the file is in the old encryption of PKCS #12, under which passphrases can be tried out fast. */
export async function openPkcs12(
  bytes: Uint8Array,
  passphrase: string,
): Promise<{ identity: Identity; oldEncryption: boolean }> {
  const secret = new Secret(passphrase);
  if (bytes.length > maxBytes) {
    throw unreadable(`it has ${bytes.length} bytes, an identity file has at most ${maxBytes}`);
  }
  try {
    const { content, macData } = readPfx(bytes);
    checkMac(macData, content, passphrase);
    const bags = await openSafes(content, secret);
    return { identity: await identityFrom(bags, secret), oldEncryption: secret.oldEncryption };
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw unreadable(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The passphrase in both encodings, and what it has opened. */
class Secret {
  readonly #utf8: Uint8Array;
  readonly #bmp: Uint8Array;
  oldEncryption = false;

  /** Throws `bad-input`. */
  constructor(passphrase: string) {
    this.#utf8 = utf8Passphrase(passphrase);
    this.#bmp = bmpPassphrase(passphrase);
  }

  async decrypt(identifier: AlgorithmIdentifier, encrypted: Uint8Array): Promise<Uint8Array> {
    const old = isOldEncryption(identifier);
    const plain = old
      ? oldDecrypt(this.#bmp, identifier, encrypted)
      : await pbes2Decrypt(this.#utf8, identifier, encrypted);
    if (plain === null) throw new Error('its integrity check passes, but a part of it does not decrypt');
    this.oldEncryption ||= old;
    return plain;
  }
}

function unreadable(found: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'identity-unreadable',
    `This is not a readable identity file (PKCS #12, usually named .p12 or .pfx): ${found}. Choose another file, or export it again.`,
    { cause },
  );
}

function readPfx(bytes: Uint8Array): { content: Uint8Array; macData: MacData } {
  const { offset, result } = fromBER(ownBytes(bytes));
  if (offset !== bytes.length) {
    throw new Error(offset < 0 ? 'it is cut off, or another kind of file' : 'bytes stand after its end');
  }
  const pfx = new PFX({ schema: result });
  if (pfx.version !== 3) throw new Error(`it is of version ${pfx.version}, not 3`);
  if (pfx.authSafe.contentType !== oids.data) {
    throw unsupported(
      'it is sealed with a certificate, not with a passphrase',
      'Export it with a passphrase',
    );
  }
  if (pfx.macData === undefined) {
    throw unsupported('it has no integrity check', 'Export it again with one (openssl: without -nomac)');
  }
  return { content: octetsOf(pfx.authSafe.content), macData: pfx.macData };
}

function octetsOf(value: unknown): Uint8Array {
  if (!(value instanceof OctetString)) throw new Error('an octet string is missing');
  return new Uint8Array(value.getValue());
}

const macDigestIds = new Map<string, MacDigest>([
  [oids.sha1, 'SHA-1'],
  [oids.sha256, 'SHA-256'],
  [oids.sha384, 'SHA-384'],
  [oids.sha512, 'SHA-512'],
]);

function checkMac(macData: MacData, content: Uint8Array, passphrase: string): void {
  const id = macData.mac.digestAlgorithm.algorithmId;
  const digest = macDigestIds.get(id);
  if (digest === undefined) {
    throw unsupported(`its integrity check (${id}) is not HMAC-SHA`, 'Export it again with SHA-256');
  }
  const iterations = macData.iterations ?? 1;
  checkIterations(iterations);
  const key = pkcs12MacKey(digest, bmpPassphrase(passphrase), octetsOf(macData.macSalt), iterations);
  if (!sameBytes(hmac(macDigests[digest], key, content), octetsOf(macData.mac.digest))) {
    throw new HoldfastError(
      'identity-wrong-passphrase',
      'The passphrase does not open this identity file, or the file was changed. Type it again, mind the keyboard layout.',
    );
  }
}

/** All bags of all safes, decrypted where a safe is. From here on the integrity check has passed. */
async function openSafes(content: Uint8Array, secret: Secret): Promise<SafeBag[]> {
  const bags: SafeBag[] = [];
  for (const info of AuthenticatedSafe.fromBER(ownBytes(content)).safeContents) {
    bags.push(...SafeContents.fromBER(ownBytes(await openSafe(info, secret))).safeBags);
  }
  return bags;
}

async function openSafe(info: ContentInfo, secret: Secret): Promise<Uint8Array> {
  if (info.contentType === oids.data) return octetsOf(info.content);
  if (info.contentType !== oids.encryptedData) {
    throw unsupported('a part of it is encrypted for a certificate', 'Export it with a passphrase only');
  }
  const { encryptedContentInfo } = new EncryptedData({ schema: info.content });
  const encrypted = new Uint8Array(encryptedContentInfo.getEncryptedContent());
  return secret.decrypt(encryptedContentInfo.contentEncryptionAlgorithm, encrypted);
}

async function identityFrom(bags: readonly SafeBag[], secret: Secret): Promise<Identity> {
  const shrouded: PKCS8ShroudedKeyBag[] = [];
  const certificates: Uint8Array[] = [];
  for (const { bagId, bagValue } of bags) {
    if (bagValue instanceof PKCS8ShroudedKeyBag) shrouded.push(bagValue);
    else if (bagValue instanceof CertBag) certificates.push(octetsOf(bagValue.certValue));
    else if (bagId === oids.keyBag)
      throw unsupported('its key is not encrypted', 'Export it with a passphrase');
    else throw unsupported(`it has a part of type ${bagId}`, 'Export only a key and its certificates');
  }
  const [key, ...otherKeys] = shrouded;
  if (key === undefined) {
    throw unsupported('it holds no private key', 'Export the certificate together with its private key');
  }
  if (otherKeys.length > 0) {
    throw unsupported(`it holds ${shrouded.length} private keys`, 'Export one key with its certificate');
  }
  if (certificates.length === 0) {
    throw unsupported('it holds no certificate', 'Export the key together with its certificate');
  }
  const pkcs8 = await secret.decrypt(key.encryptionAlgorithm, octetsOf(key.encryptedData));
  return matchIdentity(certificates, await importKey(pkcs8));
}

/** By trying, not by the file's own `localKeyId`, which exporters set as they like. */
async function matchIdentity(certificates: readonly Uint8Array[], key: PrivateKey): Promise<Identity> {
  for (const [index, der] of certificates.entries()) {
    if (await keyFits(key, readCertificate(der).key)) {
      return joinIdentity(
        der,
        certificates.filter((_, other) => other !== index),
        key,
      );
    }
  }
  throw unsupported(
    'its private key is not the one of a certificate in it',
    'Export key and certificate together',
  );
}

const curves = new Map<string, string>([
  [oids.secp256r1, 'P-256'],
  [oids.secp384r1, 'P-384'],
]);

/** PrivateKeyInfo (RFC 5208) to a key that signs with SHA-256. */
async function importKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const { id, curve } = readKeyAlgorithm(pkcs8);
  const { subtle } = globalThis.crypto;
  const next =
    'Holdfast signs with ECDSA P-256, ECDSA P-384 or RSA from 3072 bits; ask for such a certificate';
  if (id === oids.ecPublicKey) {
    if (curve === undefined) throw unsupported('its key is on another elliptic curve', next);
    return subtle.importKey('pkcs8', ownBytes(pkcs8), { name: 'ECDSA', namedCurve: curve }, true, ['sign']);
  }
  if (id !== oids.rsaEncryption) {
    const name = id === oids.ed25519 ? 'Ed25519, which openssl cannot verify in documents' : `of type ${id}`;
    throw unsupported(`its key is ${name}`, next);
  }
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await subtle.importKey('pkcs8', ownBytes(pkcs8), algorithm, true, ['sign']);
  const bits = 'modulusLength' in key.algorithm ? Number(key.algorithm.modulusLength) : 0;
  if (bits < 3072) throw unsupported(`its key is RSA with ${bits} bits`, next);
  return key;
}

function readKeyAlgorithm(pkcs8: Uint8Array): { id: string; curve: string | undefined } {
  const fields = new DerFields(readDer(pkcs8));
  fields.take(tag.integer);
  const algorithm = new DerFields(fields.take(tag.sequence));
  const id = oidOf(algorithm.take(tag.oid));
  const parameters = algorithm.optional(tag.oid);
  return { id, curve: parameters === null ? undefined : curves.get(oidOf(parameters)) };
}
