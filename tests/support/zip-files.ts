/** The files of a bundle on the disk, by their path in its base folder. */
import { readFileSync } from 'node:fs';
import { memorySource } from '../../evidence/source/byte-source.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../evidence/zip/reader.ts';

export async function filesOfZip(path: string): Promise<Map<string, Uint8Array>> {
  const source = memorySource(new Uint8Array(readFileSync(path)));
  const files = new Map<string, Uint8Array>();
  for (const entry of (await openZip(source)).entries) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, nodeCrc32)) pieces.push(piece.slice());
    files.set(entry.name.slice(entry.name.indexOf('/') + 1), new Uint8Array(Buffer.concat(pieces)));
  }
  return files;
}
