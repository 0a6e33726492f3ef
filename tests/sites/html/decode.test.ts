import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeHtml } from '../../../sites/html/decode.ts';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('which encoding', () => {
  test.each([
    ['header before meta', '<meta charset=utf-8>\xc7', 'windows-1256', 'windows-1256', 'header'],
    ['meta charset', '<meta charset="Windows-1256">\xc7', null, 'windows-1256', 'meta'],
    [
      'meta http-equiv',
      "<META content='text/html; charset = iso-8859-6' http-equiv=Content-Type>",
      null,
      'iso-8859-6',
      'meta',
    ],
    [
      'meta in a comment does not count',
      '<!-- <meta charset=koi8-r> --><p>',
      null,
      'windows-1252',
      'default',
    ],
    [
      'meta in an attribute does not count',
      '<a title="<meta charset=koi8-r>">',
      null,
      'windows-1252',
      'default',
    ],
    ['the shortest comment', '<!--><meta charset=koi8-r>', null, 'koi8-r', 'meta'],
    ['meta that says UTF-16 cannot be right', '<meta charset=utf-16le>', null, 'utf-8', 'meta'],
    ['x-user-defined', '<meta charset=x-user-defined>', null, 'windows-1252', 'meta'],
    ['an unknown header falls through', '<meta charset=utf-8>', 'klingon', 'utf-8', 'meta'],
    ['http-equiv without its partner', '<meta content="charset=koi8-r">', null, 'windows-1252', 'default'],
    ['latin1 is windows-1252', '\x93', 'ISO-8859-1', 'windows-1252', 'header'],
  ])('%s', (_, page, header, encoding, from) => {
    expect(decodeHtml(ascii(page), header)).toMatchObject({ encoding, from, lossy: false });
  });

  test('meta behind the first 1024 bytes does not count', () => {
    const page = `${' '.repeat(1010)}<meta charset=utf-8>`;
    expect(decodeHtml(ascii(page), null).encoding).toBe('windows-1252');
  });

  test('a byte-order mark is stronger than anything, and no part of the text', () => {
    const page = Buffer.from('\ufeffسلام', 'utf16le');
    expect(decodeHtml(page, 'utf-8')).toEqual({
      text: 'سلام',
      encoding: 'utf-16le',
      from: 'byte-order mark',
      lossy: false,
    });
    expect(decodeHtml(Buffer.from('\ufeffé'), 'windows-1252').text).toBe('é');
  });
});

test('windows-1256 as Python and iconv know it', () => {
  // 'سلام' and the zero-width non-joiner, which windows-1256 has at 0x9d.
  expect(decodeHtml(Uint8Array.of(0xd3, 0xe1, 0xc7, 0xe3, 0x9d), 'cp1256').text).toBe('سلام\u200c');
});

test('lossy says that bytes were invalid, not that the text has replacement characters', () => {
  expect(decodeHtml(Uint8Array.of(0x61, 0xff, 0x62), 'utf-8')).toMatchObject({
    text: 'a\ufffdb',
    lossy: true,
  });
  expect(decodeHtml(new TextEncoder().encode('a\ufffdb'), 'utf-8')).toMatchObject({ lossy: false });
});

test('any bytes under any header are decoded; valid UTF-8 comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.option(fc.string()), (bytes, header) => {
      expect(typeof decodeHtml(bytes, header).text).toBe('string');
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const page = `<!doctype html>${text}`;
      expect(decodeHtml(new TextEncoder().encode(page), 'utf-8').text).toBe(page);
    }),
  );
});

test('prescan of tags that never end', () => {
  for (const piece of ['<a ', '<meta ', '<!--', '<a b="', '</', '<meta charset=', "<meta charset='"]) {
    expect(decodeHtml(ascii(piece.repeat(1000)), null).text.length).toBe(piece.length * 1000);
  }
});
