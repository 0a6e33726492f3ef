import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { coverPicture } from '../../../evidence/picture/cover.ts';
import { readPng } from '../../support/png.ts';

const icon = readFileSync(join(import.meta.dirname, '../../../build/icons/64x64.png'));

test('covered parts are black, everything else is as it was, and nothing of the old file is in the new one', () => {
  const before = readPng(icon);

  const covered = coverPicture(icon, [
    { x: 10, y: 20, width: 30, height: 8 },
    { x: 60, y: 60, width: 99, height: 99 },
  ]);

  const after = readPng(covered);
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  const wrong: string[] = [];
  for (let y = 0; y < after.height; y += 1) {
    for (let x = 0; x < after.width; x += 1) {
      const inside = (x >= 10 && x < 40 && y >= 20 && y < 28) || (x >= 60 && y >= 60);
      if (after.at(x, y) !== (inside ? '000000' : before.at(x, y))) wrong.push(`${x},${y}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(Buffer.from(coverPicture(icon, [{ x: 0, y: 0, width: 64, height: 64 }]))).toEqual(
    Buffer.from(coverPicture(covered, [{ x: 0, y: 0, width: 64, height: 64 }])),
  );
});

/** A PNG of one line of two pixels by palette. */
function palettePng(data: Buffer): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length);
    return Buffer.concat([size, Buffer.from(type), body, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, 3, 0, 0, 0]);
  return Buffer.concat([
    icon.subarray(0, 8),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('Comment\0by Zora')),
    chunk('PLTE', Buffer.from('aa00aabbccdd', 'hex')),
    chunk('IDAT', deflateSync(data)),
  ]);
}

test('a picture by palette keeps its colours and loses its comments', () => {
  const covered = coverPicture(palettePng(Buffer.from([0, 0, 1])), [{ x: 1, y: 0, width: 1, height: 1 }]);

  const { at } = readPng(covered);
  expect([at(0, 0), at(1, 0)]).toEqual(['aa00aa', '000000']);
  expect(Buffer.from(covered).includes('Zora')).toBe(false);
});

test.each<[string, Uint8Array, number]>([
  ['no PNG', Buffer.from('JFIF and more'), 0],
  ['broken off', icon.subarray(0, 60), 0],
  ['pixels missing', palettePng(Buffer.from([0, 0])), 0],
  ['a part outside', icon, 64],
])('%s: refused with a way out', (_name, bytes, x) => {
  expect(() => coverPicture(bytes, [{ x, y: 0, width: 1, height: 1 }])).toThrow(/Withhold the whole file/);
});
