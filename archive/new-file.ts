/** Files that the archive host writes outside the archive: whole or not at all, and never over another. */
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { HoldfastError } from '../contract/errors.ts';

/** What the system says when a file cannot be written, in our words. Gives anything else back as it is. */
export function fromFileSystem(error: unknown, path: string): unknown {
  if (error instanceof HoldfastError || !(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'EEXIST':
      return new HoldfastError('output-exists', `${path} exists already. Choose another name.`, {
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoldfastError(
        'disk-full',
        `The disk is full: ${path} was not written. Free some space and try again.`,
        {
          cause: error,
        },
      );
    case 'ENOENT':
      return new HoldfastError('file-not-found', `The folder of ${path} is not there. Make it first.`, {
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HoldfastError(
        'not-writable',
        `${path} cannot be written. Check the permissions of its folder.`,
        {
          cause: error,
        },
      );
    case 'EIO':
      return new HoldfastError('io-failed', `Reading or writing ${path} failed. Is the disk still there?`, {
        cause: error,
      });
    default:
      return error;
  }
}

/** Writes and syncs a new file. Errors: `output-exists`, `not-writable`, `disk-full`, `file-not-found`. */
export function writeNewFile(path: string, bytes: Uint8Array, mode: number): void {
  let file: number;
  try {
    file = openSync(path, 'wx', mode);
  } catch (error) {
    throw fromFileSystem(error, path);
  }
  try {
    // Not writeSync: it may write a part and say so in a number.
    writeFileSync(file, bytes);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw fromFileSystem(error, path);
  } finally {
    closeSync(file);
  }
}

/** The name of a new file is safe only when its folder is. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
