/** Looking for words that should stand nowhere: in every file under some folders, in the encodings that programs use. */
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const encodings = ['utf8', 'utf16le', 'utf16be', 'base64', 'hex'] as const;

function needles(words: string): { encoding: string; bytes: Buffer }[] {
  return encodings.map((encoding) => {
    if (encoding === 'utf16be') return { encoding, bytes: Buffer.from(words, 'utf16le').swap16() };
    if (encoding === 'base64' || encoding === 'hex') {
      return { encoding, bytes: Buffer.from(Buffer.from(words).toString(encoding)) };
    }
    return { encoding, bytes: Buffer.from(words, encoding) };
  });
}

function filesUnder(path: string): string[] {
  try {
    const found = lstatSync(path);
    if (found.isFile()) return [path];
    if (!found.isDirectory()) return [];
    return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
  } catch {
    // A file that went while we looked cannot hold anything any more.
    return [];
  }
}

/** What was made in a folder that others use too, since an instant (milliseconds since 1970). */
export function madeSince(folder: string, since: number): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => (lstatSync(path, { throwIfNoEntry: false })?.birthtimeMs ?? 0) >= since);
}

/** Files under `paths` that hold `words`, each with the encoding; at most 8 MiB of a file are in memory at a time. */
export function findTraces(words: string, paths: readonly string[]): { path: string; encoding: string }[] {
  const searched = needles(words);
  const overlap = Math.max(...searched.map(({ bytes }) => bytes.length));
  const buffer = Buffer.alloc(8 * 1024 * 1024);
  return paths.flatMap(filesUnder).flatMap((path) => {
    const found = new Set<string>();
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return [];
    }
    for (let at = 0; ; at += buffer.length - overlap) {
      const length = readSync(file, buffer, 0, buffer.length, at);
      for (const { encoding, bytes } of searched) {
        if (buffer.subarray(0, length).includes(bytes)) found.add(encoding);
      }
      if (length < buffer.length) break;
    }
    closeSync(file);
    return [...found].map((encoding) => ({ path, encoding }));
  });
}
