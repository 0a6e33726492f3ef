/** Checking a file or folder as what it is, told from its content: bundle, WACZ, bag. */
import { stat } from 'node:fs/promises';
import type { CheckedFile } from '../contract/model/checked-file.ts';
import { withFileSource } from '../evidence/source/file.ts';
import { ZipError } from '../evidence/zip/error.ts';
import { openForeignZip } from '../evidence/zip/foreign.ts';
import { checkBagAt } from './check-bag.ts';
import { checkWaczFile } from './check-wacz.ts';
import { type Named, verifyFile } from './verify.ts';
import type { WorkOptions } from './work.ts';

/**
 * Checks `path`. What is none of the three is checked as a bundle, whose check says so. Errors: those of `verifyFile`,
 * `checkWaczFile` and `checkBagAt`.
 */
export async function checkFile(path: string, named: Named, options: WorkOptions = {}): Promise<CheckedFile> {
  const kind = await kindOf(path);
  if (kind === 'bag') return checkBagAt(path, options);
  if (kind === 'wacz') return checkWaczFile(path, named, options);
  return { kind: 'bundle', ...(await verifyFile(path, named, options)) };
}

async function kindOf(path: string): Promise<CheckedFile['kind']> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return 'bag';
  const names = await entryNames(path);
  if (names.includes('datapackage.json')) return 'wacz';
  const base = names.find((name) => /^([^/]+\/)?bagit\.txt$/.test(name));
  return base === undefined || base.startsWith('holdfast-') ? 'bundle' : 'bag';
}

/** None for a file that is no readable zip file. */
async function entryNames(path: string): Promise<string[]> {
  try {
    return (await withFileSource(path, openForeignZip)).map(({ name }) => name);
  } catch (error) {
    if (error instanceof ZipError) return [];
    throw error;
  }
}
