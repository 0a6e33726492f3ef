/** A chosen file read in pieces of any size and order, as the verifier does. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieces } from '../../evidence/source/byte-source.ts';
import { fileSource } from '../../verify-page/file-source.ts';

const size = 13 * 1024 * 1024 + 7;
const bytes = new Uint8Array(size).map((_, i) => (i * 31 + (i >> 12)) % 251);
const file = new Blob([bytes]);

test('any ranges in any order are the bytes that stand there', async () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: size }), fc.oneof(fc.nat(200), fc.nat(size)))
    .map(([offset, length]) => ({ offset, length: Math.min(length, size - offset) }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(range, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (ranges, together) => {
        const source = fileSource(file);
        const read = async ({ offset, length }: { offset: number; length: number }) => {
          const found = await source.read(offset, length);
          expect(Buffer.from(found).equals(bytes.subarray(offset, offset + length))).toBe(true);
        };
        if (together) await Promise.all(ranges.map(read));
        else for (const each of ranges) await read(each);
      },
    ),
    { numRuns: 60 },
  );
});

test('from front to back it is the whole file, each block read once', async () => {
  let slices = 0;
  const counted = {
    size,
    slice: (start: number, end: number) => {
      slices += 1;
      return file.slice(start, end);
    },
  };
  const hash = createHash('sha256');
  for await (const piece of pieces(fileSource(counted), 0, size)) hash.update(piece);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  // The last one is the empty block behind the end, read ahead.
  expect(slices).toBeLessThanOrEqual(5);
});

test('a file that became shorter, or cannot be read, is an error that says what to do', async () => {
  const short = () => new Blob([bytes.subarray(0, 3)]).stream();
  const gone = () =>
    new ReadableStream<Uint8Array>({
      pull: () => {
        throw new DOMException('gone', 'NotReadableError');
      },
    });
  for (const stream of [short, gone]) {
    const broken = { size, slice: () => ({ stream }) };
    await expect(fileSource(broken).read(0, 10)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('Choose it again.'),
    });
  }
  await expect(fileSource(file).read(size, 1)).rejects.toMatchObject({ code: 'bad-input' });
});
