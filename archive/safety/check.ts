/** Is the archive whole? Every page, SQLite's structure, references, the log, and the tables made from it. */
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { CheckReport } from '../../contract/model/safety.ts';
import { danglingReferences, pageCounts, structureProblems } from '../../db/check.ts';
import { type ArchiveKey, PageCipher } from '../../db/cipher.ts';
import { fromSqlite } from '../../db/errors.ts';
import { bytesOf, withFrozenFile } from '../../db/frozen.ts';
import { lockArchive } from '../../db/lock.ts';
import { pageSize } from '../../db/page-size.ts';
import type { Archive } from '../archive.ts';
import { type Credentials, fitsFirstPage, inspect, keyOf, secretOf } from '../unlock.ts';
import { artifactProblems } from './artifacts.ts';
import { logProblems } from './log.ts';
import { eachPiece, isHole, type PageSource, pagesIn, type WorkOptions } from './pages.ts';

type Problem = CheckReport['problems'][number];

/** As many are named one by one; of the rest, the number. */
const named = 10;

function inWords(code: Problem['code'], found: readonly string[], more = 0): Problem[] {
  const rest = found.length - named + more;
  return [
    ...found.slice(0, named).map((message) => ({ code, message })),
    ...(rest > 0 ? [{ code, message: `and ${rest} more of this kind` }] : []),
  ];
}

/** Pages that are not as they were written. Only sealed pages can tell. */
async function damagedPages(
  key: ArchiveKey | null,
  file: PageSource,
  options: WorkOptions,
): Promise<Problem[]> {
  if (key === null) return [];
  const cipher = new PageCipher(key);
  const damaged: number[] = [];
  await eachPiece('Checking the pages', file, options, (piece, first) => {
    for (const [page, n] of pagesIn(piece, first)) {
      if (!isHole(page, n) && !cipher.isWhole(page, n)) damaged.push(n);
    }
  });
  return inWords(
    'pages',
    damaged.map((n) => `page ${n} of the file (from byte ${(n - 1) * pageSize}) is not as it was written`),
  );
}

/**
 * Checks an archive that SQLite does not open any more, page by page; null where it opens, or where it cannot be told,
 * because the key does not fit. Errors: `archive-in-use`, `cancelled`.
 */
export async function checkRuin(
  path: string,
  credentials: Credentials,
  options: WorkOptions = {},
): Promise<CheckReport | null> {
  const lock = lockArchive(path);
  const file = await open(path, 'r');
  try {
    const secret = secretOf(credentials);
    const key = secret === null ? null : await keyOf(inspect(path, credentials), secret);
    if (key === null || !fitsFirstPage(path, key)) return null;
    const { size } = await file.stat();
    const pages = await damagedPages(key, { size, bytes: () => bytesOf(file.fd, size) }, options);
    if (pages.length === 0) return null;
    const problems = [
      ...pages,
      { code: 'structure', message: 'SQLite does not open the file any more' } as const,
    ];
    const counts = { pages: size / pageSize, freePages: 0, walBytes: 0, events: 0, artifacts: 0 };
    return { ok: false, problems, encrypted: true, pageSize, ...counts };
  } finally {
    await file.close();
    lock.release();
  }
}

/** Runs a part that may itself fail on a damaged file; that is then what was found. */
async function attempt(
  code: Problem['code'],
  path: string,
  part: () => Promise<string[]> | string[],
): Promise<Problem[]> {
  try {
    return inWords(code, await part());
  } catch (error) {
    const known = fromSqlite(error, path);
    if (known instanceof Error && 'code' in known && known.code === 'cancelled') throw known;
    return [{ code, message: known instanceof Error ? known.message : String(known) }];
  }
}

/**
 * Checks the open archive in full and changes nothing. Work on it goes on meanwhile.
 * Errors: `archive-busy`, `archive-gone`, `cancelled`. Damage is an answer, no error.
 */
export async function checkWhole(archive: Archive, options: WorkOptions = {}): Promise<CheckReport> {
  const { db, path } = archive;
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  return withFrozenFile(db, async (file) => {
    const problems = [...(await damagedPages(archive.key, file, options))];
    const step = async (words: string, code: Problem['code'], part: () => Promise<string[]> | string[]) => {
      options.signal?.throwIfAborted();
      options.progress?.({ step: words, done: 0, total: null, unit: 'items' });
      problems.push(...(await attempt(code, path, part)));
    };
    await step('Checking the structure', 'structure', () => structureProblems(db));
    await step('Checking references', 'references', () => danglingReferences(db));
    await step('Checking the log', 'log', () => logProblems(archive));
    let artifacts = 0;
    await step('Hashing the artifacts', 'artifacts', async () => {
      const found = await artifactProblems(archive, options);
      artifacts = found.artifacts;
      return found.problems;
    });
    const events = db.prepare('SELECT count(*) FROM event').pluck();
    return {
      ok: problems.length === 0,
      problems,
      encrypted: archive.key !== null,
      ...pageCounts(db),
      pageSize,
      walBytes: wal?.size ?? 0,
      events: Number(events.get()),
      artifacts,
    };
  });
}
