import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteSource } from '../../../evidence/warc/byte-source.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { streamOf } from '../../support/archive.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { record } from '../../support/page-fixtures/warc.ts';

test('what is put back is not copied: the next bytes are a view of the same chunk', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(7);
  const source = new ByteSource(streamOf(chunk));

  const first = await source.take(5000);
  source.unread(first?.subarray(100) ?? chunk);
  const again = await source.take(10_000);

  expect(again?.buffer).toBe(chunk.buffer);
  expect([again?.byteOffset, again?.length, source.position]).toEqual([100, 10_000, 10_100]);
});

test('thousands of small records in large chunks take no more memory than some chunks', async () => {
  const chunkLength = 1024 * 1024;
  const one = record({ type: 'resource', block: 'x'.repeat(200) });
  const file = Buffer.concat(Array.from({ length: 6000 }, () => one));
  const before = process.memoryUsage().arrayBuffers;
  let highest = 0;

  const reader = new WarcReader(inChunks(file, chunkLength));
  for await (const _ of reader.records()) {
    highest = Math.max(highest, process.memoryUsage().arrayBuffers - before);
  }

  expect(reader.account).toMatchObject({ total: 6000, damagedCount: 0, bytes: file.length });
  expect(highest).toBeLessThan(100 * chunkLength);
});

test('takes, looks, put-backs and returns in any order give the bytes of the file', async () => {
  const act = fc.record({
    kind: fc.constantFrom('take', 'peek', 'skip', 'unread', 'rewind'),
    count: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 64 }),
      fc.array(act, { maxLength: 40 }),
      async (bytes, chunkLength, acts) => {
        const keep = 50;
        const source = new ByteSource(inChunks(bytes, chunkLength), keep);
        for (const { kind, count } of acts) {
          const at = source.position;
          const here = bytes.subarray(at);
          if (kind === 'peek') expect(await source.peek(count)).toEqual(here.slice(0, count));
          else if (kind === 'skip') expect(await source.skip(count)).toBe(Math.min(count, here.length));
          else if (kind === 'rewind') {
            source.rewind(at - count);
            // As far as is kept: all that was asked for, where no more than `keep` bytes were.
            expect(source.position).toBeLessThanOrEqual(at);
            expect(source.position).toBeGreaterThanOrEqual(Math.max(0, at - count));
          } else {
            const taken = await source.take(count);
            expect(taken ?? new Uint8Array(0)).toEqual(here.slice(0, taken?.length ?? 0));
            if (taken !== null && kind === 'unread') {
              source.unread(taken.subarray(Math.min(3, taken.length)));
              expect(source.position).toBe(at + Math.min(3, taken.length));
            }
          }
        }
        expect(await source.peek(5)).toEqual(bytes.slice(source.position, source.position + 5));
      },
    ),
  );
});
