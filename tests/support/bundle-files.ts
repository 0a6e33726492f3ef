/** The files of a bundle, for tests. */
import { readFileSync } from 'node:fs';
import { memorySource } from '../../evidence/source/byte-source.ts';
import { openZip } from '../../evidence/zip/reader.ts';

/** By path relative to the base folder. */
export async function bundleFiles(path: string): Promise<Map<string, Buffer>> {
  const bytes = readFileSync(path);
  const { entries } = await openZip(memorySource(bytes));
  return new Map(
    entries.map(({ name, contentOffset, size }) => [
      name.slice(name.indexOf('/') + 1),
      bytes.subarray(contentOffset, contentOffset + size),
    ]),
  );
}

export async function textIn(path: string, file: string): Promise<string> {
  return (await bundleFiles(path)).get(file)?.toString() ?? '';
}
