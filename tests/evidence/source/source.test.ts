import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ByteSource, memorySource, pieces, windowed } from '../../../evidence/source/byte-source.ts';
import { openFileSource } from '../../../evidence/source/file.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 2_654_435_761) >>> 13);

async function fileOf(bytes: Uint8Array) {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  const source = await openFileSource(path);
  onTestFinished(() => source.close());
  return { path, source };
}

async function joined(source: ByteSource, offset: number, length: number): Promise<Buffer> {
  const copies: Uint8Array[] = [];
  for await (const piece of pieces(source, offset, length)) copies.push(piece.slice());
  return Buffer.concat(copies);
}

describe('a source', () => {
  test('gives the same bytes in pieces, from memory, a file, or through a window', async () => {
    const { source } = await fileOf(content);
    const sources = [memorySource(content), source, windowed(source, 1000)];
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length), fc.nat(content.length), async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        for (const each of sources) {
          expect((await joined(each, from, to - from)).equals(content.subarray(from, to))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('refuses what it does not have', async () => {
    const { source } = await fileOf(content.subarray(0, 100));
    for (const each of [memorySource(content.subarray(0, 100)), source, windowed(source)]) {
      for (const [offset, length] of [
        [0, 101],
        [100, 1],
        [-1, 1],
        [0, -1],
        [0.5, 1],
        [Number.NaN, 1],
      ] as const) {
        await expect(each.read(offset, length)).rejects.toMatchObject({ code: 'bad-input' });
      }
      expect((await each.read(100, 0)).length).toBe(0);
    }
  });

  test('does not take a file that becomes shorter for one that ends', async () => {
    const { path, source } = await fileOf(content);
    truncateSync(path, 1000);
    await expect(joined(source, 0, content.length)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('says what there is instead of a file', async () => {
    const folder = temporaryFolder();
    await expect(openFileSource(folder)).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(openFileSource(join(folder, 'missing'))).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
