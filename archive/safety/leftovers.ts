/** What a passphrase change, a backup or a restore leaves when it is killed, and how it goes. */
import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type FileSink, openFileSink } from '../../evidence/zip/file-sink.ts';

/** Where the new file of an archive is written until it takes the old one's name. `path` without links. */
export function rekeyPath(path: string): string {
  return `${path}-rekey`;
}

/** Where the cleared pages of an archive are written before they take the place of those that they were made of. */
export function clearedPath(path: string): string {
  return `${path}-cleared`;
}

/** SQLite's own files beside a database. */
export const sidecars = ['-wal', '-shm', '-journal'] as const;

/** Removes a file and what SQLite may have left beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...sidecars]) rmSync(`${path}${suffix}`, { force: true });
}

/** As evidence/zip/file-sink.ts names what is not finished. */
export function unfinishedPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.partial`);
}

/**
 * A new file for a copy of an archive. What lies beside it of a copy that was killed goes first: SQLite would fold
 * that log into this copy. Errors: those of `openFileSink`.
 */
export async function openCopySink(path: string): Promise<FileSink> {
  const sink = await openFileSink(path);
  try {
    for (const suffix of [...sidecars, '-lock']) rmSync(`${sink.temporaryPath}${suffix}`, { force: true });
  } catch (error) {
    await sink.discard();
    throw error;
  }
  return sink;
}

/**
 * A finished copy has two names for a moment; killed then, it keeps both, and no archive opens that has two. The one
 * that is not its own goes. To be called before the lock is taken, which refuses such a file.
 */
export function removeSecondName(path: string): void {
  if (!existsSync(path)) return;
  const real = realpathSync(path);
  const unfinished = unfinishedPath(real);
  const [own, other] = [real, unfinished].map((name) =>
    statSync(name, { bigint: true, throwIfNoEntry: false }),
  );
  if (own === undefined || other === undefined || own.dev !== other.dev || own.ino !== other.ino) return;
  try {
    rmSync(unfinished, { force: true });
  } catch {
    // The lock says that there are two names.
  }
}

/** To be called with the lock held: nobody is writing these now. The archive itself is whole, old or new. */
export function removeLeftovers(path: string): void {
  removeDatabase(unfinishedPath(rekeyPath(realpathSync(path))));
}
