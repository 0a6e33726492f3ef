import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ByteSource, memorySource } from '../../../evidence/source/byte-source.ts';
import { portableCrc32 } from '../../../evidence/zip/crc32.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { ZipError } from '../../../evidence/zip/error.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';
import { createZipWriter, memorySink, type ZipSink } from '../../../evidence/zip/writer.ts';

const modified = new Date('2026-05-03T12:34:57Z');
const crc32 = nodeCrc32;

async function write(files: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array> {
  const sink = memorySink();
  const zip = createZipWriter(sink, { modified, crc32 });
  for (const [name, bytes] of files) await zip.add(name, bytes.length, [bytes]);
  expect(await zip.finish()).toBe(sink.bytes().length);
  return sink.bytes();
}

async function read(bytes: Uint8Array): Promise<[string, string][]> {
  const source = memorySource(bytes);
  const files: [string, string][] = [];
  for (const entry of (await openZip(source)).entries) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, crc32)) pieces.push(piece.slice());
    files.push([entry.name, Buffer.concat(pieces).toString('hex')]);
  }
  return files;
}

async function problem(bytes: Uint8Array): Promise<string> {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof ZipError) return error.problem;
    throw error;
  }
  return 'none';
}

const three = await write([
  ['base/one.txt', Buffer.from('first')],
  ['base/deep/two.bin', new Uint8Array()],
  ['base/three.txt', Buffer.from('the third file')],
]);

const segment = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}[a-z0-9]$/);
const names = fc.uniqueArray(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  { maxLength: 20 },
);

describe('a zip file', () => {
  test('is read back as it was written, and written the same again', async () => {
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.uint8Array({ maxLength: 500 }), { minLength: 20, maxLength: 20 }),
        async (paths, contents) => {
          const files = paths.map((path, i) => [path, contents[i] ?? new Uint8Array()] as const);
          const bytes = await write(files);
          expect(await read(bytes)).toEqual(
            files.map(([path, content]) => [path, Buffer.from(content).toString('hex')]),
          );
          expect(Buffer.compare(await write(files), bytes)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('takes no other content length, no name twice, no name that leads elsewhere', async () => {
    const zip = createZipWriter(memorySink(), { modified, crc32 });
    await zip.add('a/b', 1, [Uint8Array.of(1)]);
    for (const name of [
      'a/b',
      'A/B',
      '../x',
      '/x',
      'a//b',
      'a/',
      '',
      'a\\b',
      'c:x',
      'ü',
      '.hidden',
      'dot.',
      'x'.repeat(256),
    ]) {
      await expect(zip.add(name, 0, []), name).rejects.toMatchObject({ code: 'internal' });
    }
    await expect(zip.add('short', 2, [Uint8Array.of(1)])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(zip.add('long', 1, [Uint8Array.of(1, 2)])).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('goes back to the start of the epoch of zip, and no further', () => {
    const at = (instant: string) => () =>
      createZipWriter(memorySink(), { modified: new Date(instant), crc32 });
    expect(at('1980-01-01T00:00:00Z')).not.toThrow();
    expect(at('1979-12-31T23:59:59Z')).toThrow(RangeError);
    expect(at('2108-01-01T00:00:00Z')).toThrow(RangeError);
    expect(at('never')).toThrow(RangeError);
  });

  test('has a checksum that both implementations compute alike, in any pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(2000), (bytes, cut) => {
        const whole = nodeCrc32(bytes, 0);
        expect(portableCrc32(bytes, 0)).toBe(whole);
        expect(portableCrc32(bytes.subarray(cut), portableCrc32(bytes.subarray(0, cut), 0))).toBe(whole);
      }),
    );
    // The check value of CRC-32/ISO-HDLC.
    expect(portableCrc32(Buffer.from('123456789'), 0)).toBe(0xcbf43926);
  });
});

describe('what is not as Holdfast writes it', () => {
  test('is refused wherever one bit differs', async () => {
    const accepted: string[] = [];
    for (let i = 0; i < three.length * 8; i++) {
      const flipped = three.slice();
      flipped[i >> 3] = (flipped[i >> 3] ?? 0) ^ (1 << (i & 7));
      // The time is one for all entries: a change to one differs from the others.
      if ((await problem(flipped)) === 'none') accepted.push(`byte ${i >> 3}, bit ${i & 7}`);
    }
    expect(accepted).toEqual([]);
  });

  test('is refused cut off at every place, and called truncated from the first header on', async () => {
    for (let length = 0; length < three.length; length++) {
      expect(await problem(three.subarray(0, length)), `${length} bytes`).toBe(
        length < 4 ? 'not-a-zip' : 'truncated',
      );
    }
  });

  test('is told apart from what is no zip file at all', async () => {
    expect(await problem(Buffer.from('%PDF-1.7 something else, long enough to hold an end'))).toBe(
      'not-a-zip',
    );
    expect(await problem(new Uint8Array())).toBe('not-a-zip');
  });

  test('is refused with bytes added before, after, or as a comment', async () => {
    expect(await problem(Buffer.concat([three, Buffer.from('x')]))).toBe('trailing-bytes');
    const commented = Buffer.concat([three, Buffer.from('hello')]);
    commented.writeUInt16LE(5, three.length - 2);
    expect(await problem(commented)).toBe('comment');
    expect(await problem(Buffer.concat([Buffer.from('#!/bin/sh\n'), three]))).toBe('directory-damaged');
  });

  test('is refused for bytes that belong to no valid file whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, likeZip) => {
        const hostile = likeZip ? Buffer.concat([three.subarray(0, 60), bytes, three.subarray(-22)]) : bytes;
        expect(await problem(hostile)).not.toBe('none');
      }),
    );
  });
});

