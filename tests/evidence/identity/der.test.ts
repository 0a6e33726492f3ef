import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../evidence/digest/sha256.ts';
import { DerError, readDer } from '../../../evidence/identity/der.ts';
import { encode, sequence, timeBlock } from '../../../evidence/identity/der-encode.ts';
import { oidOf, timeOf } from '../../../evidence/identity/der-fields.ts';

test.each([
  ['nothing', ''],
  ['an end in the middle', '3003020105'.slice(0, 8)],
  ['bytes after the end', '050000'],
  ['an indefinite length', '30800000'],
  ['a length in more bytes than needed', '0481020102'],
  ['a length with a leading zero', `04820080${'00'.repeat(128)}`],
  ['a length beyond the end', '300a0201050500'],
  ['a child that leaves its parent', '30030202050500'],
  ['a high tag number', '1f8101020101'],
  ['a sequence in one piece', '10020500'],
  ['an octet string in pieces', '2404040100'],
  ['the reserved type 0', '0000'],
  ['a boolean that is neither 00 nor ff', '010101'],
  ['an empty integer', '0200'],
  ['an integer with a leading zero', '02020001'],
  ['an integer with leading ones', '0202ff80'],
  ['a NULL with content', '050100'],
  ['an object identifier with a padded arc', '06032a8001'],
  ['an object identifier that is cut off', '06022a86'],
  ['an empty object identifier', '0600'],
  ['a bit string with unused bits that are set', '03020101'],
  ['a bit string without its count', '0300'],
  ['unused bits in an empty bit string', '030101'],
  ['text that is not UTF-8', '0c02c328'],
  ['an IA5String that is not ASCII', '160180'],
  ['a UTCTime without seconds', '170b323630313031303030305a'],
  ['a set out of order', '3106020102020101'],
])('refuses %s', (_, hex) => {
  expect(() => readDer(fromHex(hex))).toThrow(DerError);
});

test('refuses nesting and counts that only cost time', () => {
  const nested = encode(
    Array.from({ length: 40 }).reduce<ReturnType<typeof sequence>>((inner) => sequence(inner), sequence()),
  );
  expect(() => readDer(nested)).toThrow('nested deeper');
  const many = fromHex(`30830186a0${'0500'.repeat(50_000)}`);
  expect(() => readDer(many)).toThrow('more than 20000 values');
});

test('reads bytes, children and offsets', () => {
  const node = readDer(fromHex('300802010506032a8648'));
  expect(node.children.map(({ tag, offset, content }) => [tag, offset, [...content]])).toEqual([
    [2, 2, [5]],
    [6, 5, [0x2a, 0x86, 0x48]],
  ]);
});

test.each([
  ['06032a8648', '1.2.840'],
  ['0603550403', '2.5.4.3'],
  ['0603883701', '2.999.1'],
  ['060127', '0.39'],
  ['060a2affffffffffffffff7f', '1.2.9223372036854775807'],
])('reads the object identifier %s as %s', (hex, dotted) => {
  expect(oidOf(readDer(fromHex(hex)))).toBe(dotted);
});

test.each([
  ['1950-01-01T00:00:00.000Z', 0x17],
  ['2049-12-31T23:59:59.000Z', 0x17],
  ['2050-01-01T00:00:00.000Z', 0x18],
  ['1949-12-31T23:59:59.000Z', 0x18],
])('writes %s in the type that RFC 5652 and RFC 5280 name, and reads it back', (iso, tag) => {
  const node = readDer(encode(timeBlock(new Date(iso))));
  expect([node.tag, timeOf(node).toISOString()]).toEqual([tag, iso]);
});

test('refuses days that do not exist, and fractions of a second', () => {
  const time = (type: number, text: string) =>
    readDer(Uint8Array.of(type, text.length, ...Buffer.from(text)));
  expect(() => timeOf(time(0x17, '260230000000Z'))).toThrow('that exists');
  expect(() => timeOf(time(0x18, '20260101000000.5Z'))).toThrow('whole seconds');
});

test('never throws anything but its own error, and what it reads covers every byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        expect(readDer(bytes).bytes).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DerError);
      }
    }),
    { numRuns: 2000 },
  );
});
