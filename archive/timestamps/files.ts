/** Small files that the user names: requests, replies, certificates, revocation answers. */
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { HoldfastError } from '../../contract/errors.ts';
import { fromPem } from '../../evidence/identity/pem.ts';

/** Revocation lists of large authorities have some megabytes; everything else here is far smaller. */
const mostBytes = 8 * 1024 * 1024;

/** The bytes of a small file. Errors: `file-not-found`, `not-a-file`, `file-unreadable`, `file-too-large`. */
export function readSmallFile(path: string): Uint8Array {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw missing
      ? new HoldfastError('file-not-found', `There is no file ${path}.`, { cause })
      : new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, { cause });
  }
  try {
    const about = fstatSync(file);
    if (!about.isFile()) throw new HoldfastError('not-a-file', `${path} is not a file.`);
    if (about.size > mostBytes) {
      throw new HoldfastError(
        'file-too-large',
        `${path} has ${about.size} bytes, expected at most ${mostBytes}.`,
      );
    }
    return new Uint8Array(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

/** The certificates (PEM) in these files, as DER. Errors: as above; `bad-input` for what is no certificate. */
export function readCertificateFiles(paths: readonly string[]): Uint8Array[] {
  return paths.flatMap((path) => fromPem(new TextDecoder().decode(readSmallFile(path))));
}

/** Revocation lists and OCSP answers: DER, or a list as PEM as authorities also give it. */
export function readAnswerFiles(paths: readonly string[]): Uint8Array[] {
  return paths.map((path) => {
    const bytes = readSmallFile(path);
    const pem = /^-----BEGIN X509 CRL-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END X509 CRL-----\s*$/.exec(
      Buffer.from(bytes).toString('latin1'),
    );
    return pem === null ? bytes : new Uint8Array(Buffer.from(pem[1] ?? '', 'base64'));
  });
}

/** Whether a file is a zip file, as bundles are, by its first bytes. Errors: as `readSmallFile`'s. */
export function isZipFile(path: string): boolean {
  if (!existsSync(path)) throw new HoldfastError('file-not-found', `There is no file ${path}.`);
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, 4, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('hex') === '504b0304';
}
