/** Identity files: PKCS#12, outside the archive. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { Signer } from '../contract/model/bundle.ts';
import { createIdentity } from '../evidence/identity/create.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { toPem } from '../evidence/identity/pem.ts';
import { readPkcs12 } from '../evidence/identity/pkcs12-read.ts';
import { writePkcs12 } from '../evidence/identity/pkcs12-write.ts';
import { writeNewFile } from './new-file.ts';

/** A PKCS#12 file is a few kilobytes; what is larger is something else. */
const largestIdentity = 1024 * 1024;

/**
 * Makes a self-signed identity and writes `path` (PKCS#12) and, beside it, the certificate as `.pem`.
 * Errors: `output-exists`, `not-writable`, `disk-full`.
 */
export async function createIdentityFile(
  path: string,
  passphrase: string,
  about: { name: string; organisation: string | null; email: string | null },
  now: Date,
): Promise<{ signer: Signer; certificatePath: string }> {
  const target = resolve(path);
  const certificatePath = `${target.replace(/\.(p12|pfx)$/i, '')}.pem`;
  for (const file of [target, certificatePath]) {
    if (existsSync(file))
      throw new HoldfastError('output-exists', `${file} exists already. Choose another name.`);
  }
  const identity = await createIdentity({ ...about, now });
  writeNewFile(target, await writePkcs12(identity, passphrase), 0o600);
  writeNewFile(certificatePath, Buffer.from(toPem(identity.certificate)), 0o644);
  return { signer: identity.signer, certificatePath };
}

/**
 * Reads an identity. Errors: `file-not-found`, `file-unreadable`, `identity-unreadable`, `identity-wrong-passphrase`,
 * `identity-not-supported`.
 */
export async function readIdentityFile(path: string, passphrase: string): Promise<Identity> {
  if (!existsSync(path)) throw new HoldfastError('file-not-found', `There is no identity at ${path}.`);
  let bytes: Uint8Array;
  try {
    if (statSync(path).size > largestIdentity) {
      throw new HoldfastError('identity-unreadable', `${path} is too large for an identity (PKCS#12).`);
    }
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, { cause });
  }
  return readPkcs12(bytes, passphrase);
}
