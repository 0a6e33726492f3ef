/** Writing an identity as a PKCS #12 file (RFC 7292) that openssl 3 and GnuTLS read. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type BaseBlock, BmpString } from 'asn1js';
import {
  algorithm,
  context,
  contextBytes,
  encode,
  integer,
  octets,
  oid,
  sequence,
  setOf,
} from './der-encode.ts';
import type { Identity } from './identity.ts';
import { oids } from './oids.ts';
import { pbes2Encrypt, writtenIterations } from './pbes2.ts';
import { bmpPassphrase, pkcs12MacKey, utf8Passphrase } from './pkcs12-kdf.ts';

/**
 * The bytes of a `.p12` file: key, certificate and chain, encrypted with PBES2 (PBKDF2-HMAC-SHA256, 600,000
 * rounds, AES-256-CBC), integrity by HMAC-SHA256 with the PKCS #12 key derivation, 600,000 rounds as well: a
 * cheaper one would be the way to guess the passphrase. Takes about a second. Throws `bad-input` for a
 * passphrase that cannot be used.
 */
export async function writePkcs12(identity: Identity, passphrase: string): Promise<Uint8Array> {
  const secret = utf8Passphrase(passphrase);
  const pkcs8 = new Uint8Array(await globalThis.crypto.subtle.exportKey('pkcs8', identity.privateKey));
  // Both safes, key and certificates, are of the data type inside; only the second is encrypted as a whole.
  const authenticatedSafe = encode(
    sequence(
      contentInfo(oids.data, octets(encode(sequence(await keyBag(identity, pkcs8, secret))))),
      contentInfo(oids.encryptedData, await encryptedSafe(certificateBags(identity), secret)),
    ),
  );
  const pfx = sequence(
    integer(3),
    contentInfo(oids.data, octets(authenticatedSafe)),
    macData(authenticatedSafe, passphrase),
  );
  return encode(pfx);
}

function contentInfo(type: string, content: BaseBlock): BaseBlock {
  return sequence(oid(type), context(0, content));
}

async function keyBag(identity: Identity, pkcs8: Uint8Array, secret: Uint8Array): Promise<BaseBlock> {
  const { algorithm: identifier, encrypted } = await pbes2Encrypt(secret, pkcs8);
  const shrouded = sequence(identifier, octets(encrypted));
  return sequence(oid(oids.shroudedKeyBag), context(0, shrouded), signerAttributes(identity));
}

/** The signer's own certificate first, marked as the key's; authorities carry no mark. */
function certificateBags(identity: Identity): BaseBlock {
  const bag = (der: Uint8Array, ...attributes: BaseBlock[]) =>
    sequence(
      oid(oids.certBag),
      context(0, sequence(oid(oids.x509Certificate), context(0, octets(der)))),
      ...attributes,
    );
  return sequence(
    bag(identity.certificate, signerAttributes(identity)),
    ...identity.chain.map((der) => bag(der)),
  );
}

/** `localKeyId` ties key and certificate together; its value only has to be the same in both. */
function signerAttributes(identity: Identity): BaseBlock {
  const attribute = (type: string, value: BaseBlock) => sequence(oid(type), setOf(value));
  return setOf(
    attribute(oids.localKeyId, octets(sha256(identity.certificate))),
    attribute(oids.friendlyName, new BmpString({ value: identity.signer.name })),
  );
}

async function encryptedSafe(safe: BaseBlock, secret: Uint8Array): Promise<BaseBlock> {
  const { algorithm: identifier, encrypted } = await pbes2Encrypt(secret, encode(safe));
  return sequence(integer(0), sequence(oid(oids.data), identifier, contextBytes(0, encrypted)));
}

function macData(authenticatedSafe: Uint8Array, passphrase: string): BaseBlock {
  const salt = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const key = pkcs12MacKey('SHA-256', bmpPassphrase(passphrase), salt, writtenIterations);
  const mac = hmac(sha256, key, authenticatedSafe);
  return sequence(
    sequence(algorithm(oids.sha256, 'null'), octets(mac)),
    octets(salt),
    integer(writtenIterations),
  );
}
