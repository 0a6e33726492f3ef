/** From a file and what somebody knows to an open database. */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { HoldfastError } from '../contract/errors.ts';
import type { Recovery, Secret } from '../contract/model/safety.ts';
import { type ArchiveKey, deriveKey, keyLength, PageCipher } from '../db/cipher.ts';
import { connect } from '../db/connection.ts';
import { fromSqlite } from '../db/errors.ts';
import type { WritableDb } from '../db/handle.ts';
import { pageSize } from '../db/page-size.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { sameBytes } from '../evidence/digest/sha256.ts';
import { parseGroups } from '../evidence/recovery/groups.ts';

/** What somebody knows: the passphrase, or a recovery sheet; neither for a plain archive. */
export interface Credentials {
  passphrase: string | null;
  recovery?: Recovery | undefined;
}

/** Beginnings of files that are something else, for a better sentence than 'wrong passphrase'. */
const otherFiles: readonly [string, string][] = [
  ['504b0304', 'a zip file'],
  ['25504446', 'a PDF'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['1f8b', 'a gzip file'],
  ['3c21', 'a web page'],
  ['3c68746d6c', 'a web page'],
];
const sqliteHeader = Buffer.from('SQLite format 3\0');
/** A sheet is some three kilobytes; what is larger is something else. */
const largestSheet = 64 * 1024;

function otherFile(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head).toString('hex');
  return otherFiles.find(([magic]) => hex.startsWith(magic))?.[1];
}

/** The first 16 bytes, or fewer: the salt of an encrypted archive. */
function headOf(path: string): Uint8Array {
  const head = Buffer.alloc(sqliteHeader.length);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Whether the file at `path` is an SQLite file in clear. A file that is not there or cannot be read is not. */
export function isPlainArchive(path: string): boolean {
  try {
    return sqliteHeader.equals(headOf(path));
  } catch {
    return false;
  }
}

/**
 * Looks at the file before SQLite does; gives its first 16 bytes. Not for a file that SQLite has open: closing it
 * here would drop SQLite's locks. Errors: `archive-not-found`, `not-an-archive`, `file-unreadable`, `bad-input`,
 * `passphrase-missing`.
 */
export function inspect(path: string, { passphrase, recovery }: Credentials): Uint8Array {
  if (!existsSync(path)) {
    throw new HoldfastError(
      'archive-not-found',
      `There is no archive at ${path}. Check the path, or create one.`,
    );
  }
  if (!statSync(path).isFile()) throw new HoldfastError('not-an-archive', `${path} is not a file.`);
  let head: Uint8Array;
  try {
    head = headOf(path);
  } catch (cause) {
    throw new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, { cause });
  }
  const size = statSync(path).size;
  const isPlain = sqliteHeader.equals(head);
  // A disk that filled up while the write-ahead log was folded in leaves a piece of a page; the log still has it whole.
  const isCut = !isPlain && size % pageSize !== 0 && !existsSync(`${path}-wal`);
  if (head.length < 16 || isCut) {
    // Only here: an encrypted archive begins with random bytes, and these may be the beginning of anything.
    const other = otherFile(head);
    if (other !== undefined)
      throw new HoldfastError('not-an-archive', `${path} is ${other}, not a Holdfast archive.`);
    throw new HoldfastError(
      'not-an-archive',
      `${path} is no Holdfast archive, or was cut off: an archive is a whole number of ${pageSize}-byte pages long, this is ${size} bytes.`,
    );
  }
  const isKnown = passphrase !== null || recovery !== undefined;
  if (isPlain && isKnown) {
    throw new HoldfastError(
      'bad-input',
      `${path} is not encrypted. Open it without a passphrase and without a recovery sheet.`,
    );
  }
  if (!isPlain && !isKnown) {
    throw new HoldfastError(
      'passphrase-missing',
      `${path} is encrypted, or no archive. Give its passphrase.`,
    );
  }
  return head;
}

function sheetText(recovery: Recovery): string {
  if ('typed' in recovery) return recovery.typed;
  const { path } = recovery;
  try {
    if (statSync(path).size > largestSheet) {
      throw new HoldfastError('recovery-key-unreadable', `${path} is too large for a recovery sheet.`);
    }
    // What is not text, as in a PDF that another program made, becomes characters that no group has.
    return readFileSync(path, 'latin1');
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('file-unreadable', `The recovery key file ${path} cannot be read.`, { cause });
  }
}

/**
 * The key of the archive that begins with `salt`. Nothing says yet that it opens it.
 * Errors: `recovery-key-unreadable`, `recovery-key-wrong` for a sheet of another archive or an older passphrase.
 */
export async function keyOf(salt: Uint8Array, secret: Secret): Promise<ArchiveKey> {
  if ('passphrase' in secret) return deriveKey(secret.passphrase, Uint8Array.from(salt));
  const bytes = parseGroups(nodeSha256, sheetText(secret.recovery));
  const found: ArchiveKey = { key: bytes.slice(0, keyLength), salt: bytes.slice(keyLength) };
  if (!sameBytes(found.salt, salt)) throw wrongSheet();
  return found;
}

/** Whether the first page of the file was written under this key. */
export function fitsFirstPage(path: string, key: ArchiveKey): boolean {
  const page = Buffer.alloc(pageSize);
  const file = openSync(path, 'r');
  try {
    return readSync(file, page, 0, pageSize, 0) === pageSize && new PageCipher(key).isWhole(page, 1);
  } finally {
    closeSync(file);
  }
}

function wrongSheet(cause?: unknown): HoldfastError {
  return new HoldfastError(
    'recovery-key-wrong',
    'This recovery sheet is of another archive, or was made before the passphrase was changed. It was typed without an error.',
    { cause },
  );
}

/** What is to be tried; null for a plain archive. */
export function secretOf({ passphrase, recovery }: Credentials): Secret | null {
  if (recovery !== undefined) return { recovery };
  return passphrase === null ? null : { passphrase };
}

/**
 * Opens the database at `path`, which `inspect` has looked at.
 * Errors: `wrong-passphrase`, `recovery-key-unreadable`, `recovery-key-wrong`, `archive-damaged`, `not-writable`.
 */
export async function unlock(
  path: string,
  head: Uint8Array,
  credentials: Credentials,
): Promise<{ db: WritableDb; key: ArchiveKey | null }> {
  const secret = secretOf(credentials);
  const key = secret === null ? null : await keyOf(head, secret);
  try {
    return { db: connect(path, key), key };
  } catch (error) {
    const known = fromSqlite(error, path);
    const isDamaged = known instanceof HoldfastError && known.code === 'archive-damaged';
    // The first page tells: where the key fits it, the key is right and something further on is damaged.
    if (!isDamaged || secret === null || key === null || fitsFirstPage(path, key)) throw known;
    if ('recovery' in secret) throw wrongSheet(error);
    throw new HoldfastError(
      'wrong-passphrase',
      `${path} does not open with this passphrase. (A damaged file, or one that is no archive, looks the same.)`,
      { cause: error },
    );
  }
}

/** SQLCipher takes a passphrase of this form for a key, and would then not open the archive. */
export function requireUsable(passphrase: string): void {
  if (/^(x'[0-9a-f]*'|raw:.*)$/is.test(passphrase)) {
    throw new HoldfastError(
      'bad-input',
      'A passphrase of this form would be taken for a key by other programs. Choose another.',
    );
  }
}
