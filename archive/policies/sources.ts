/** What a path holds: one dated file, a folder of them, or the history of a repository. */
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import type { Seen } from '../../contract/model/policy.ts';
import { seenByName } from '../../evidence/policy/file-name.ts';
import { slug } from '../../evidence/policy/keys.ts';
import { readSmallFile } from '../timestamps/files.ts';
import { readGitHistory } from './git-history.ts';
import type { PolicySource } from './source.ts';

const mostFiles = 10_000;
const isText = (name: string): boolean => /\.(?:md|markdown|txt|html?)$/i.test(name);

function fileSource(path: string, seen: Seen | null): PolicySource {
  const name = basename(path);
  return { name, seen: seen ?? seenByName(name), cause: null, read: async () => readSmallFile(path) };
}

/** The folder that holds the dated files: this one, or the one below it that is named like the platform or policy. */
function folderOfFiles(path: string, wanted: { platform: string; policy: string }, depth = 0): string {
  const entries = readdirSync(path, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && isText(entry.name) && seenByName(entry.name) !== null))
    return path;
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const names = [slug(wanted.platform, ''), slug(wanted.policy, '')];
  const named = folders.filter(({ name }) => names.includes(slug(name, '')));
  const next = named.length > 0 ? named : folders;
  const [only] = next;
  if (only !== undefined && next.length === 1 && depth < 4)
    return folderOfFiles(join(path, only.name), wanted, depth + 1);
  // Files without a date are still told of, one by one.
  if (entries.some((entry) => entry.isFile() && isText(entry.name))) return path;
  throw new HoldfastError(
    'policy-not-found',
    `Expected dated files (20201203_….md, 2026-06-29T131310.md) in ${path}, found ${
      folders.length === 0
        ? 'none'
        : `several folders: ${folders
            .slice(0, 8)
            .map(({ name }) => name)
            .join(', ')}`
    }.`,
  );
}

function isRepository(path: string): boolean {
  return (
    existsSync(join(path, '.git')) || (existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects')))
  );
}

/**
 * The texts, in the order of their names or of history. Links are not followed. Errors: `file-not-found`,
 * `policy-not-found`, `file-too-large`, those of `readGitHistory`.
 */
export async function policySources(
  path: string,
  wanted: { platform: string; policy: string; seen: Seen | null },
  signal?: AbortSignal,
): Promise<PolicySource[]> {
  if (!existsSync(path)) throw new HoldfastError('file-not-found', `There is no file or folder ${path}.`);
  if (!statSync(path).isDirectory()) return [fileSource(path, wanted.seen)];
  if (isRepository(path)) return readGitHistory(path, wanted, signal);
  const folder = folderOfFiles(path, wanted);
  const names = readdirSync(folder)
    .filter((name) => isText(name) && lstatSync(join(folder, name)).isFile())
    .sort();
  if (names.length > mostFiles) {
    throw new HoldfastError(
      'file-too-large',
      `${folder} has ${names.length} files, expected at most ${mostFiles}.`,
    );
  }
  return names.map((name) => fileSource(join(folder, name), null));
}
