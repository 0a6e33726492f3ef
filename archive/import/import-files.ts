/** Importing files and folders: each file by itself; one that is refused does not stop the others. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { ImportReport } from '../../contract/model/capture.ts';
import type { Archive } from '../archive.ts';
import { fromFileSystem } from '../new-file.ts';
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

/** The files under `path`, in the order of their names; a file is itself. */
async function filesUnder(path: string): Promise<{ path: string; size: number }[]> {
  const found = await stat(path);
  if (found.isFile()) return [{ path, size: found.size }];
  if (!found.isDirectory()) {
    throw new HoldfastError('not-a-file', `${path} is neither a file nor a folder.`);
  }
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => filesUnder(join(path, name))))).flat();
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
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT')
      return new HoldfastError('file-not-found', `${path} is not there.`, { cause: error });
    if (error.code === 'EACCES' || error.code === 'EPERM') {
      return new HoldfastError('file-unreadable', `${path} cannot be read. Check its permissions.`, {
        cause: error,
      });
    }
  }
  return fromFileSystem(error, path);
}

export function emptyReport(): ImportReport {
  return { captures: [], posts: [], artifacts: [], records: {}, warnings: [], refused: [] };
}

export function addToReport(report: ImportReport, path: string, imported: ImportedFile): void {
  const { captureId, format, postIds, artifacts, records, warnings } = imported;
  report.captures.push({ id: captureId, path, format, posts: postIds.length });
  report.posts.push(...postIds);
  report.artifacts.push(...artifacts.map(({ role, sha256, size }) => ({ captureId, role, sha256, size })));
  for (const [type, count] of Object.entries(records))
    report.records[type] = (report.records[type] ?? 0) + count;
  report.warnings.push(...warnings.map((warning) => ({ path, ...warning })));
}

/**
 * Imports files, and the files of folders. Errors: `cancelled`, `disk-full`, `io-failed`, `not-writable`; files that
 * were done before stay. What concerns one file alone stands in the report under `refused`.
 */
export async function importFiles(
  archive: Archive,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = emptyReport();
  for (const given of paths) {
    try {
      for (const { path, size } of await filesUnder(given)) {
        await importInto(report, archive, path, { ...options, size });
      }
    } catch (error) {
      refuse(report, given, asOurs(error, given));
    }
  }
  return report;
}

async function importInto(
  report: ImportReport,
  archive: Archive,
  path: string,
  options: ImportOptions & { size: number },
): Promise<void> {
  try {
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
