/** Identity files: PKCS#12, outside the archive; and certificates as PEM. */
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { CertificateFacts, IdentityWarning, WrittenIdentity } from '../contract/model/identity.ts';
import { createIdentity } from '../evidence/identity/create.ts';
import { factsOf, validityAt, warningsFor } from '../evidence/identity/facts.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { fromPem, toPem } from '../evidence/identity/pem.ts';
import { openPkcs12 } from '../evidence/identity/pkcs12-read.ts';
import { writePkcs12 } from '../evidence/identity/pkcs12-write.ts';
import { writeNewFile } from './new-file.ts';

/** A PKCS#12 file is a few kilobytes; what is larger is something else. */
const largestIdentity = 1024 * 1024;

/**
 * Makes a self-signed identity and writes `path` (PKCS#12) and, beside it, the certificate as `.pem`.
 * Errors: `bad-input`, `output-exists`, `not-writable`, `disk-full`; then nothing is left behind.
 */
export async function createIdentityFile(
  path: string,
  passphrase: string,
  about: { name: string; organisation: string | null; email: string | null },
  now: Date,
): Promise<WrittenIdentity> {
  const places = freePlaces(path);
  const identity = await createIdentity({ ...about, now });
  return write(identity, passphrase, places, []);
}

/**
 * Takes over an organisation's identity: the same key and certificates, in our own form under a passphrase of its
 * own. The file it came from stays as it is. Errors: those of `readIdentityFile`, `identity-expired`,
 * `output-exists`, `not-writable`, `disk-full`; then nothing is left behind.
 */
export async function importIdentityFile(
  from: { path: string; passphrase: string },
  to: { path: string; passphrase: string },
  now: Date,
): Promise<WrittenIdentity> {
  const places = freePlaces(to.path);
  const { identity, oldEncryption } = await openPkcs12(bytesOf(from.path), from.passphrase);
  const facts = factsOf(identity.certificate, identity.chain);
  if (validityAt(facts, now) === 'expired') throw expired(facts);
  return write(identity, to.passphrase, places, [
    ...warningsFor(facts, now),
    ...(oldEncryption ? [oldEncryptionWarning] : []),
  ]);
}

const oldEncryptionWarning: IdentityWarning = {
  code: 'old-encryption',
  message:
    'The file it came from is protected in an old way, under which passphrases can be tried out fast. The new file is not: destroy the old one, and copies of it in mails, once you need it no more.',
};

function expired({ name, notAfter }: CertificateFacts): HoldfastError {
  return new HoldfastError(
    'identity-expired',
    `The certificate of ${name} ended on ${notAfter}: nothing can be signed with it any more. Ask for a new one. Bundles that it signed before stay valid.`,
  );
}

interface Places {
  identity: string;
  certificate: string;
  chain: string;
}

function freePlaces(path: string): Places {
  const identity = resolve(path);
  const stem = identity.replace(/\.(p12|pfx)$/i, '');
  const places = { identity, certificate: `${stem}.pem`, chain: `${stem}-chain.pem` };
  for (const file of Object.values(places)) {
    if (existsSync(file)) {
      throw new HoldfastError('output-exists', `${file} exists already. Choose another name.`);
    }
  }
  return places;
}

async function write(
  identity: Identity,
  passphrase: string,
  places: Places,
  warnings: IdentityWarning[],
): Promise<WrittenIdentity> {
  const { certificate, chain } = identity;
  const files: [string, Uint8Array, number][] = [
    [places.identity, await writePkcs12(identity, passphrase), 0o600],
    [places.certificate, Buffer.from(toPem(certificate)), 0o644],
  ];
  if (chain.length > 0) files.push([places.chain, Buffer.from(toPem(...chain)), 0o644]);
  const written: string[] = [];
  try {
    for (const [path, bytes, mode] of files) {
      writeNewFile(path, bytes, mode);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    throw error;
  }
  return {
    signer: factsOf(certificate, chain),
    certificatePath: places.certificate,
    chainPath: chain.length > 0 ? places.chain : null,
    warnings,
  };
}

/**
 * Reads an identity. Errors: `file-not-found`, `file-unreadable`, `identity-unreadable`, `identity-wrong-passphrase`,
 * `identity-not-supported`.
 */
export async function readIdentityFile(path: string, passphrase: string): Promise<Identity> {
  return (await openPkcs12(bytesOf(path), passphrase)).identity;
}

/** A certificate out of a file: of an identity, whose key comes along, or of a PEM file, which has none. */
export interface CertificateFile {
  facts: CertificateFacts;
  /** DER. */
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
  identity: Identity | null;
}

/** Whether the file is a certificate alone, which no passphrase protects. A file that cannot be read is not. */
export function isCertificateFile(path: string): boolean {
  try {
    return beginsAsPem(readFileSync(path));
  } catch {
    return false;
  }
}

function beginsAsPem(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 10)).toString('latin1') === '-----BEGIN';
}

/**
 * Reads a `.p12` or a `.pem`, whichever it is; `passphrase` is asked for only where one is needed. Errors: those of
 * `readIdentityFile`, and `bad-input` for a PEM file with anything but certificates.
 */
export async function readCertificateFile(
  path: string,
  passphrase: () => Promise<string>,
): Promise<CertificateFile> {
  const bytes = bytesOf(path);
  if (beginsAsPem(bytes)) {
    const [certificate, ...chain] = fromPem(Buffer.from(bytes).toString('utf8'));
    if (certificate === undefined) throw new Error('fromPem gives at least one certificate');
    return { facts: factsOf(certificate, chain), certificate, chain, identity: null };
  }
  const { identity } = await openPkcs12(bytes, await passphrase());
  const { certificate, chain } = identity;
  return { facts: factsOf(certificate, chain), certificate, chain, identity };
}

function bytesOf(path: string): Uint8Array {
  if (!existsSync(path)) throw new HoldfastError('file-not-found', `There is no identity at ${path}.`);
  try {
    if (statSync(path).size > largestIdentity) {
      throw new HoldfastError('identity-unreadable', `${path} is too large for an identity (PKCS#12).`);
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, { cause });
  }
}
