import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinesTooLong, textLines } from '../../../evidence/format/lines.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';

const wide = { maxLine: 1000, maxLines: 1000 };

async function lines(bytes: Uint8Array, chunkSize: number, limits = wide): Promise<string[]> {
  const found: string[] = [];
  for await (const { text, number } of textLines(inChunks(bytes, chunkSize), new TextDecoder(), limits)) {
    found.push(text);
    expect(number).toBe(found.length);
  }
  return found;
}

test('the same lines however the bytes are cut, with every line break', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, '')),
          fc.constantFrom('\n', '\r\n', '\r'),
        ),
      ),
      fc.integer({ min: 1, max: 7 }),
      async (parts, chunkSize) => {
        const text = parts.map(([line, end]) => line + end).join('');
        // Between an empty line ended by CR and one ended by LF nobody can tell where the break is.
        const expected = text.split(/\r\n|\n|\r/).slice(0, -1);
        expect(await lines(Buffer.from(text), chunkSize)).toEqual(expected);
      },
    ),
  );
});

test('a last line without a break, and one that ends with half of one', async () => {
  expect(await lines(Buffer.from('a\nb'), 2)).toEqual(['a', 'b']);
  expect(await lines(Buffer.from('a\r'), 1)).toEqual(['a']);
  expect(await lines(Buffer.from(''), 1)).toEqual([]);
  expect(await lines(Buffer.from('\n'), 1)).toEqual(['']);
});

test('a line or a list without end is given up, before it is all in memory', async () => {
  let given = 0;
  async function* endless(piece: string) {
    for (;;) {
      given += 1;
      yield Buffer.from(piece);
    }
  }
  const read = async (piece: string) => {
    for await (const _ of textLines(endless(piece), new TextDecoder(), wide));
  };
  await expect(read('x'.repeat(100))).rejects.toThrow(LinesTooLong);
  expect(given).toBeLessThan(20);
  await expect(read('short\n')).rejects.toThrow(LinesTooLong);
});
