import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../../evidence/mhtml/base64.ts';
import { mailDate } from '../../../evidence/mhtml/date.ts';
import { decodeWords } from '../../../evidence/mhtml/headers.ts';
import { decodeQuotedPrintable } from '../../../evidence/mhtml/quoted-printable.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const text = (value: Uint8Array) => Buffer.from(value).toString('latin1');

describe('base64', () => {
  test('any bytes, however the lines are broken', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 1, max: 80 }), (value, width) => {
        const lines = Buffer.from(value)
          .toString('base64')
          .replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
        expect(decodeBase64(bytes(lines))).toEqual({ bytes: value, foreign: 0, cut: false });
      }),
    );
  });

  test('foreign bytes are counted, a cut end is told', () => {
    expect(decodeBase64(bytes('aG*k='))).toMatchObject({ foreign: 1, cut: false });
    expect(text(decodeBase64(bytes('aG*k=')).bytes)).toBe('hi');
    expect(decodeBase64(bytes('aGk'))).toMatchObject({ cut: true });
    expect(decodeBase64(bytes('aGk=aGk='))).toMatchObject({ foreign: 3 });
  });
});

describe('quoted-printable', () => {
  test.each([
    ['a=3Db', 'a=b'],
    ['soft=\r\nbreak', 'softbreak'],
    ['soft=\nbreak', 'softbreak'],
    ['soft= \t\r\nbreak', 'softbreak'],
    ['padding \t\r\nx', 'padding\r\nx'],
    ['kept=20\r\nx', 'kept \r\nx'],
    ['end  ', 'end'],
    ['lower=c3=a9', 'lower\xc3\xa9'],
    ['=', ''],
    ['\r\n\n\r\n', '\r\n\n\r\n'],
  ])('%j', (encoded, decoded) => {
    expect(text(decodeQuotedPrintable(bytes(encoded)).bytes)).toBe(decoded);
  });

  test('a sign that introduces nothing stays, and is counted', () => {
    const decoded = decodeQuotedPrintable(bytes('a=zz&b=1'));
    expect([text(decoded.bytes), decoded.foreign]).toEqual(['a=zz&b=1', 2]);
  });

  test('any bytes, each written as three', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const encoded = [...value].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
        const lines = encoded.map((piece, i) => (i % 20 === 19 ? `${piece}=\r\n` : piece)).join('');
        expect(decodeQuotedPrintable(bytes(lines)).bytes).toEqual(value);
      }),
    );
  });

  test('any bytes decode to no more bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (value) => {
        expect(decodeQuotedPrintable(value).bytes.length).toBeLessThanOrEqual(value.length);
      }),
    );
  });
});

test.each([
  ['=?utf-8?Q?r=C3=A9sum=C3=A9_1?=', 'résumé 1'],
  ['=?utf-8?B?2LPZhNin2YU=?=', 'سلام'],
  ['=?utf-8?Q?=D8=B3=D9?= =?utf-8?Q?=84?=', 'سل'],
  ['=?klingon?Q?x?= y', '=?klingon?Q?x?= y'],
  ['plain =?= text', 'plain =?= text'],
])('encoded words: %s', (raw, decoded) => {
  expect(decodeWords(raw)).toBe(decoded);
});

test.each([
  ['Sun, 9 Mar 2025 07:45:10 -0000', '2025-03-09T07:45:10.000Z'],
  ['9 Mar 2025 07:45 +0330', '2025-03-09T04:15:00.000Z'],
  ['Sun, 09 Mar 2025 07:45:10 GMT', '2025-03-09T07:45:10.000Z'],
  ['Sun, 9 Mar 2025 07:45:10 -0800 (PST)', '2025-03-09T15:45:10.000Z'],
  ['31 Jun 2025 00:00:00 +0000', null],
  ['9 Mar 2025', null],
  ['yesterday', null],
])('mail date %s', (raw, instant) => {
  expect(mailDate(raw)).toBe(instant);
});
