/** Is the archive whole? Every page, SQLite's structure, references, the log, and the tables made from it. */
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { HoldfastError } from '../../contract/errors.ts';
import type { CheckReport } from '../../contract/model/safety.ts';
import { danglingReferences, pageCounts, structureProblems } from '../../db/check.ts';
import { type ArchiveKey, PageCipher } from '../../db/cipher.ts';
import { fromSqlite } from '../../db/errors.ts';
import { bytesOf, withFrozenFile } from '../../db/frozen.ts';
import { lockArchive } from '../../db/lock.ts';
import { pageSize } from '../../db/page-size.ts';
import type { Archive } from '../archive.ts';
import { verifyLog } from '../log/verify.ts';
import { type Credentials, fitsFirstPage, inspect, keyOf, secretOf } from '../unlock.ts';
import type { WorkOptions } from '../work.ts';
import { eachPiece, isHole, type PageSource, pagesIn } from './pages.ts';

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

/** Errors that say something of this moment and nothing of the archive. */
const passing: readonly string[] = [
  'cancelled',
  'disk-full',
  'not-writable',
  'archive-gone',
  'archive-in-use',
];

/** What was thrown while a damaged file was read, as what was found. Throws again what has another reason. */
function asFound(error: unknown, path: string): string {
  const known = fromSqlite(error, path);
  if (!(known instanceof Error)) throw known;
  if (known instanceof HoldfastError && passing.includes(known.code)) throw known;
  return known.message;
}

/** The log, and everything that follows from it, as `verifyLog` finds it. */
async function logReport(
  archive: Archive,
  { signal, progress }: WorkOptions,
): Promise<{ problems: Problem[]; events: number; artifacts: number }> {
  try {
    const report = await verifyLog(archive, {
      ...(signal === undefined ? {} : { signal }),
      ...(progress === undefined ? {} : { progress }),
    });
    const found = report.problems.map(({ message }) => message.replace(/\.$/, ''));
    return { problems: inWords('log', found, report.more), events: report.size, artifacts: report.blobs };
  } catch (error) {
    const problems: Problem[] = [{ code: 'log', message: asFound(error, archive.path) }];
    return { problems, events: 0, artifacts: 0 };
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
    return [{ code, message: asFound(error, path) }];
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
    options.signal?.throwIfAborted();
    const log = await logReport(archive, options);
    problems.push(...log.problems);
    return {
      ok: problems.length === 0,
      problems,
      encrypted: archive.key !== null,
      ...pageCounts(db),
      pageSize,
      walBytes: wal?.size ?? 0,
      events: log.events,
      artifacts: log.artifacts,
    };
  });
}
