/** A bundle that lies in memory, written as a file. */
import { open } from 'node:fs/promises';
import { type ByteSource, pieces } from '../../../evidence/source/byte-source.ts';

export async function toDisk(source: ByteSource, path: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const piece of pieces(source, 0, source.size)) await file.write(piece);
  } finally {
    await file.close();
  }
}
