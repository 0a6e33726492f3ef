import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalJson, type Json, parseCanonical } from '../../../evidence/log/canonical.ts';

/** The example of RFC 8785, section 3.2.2 and 3.2.3, without its number that no safe integer can hold. */
test('writes the example of RFC 8785 as the RFC does', () => {
  const value: Json = {
    numbers: [333333333.3333333, 4.5, 2e-3, 1e-27],
    string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };

  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('sorts names by UTF-16 code units (RFC 8785, section 3.2.3)', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];

  const written: unknown = JSON.parse(canonicalJson(Object.fromEntries(names.map((name) => [name, 0]))));

  expect(canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))).toBe(
    '{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"😀":0,"\ufb33":0}',
  );
  expect(Object.keys(written ?? {})).toHaveLength(names.length);
});

test.each([
  ['undefined', { a: undefined }],
  ['NaN', { a: Number.NaN }],
  ['infinity', { a: Number.POSITIVE_INFINITY }],
  ['negative zero', { a: -0 }],
  ['an unsafe integer', { a: 2 ** 53 }],
  ['a lone surrogate', { a: 'x\ud800' }],
  ['a lone surrogate in a name', { 'x\udc00': 1 }],
  ['a function', { a: () => 1 }],
  ['a bigint', { a: 1n }],
  ['a date', { a: new Date(0) }],
  ['a map', { a: new Map() }],
  ['nesting without end', [...Array(100)].reduce<unknown>((inner) => [inner], 0)],
])('refuses %s', (_name, value) => {
  expect(() => canonicalBytes(value as Json)).toThrowError(/Cannot be written as canonical JSON/);
});

test.each([
  ['white space', '{"a": 1}'],
  ['another order', '{"b":1,"a":1}'],
  ['a duplicate name', '{"a":1,"a":1}'],
  ['another spelling of a number', '{"a":1.0}'],
  ['an escape that is not needed', '{"a":"\\u0041"}'],
  ['a byte-order mark', '\ufeff{}'],
  ['trailing bytes', '{}\n'],
  ['an escaped lone surrogate', '{"a":"\\ud800"}'],
  ['no JSON', '{'],
])('does not read %s', (_name, text) => {
  expect(() => parseCanonical(new TextEncoder().encode(text))).toThrowError(/canonical JSON/);
});

test('does not read invalid UTF-8', () => {
  expect(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toThrowError(/UTF-8/);
});

/** JSON without what canonical JSON refuses: unsafe integers and negative zero become 0. */
const json = fc
  .json({ maxDepth: 5 })
  .map(
    (text): Json =>
      JSON.parse(text, (_key, value: unknown) =>
        typeof value === 'number' &&
        ((Number.isInteger(value) && !Number.isSafeInteger(value)) || value === 0)
          ? 0
          : value,
      ),
  );

test('reads back whatever it wrote, and writes that the same', () => {
  fc.assert(
    fc.property(json, (value) => {
      const bytes = canonicalBytes(value);

      const read = parseCanonical(bytes);

      expect(read).toEqual(value);
      expect(canonicalBytes(read as Json)).toEqual(bytes);
    }),
  );
});
