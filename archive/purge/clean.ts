/**
 * After a purge: no trace of it in the file. What was deleted, SQLite has overwritten; its write-ahead log is folded into
 * the file; and what it leaves in the slack of pages is cleared here, in place.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import { PageCipher } from '../../db/cipher.ts';
import { connect } from '../../db/connection.ts';
import { fromSqlite } from '../../db/errors.ts';
import { closeFrozen, type FrozenFile, withFrozenFile } from '../../db/frozen.ts';
import { inTransaction, keepStill } from '../../db/handle.ts';
import { pageSize } from '../../db/page-size.ts';
import { requirePlace } from '../../db/place.ts';
import { markCleaned, needsCleaning } from '../../db/purge.ts';
import { PageMap } from '../../db/slack.ts';
import type { Archive } from '../archive.ts';
import { fromFileSystem, syncFolder } from '../new-file.ts';
import { clearedPath, openCopySink, unfinishedPath } from '../safety/leftovers.ts';
import { isHole, openPage } from '../safety/pages.ts';
import type { WorkOptions } from '../work.ts';
import { ClearedPages, writeClearedPages } from './cleared-pages.ts';

/** Milliseconds after which whoever shares the process gets a turn. */
const patience = 12;

/** Writes every page that has something beside its content, without that, to `cleared`. */
async function clearPages(
  archive: Archive,
  file: FrozenFile,
  cleared: ClearedPages,
  { signal, progress }: WorkOptions,
): Promise<void> {
  const cipher = archive.key === null ? null : new PageCipher(archive.key);
  const contentOf = (raw: Buffer, n: number): Buffer => (cipher === null ? raw : openPage(cipher, raw, n));
  const read = (n: number): Buffer => contentOf(file.page(n), n);
  const map = new PageMap(file.size / pageSize, read);
  let lastTurn = performance.now();
  for (const { n, kind } of map.looked(read)) {
    const before = file.page(n);
    if (isHole(before, n)) continue;
    const content = contentOf(before, n);
    const after = map.cleared(content, n, kind);
    if (!after.equals(content)) await cleared.add(n, before, cipher === null ? after : cipher.seal(after, n));
    if (performance.now() - lastTurn < patience) continue;
    signal?.throwIfAborted();
    progress?.({ step: 'Clearing traces', done: n * pageSize, total: file.size, unit: 'bytes' });
    await new Promise<void>((resolve) => setImmediate(resolve));
    lastTurn = performance.now();
  }
  await cleared.end();
}

/**
 * A handle keeps pages in memory and would write them back as they were: it is closed first, and another opened.
 * Errors: those of the system, after which nothing is open.
 */
function replacePages(archive: Archive, path: string, from: string): { open: Archive; isCleared: boolean } {
  archive.db.close();
  closeFrozen(archive.db);
  // Where its log is still there, another program has it open.
  const isCleared = !existsSync(`${path}-wal`);
  if (isCleared) writeClearedPages(path, from);
  return { open: { ...archive, db: connect(archive.path, archive.key) }, isCleared };
}

/**
 * Clears what purges may have left in the file; nothing where that is done. Nothing else may be under way on the
 * archive. Where pages were written over, the archive that was handed in is closed, and `replaced` is told of the one in
 * its place, in the same session. Stopped or killed at any point, the archive is whole, and the next opening goes on.
 * Errors: `archive-busy`, `archive-gone`, `archive-damaged`, `disk-full`, `not-writable`, `io-failed`, `cancelled`.
 */
export async function cleanFile(
  archive: Archive,
  options: WorkOptions,
  replaced: (archive: Archive) => void,
): Promise<void> {
  if (!needsCleaning(archive.db)) return;
  requirePlace(archive.db);
  const path = realpathSync(archive.path);
  let open = archive;
  try {
    await keepStill(archive.db, () =>
      withFrozenFile(archive.db, async (file) => {
        const sink = await openCopySink(clearedPath(path));
        let isNeeded = false;
        try {
          const cleared = new ClearedPages(sink);
          await clearPages(archive, file, cleared, options);
          if (cleared.count === 0) return;
          syncFolder(dirname(path));
          // What fails from here on may leave half a page, and the next opening writes it again.
          isNeeded = true;
          const done = replacePages(archive, path, sink.temporaryPath);
          isNeeded = false;
          open = done.open;
          replaced(open);
          if (!done.isCleared) {
            throw new HoldfastError(
              'archive-in-use',
              `Another program has ${path} open. Close it there; the next opening clears what the purge left.`,
            );
          }
        } finally {
          if (!isNeeded) await sink.discard();
        }
      }),
    );
    inTransaction(open.db, () => markCleaned(open.db));
  } catch (error) {
    if (error instanceof RangeError) {
      throw new HoldfastError(
        'archive-damaged',
        'A page of the file is not as SQLite writes pages, so its traces were not cleared. “holdfast check” says what is damaged.',
        { cause: error },
      );
    }
    throw fromFileSystem(fromSqlite(error, archive.path), path);
  }
}

/** What a killed clearing had ready is written over. To be called with the lock held, before the archive is opened. */
export function finishClearing(path: string): void {
  const real = realpathSync(path);
  const from = unfinishedPath(clearedPath(real));
  if (existsSync(from)) writeClearedPages(real, from);
}
