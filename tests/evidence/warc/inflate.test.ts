/** Deflate and gzip in JavaScript, against zlib: the same bytes, the same end, and the same refusals. */
import { constants, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteSource } from '../../../evidence/warc/byte-source.ts';
import { gunzipped } from '../../../evidence/warc/gunzip-node.ts';
import { portableGunzipped } from '../../../evidence/warc/gzip-portable.ts';
import { DeflateDamaged, Inflater } from '../../../evidence/warc/inflate.ts';
import { nodeWarcTools } from '../../../evidence/warc/node-tools.ts';
import { portableWarcTools } from '../../../evidence/warc/portable-tools.ts';
import type { WarcTools } from '../../../evidence/warc/tools.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { collected } from './reading.ts';

/** Bytes with many or few repetitions, near and far, up to some windows long. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .tuple(fc.string({ maxLength: 12 }), fc.integer({ min: 1, max: 9000 }))
        .map(
          ([text, times]) =>
            new Uint8Array(Buffer.from(text.repeat(Math.min(times, 40_000 / (text.length + 1))))),
        ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat([...parts, ...parts]));

const form = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
  ),
  memLevel: fc.constantFrom(1, 8, 9),
});

function inflated(bytes: Uint8Array, size: number): { bytes: Buffer; rest: number } {
  const inflater = new Inflater();
  const parts: Uint8Array[] = [];
  let at = 0;
  for (; at < bytes.length && !inflater.ended; at += size)
    parts.push(...inflater.inflate(bytes.subarray(at, at + size)));
  if (!inflater.ended) throw new Error('no end');
  return { bytes: Buffer.concat(parts), rest: Math.max(bytes.length - at, 0) + inflater.rest() };
}

describe('deflate', () => {
  test('gives what was deflated, in pieces of any size, and knows its end to the byte', () => {
    fc.assert(
      fc.property(
        content,
        form,
        fc.integer({ min: 1, max: 5000 }),
        fc.uint8Array({ maxLength: 20 }),
        (plain, options, size, behind) => {
          const bytes = Buffer.concat([deflateRawSync(plain, options), behind]);
          const found = inflated(bytes, size);
          expect(found.bytes.equals(plain)).toBe(true);
          expect(found.rest).toBe(behind.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a flush in the middle, and more than a window of one byte', () => {
    const zeros = Buffer.alloc(3_000_000);
    const parts = [deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH }), deflateRawSync(zeros)];
    expect(inflated(Buffer.concat(parts), 1000).bytes.equals(Buffer.alloc(6_000_000))).toBe(true);
  });

  test('refuses what zlib refuses, and takes what it takes', () => {
    const agree = (bytes: Uint8Array) => {
      let expected: Buffer | null;
      try {
        expected = inflateRawSync(bytes, { maxOutputLength: 1_000_000 });
      } catch {
        expected = null;
      }
      let found: Buffer | null;
      try {
        found = inflated(bytes, 100).bytes;
      } catch (error) {
        if (!(error instanceof DeflateDamaged) && !(error instanceof Error && error.message === 'no end'))
          throw error;
        found = null;
      }
      if (expected === null) expect(found === null || found.length > 1_000_000).toBe(true);
      else expect(found?.equals(expected)).toBe(true);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), agree), { numRuns: 3000 });
    fc.assert(
      fc.property(
        content,
        form,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (plain, options, place, mask) => {
          const bytes = new Uint8Array(deflateRawSync(plain, options));
          const at = place % Math.min(bytes.length, 200);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          agree(bytes);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('gzip', () => {
  const named = (bytes: Buffer) => {
    const gzip = gzipSync(bytes);
    gzip[3] = 8;
    return Buffer.concat([gzip.subarray(0, 10), Buffer.from('name\0'), gzip.subarray(10)]);
  };

  async function members(tools: WarcTools, bytes: Uint8Array, size: number) {
    const file = new ByteSource(inChunks(bytes, size), 4 * 1024 * 1024);
    const found: { bytes: Buffer; state: string; position: number }[] = [];
    while ((await file.peek(1)).length > 0) {
      const member = tools.member(file, { left: 100 });
      const content = Buffer.concat(await collected(member.bytes()));
      found.push({ bytes: content, state: member.end.state, position: file.position });
      if (member.end.state !== 'whole') break;
    }
    return found;
  }

  test('members are parted where zlib parts them, with names and without', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(content, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 70_000 }),
        async (plain, size) => {
          const bytes = Buffer.concat(plain.map((each, i) => (i % 2 === 0 ? gzipSync(each) : named(each))));
          const found = await members(portableWarcTools, bytes, size);
          expect(found).toEqual(await members(nodeWarcTools, bytes, size));
          expect(found.map((each) => each.state)).toEqual(plain.map(() => 'whole'));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a changed byte is noticed as by zlib, and what comes before it is kept', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(), fc.integer({ min: 1, max: 255 }), async (plain, place, mask) => {
        const bytes = gzipSync(plain);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ mask;
        const [found, expected] = [
          await members(portableWarcTools, bytes, 1000),
          await members(nodeWarcTools, bytes, 1000),
        ];
        expect(found.map(({ state }) => state)).toEqual(expected.map(({ state }) => state));
        expect(found[0]?.position).toBe(expected[0]?.position);
      }),
      { numRuns: 400 },
    );
  });

  test('a whole file of members, with what lies behind the last; cut short it is damaged', async () => {
    const plain = [Buffer.from('one\n'), Buffer.alloc(200_000, 'two '), Buffer.from('three')];
    const bytes = Buffer.concat([...plain.map((each) => gzipSync(each)), Buffer.from('\0\0behind')]);
    const all = async (undo: typeof gunzipped, some: Uint8Array) =>
      Buffer.concat(await collected(undo(inChunks(some, 999))));
    expect(await all(portableGunzipped, bytes)).toEqual(Buffer.concat(plain));
    expect(await all(gunzipped, bytes)).toEqual(Buffer.concat(plain));
    for (const undo of [portableGunzipped, gunzipped])
      await expect(all(undo, bytes.subarray(0, bytes.length - 20))).rejects.toThrow(
        'cannot be decompressed to its end',
      );
  });

  test('where a record may begin is told from a few hundred bytes', () => {
    const record = gzipSync(`WARC/1.1\r\n${'x'.repeat(5000)}`).subarray(0, 300);
    const other = gzipSync(`<html>${'x'.repeat(5000)}`).subarray(0, 300);
    for (const tools of [portableWarcTools, nodeWarcTools])
      expect([record, other, record.subarray(0, 12)].map((each) => tools.beginsMember(each))).toEqual([
        true,
        false,
        false,
      ]);
  });
});
