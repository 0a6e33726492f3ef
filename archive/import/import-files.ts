/** Importing files and folders: each file by itself; one that is refused does not stop the others. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { ImportReport } from '../../contract/model/capture.ts';
import type { Archive } from '../archive.ts';
import type { Named } from '../verify.ts';
import type { ImportOptions } from './contents.ts';
import { type ImportedFile, importFile } from './import-file.ts';

/** These stop the whole import: the next file would meet them too. */
const stopping = new Set([
  'cancelled',
  'disk-full',
  'io-failed',
  'not-writable',
  'archive-damaged',
  'internal',
]);

interface FoundFile {
  path: string;
  /** Bytes. */
  size: number;
}

/**
 * The files under `path`, in the order of their names; a file is itself. `refused` is told of what cannot be looked
 * at, and the rest goes on. A link inside a folder is followed to a file, never to a folder: it may lead back.
 */
async function* filesUnder(
  path: string,
  refused: (path: string, error: unknown) => void,
  isNamed = true,
): AsyncGenerator<FoundFile> {
  try {
    const found = await stat(path);
    if (found.isFile()) yield { path, size: found.size };
    else if (!found.isDirectory()) {
      throw new HoldfastError('not-a-file', `${path} is neither a file nor a folder.`);
    } else if (!isNamed && (await lstat(path)).isSymbolicLink()) {
      throw new HoldfastError('not-a-file', `${path} is a link to a folder. Import that by its own name.`);
    } else {
      for (const name of (await readdir(path)).sort()) yield* filesUnder(join(path, name), refused, false);
    }
  } catch (error) {
    refused(path, asOurs(error, path));
  }
}

/**
 * The archive cannot hold itself: its file grows with every byte that is taken in from it, without end.
 * Errors: `bad-input`.
 */
async function refuseOwnFiles(archive: Archive, path: string): Promise<void> {
  const given = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw asOurs(error, path);
  });
  const own = await realpath(archive.path);
  for (const suffix of ['', '-wal', '-shm', '-journal', '-lock', '-lock-journal']) {
    const file = await stat(`${own}${suffix}`, { bigint: true }).catch(() => null);
    if (file !== null && file.dev === given.dev && file.ino === given.ino) {
      throw new HoldfastError('bad-input', `${path} belongs to the archive that it would go into.`);
    }
  }
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
      yield chunk as Uint8Array;
  } catch (error) {
    throw asOurs(error, path);
  }
}

function asOurs(error: unknown, path: string): unknown {
  if (error instanceof HoldfastError) return error;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT')
      return new HoldfastError('file-not-found', `${path} is not there.`, { cause: error });
    const reason =
      error.code === 'EACCES' || error.code === 'EPERM' ? 'Check its permissions.' : `(${error.code})`;
    return new HoldfastError('file-unreadable', `${path} cannot be read. ${reason}`, { cause: error });
  }
  return error;
}

export function emptyReport(): ImportReport {
  return { captures: [], posts: [], artifacts: [], records: {}, warnings: [], refused: [] };
}

export function addToReport(report: ImportReport, path: string, imported: ImportedFile): void {
  const { records, warnings } = imported;
  const sealed = imported.known ? [] : [imported, ...(imported.inside ?? [])];
  for (const { captureId, format, postIds, artifacts } of sealed) {
    report.captures.push({ id: captureId, path, format, posts: postIds.length });
    // One by one: a WARC has more posts than a call may have arguments.
    for (const id of postIds) report.posts.push(id);
    for (const { role, sha256, size } of artifacts) report.artifacts.push({ captureId, role, sha256, size });
  }
  for (const [type, count] of Object.entries(records))
    report.records[type] = (report.records[type] ?? 0) + count;
  for (const warning of warnings) report.warnings.push({ path, ...warning });
}

/**
 * Imports files, and the files of folders. Errors: `cancelled`, `disk-full`, `io-failed`, `not-writable`; files that
 * were done before stay. What concerns one file alone stands in the report under `refused`.
 */
export async function importFiles(
  archive: Archive,
  paths: readonly string[],
  options: ImportOptions & { named?: Named } = {},
): Promise<ImportReport> {
  const report = emptyReport();
  for (const given of paths) {
    const found = filesUnder(given, (path, error) => refuse(report, path, error));
    for await (const { path, size } of found) await importInto(report, archive, path, { ...options, size });
  }
  return report;
}

async function importInto(
  report: ImportReport,
  archive: Archive,
  path: string,
  options: ImportOptions & { size: number; named?: Named },
): Promise<void> {
  try {
    await refuseOwnFiles(archive, path);
    addToReport(report, path, await importFile(archive, basename(path), readFile(path), options));
  } catch (error) {
    refuse(report, path, error);
  }
}

function refuse(report: ImportReport, path: string, error: unknown): void {
  const { code, message } = toFailure(error);
  if (stopping.has(code)) throw error;
  report.refused.push({ path, code, message });
}