/** A sink and source that keeps nothing of the zeros: five gibibytes fit into it. */
function sparse(): ZipSink & { source(): ByteSource } {
  const zeros = new Uint8Array(1024 * 1024);
  const kept: { offset: number; bytes: Uint8Array }[] = [];
  let size = 0;
  return {
    async write(bytes) {
      if (bytes.length < zeros.length) kept.push({ offset: size, bytes: bytes.slice() });
      size += bytes.length;
    },
    async patch(offset, bytes) {
      kept.push({ offset, bytes: bytes.slice() });
    },
    source: () => ({
      size,
      read: async (offset, length) => {
        const result = new Uint8Array(length);
        for (const { offset: at, bytes } of kept) {
          const from = Math.max(at, offset);
          const to = Math.min(at + bytes.length, offset + length);
          if (from < to) result.set(bytes.subarray(from - at, to - at), from - offset);
        }
        return result;
      },
    }),
  };
}

describe('Zip64', () => {
  test('carries a file of five gibibytes, and what stands behind it', async () => {
    const sink = sparse();
    const zip = createZipWriter(sink, { modified, crc32: () => 0 });
    const piece = new Uint8Array(1024 * 1024);
    await zip.add(
      'base/large.bin',
      5120 * piece.length,
      Array.from({ length: 5120 }, () => piece),
    );
    await zip.add('base/behind.txt', 3, [Buffer.from('end')]);
    await zip.finish();
    const { entries } = await openZip(sink.source());
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['base/large.bin', 5 * 1024 ** 3],
      ['base/behind.txt', 3],
    ]);
    const [, behind] = entries;
    const { contentOffset = 0 } = behind ?? {};
    expect(Buffer.from(await sink.source().read(contentOffset, 3)).toString()).toBe('end');
  });

  test('carries more files than 65,535', async () => {
    const files = Array.from({ length: 66_000 }, (_, i) => [`base/${i}`, Uint8Array.of(i & 255)] as const);
    const bytes = await write(files);
    const { entries } = await openZip(memorySource(bytes));
    expect(entries.length).toBe(66_000);
    expect(await problem(bytes.subarray(0, bytes.length - 1))).toBe('truncated');
  });
});
