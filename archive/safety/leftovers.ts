/** What a passphrase change leaves beside an archive when it is killed, and how it goes. */
import { realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the new file of an archive is written until it takes the old one's name. `path` without links. */
export function rekeyPath(path: string): string {
  return `${path}-rekey`;
}

/** SQLite's own files beside a database. */
export const sidecars = ['-wal', '-shm', '-journal'] as const;

/** Removes a file and what SQLite may have left beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...sidecars]) rmSync(`${path}${suffix}`, { force: true });
}

/** To be called with the lock held: nobody is writing these now. The archive itself is whole, old or new. */
export function removeLeftovers(path: string): void {
  const rekey = rekeyPath(realpathSync(path));
  // As evidence/zip/file-sink.ts names what is not finished.
  removeDatabase(join(dirname(rekey), `.${basename(rekey)}.partial`));
}
