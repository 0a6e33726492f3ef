import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceFormatSchema } from '../../../contract/model/capture.ts';
import { recogniseFormat } from '../../../evidence/format/recognise.ts';

const pages = join(import.meta.dirname, '..', '..', 'fixtures', 'pages');
const text = (value: string) => new TextEncoder().encode(value);
const latin1 = (value: string) => Uint8Array.from(value, (letter) => letter.charCodeAt(0));

test.each([
  ['chirp-post.singlefile.html', 'html', false],
  ['payam-post.fa.html', 'html', false],
  ['agora-thread.html', 'html', false],
  ['minbar-post.windows-1256.html', 'html', false],
  ['pier-post.mhtml', 'mhtml', false],
  ['ferry-board.warc.gz', 'warc', true],
])('%s, under a name that says something else', (file, format, gzip) => {
  const bytes = readFileSync(join(pages, file));
  expect(recogniseFormat(bytes, 'picture.png')).toMatchObject({ format, gzip });
  expect(recogniseFormat(bytes.subarray(0, 500), '')).toMatchObject({ format, gzip });
});

test.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image', 'image/png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image', 'image/jpeg'],
  ['GIF89a\x01\0\x01\0', 'image', 'image/gif'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image', 'image/webp'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'unknown', 'application/octet-stream'],
  ['\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'image', 'image/avif'],
  ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'image', 'image/heic'],
  ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'image', 'image/heic'],
  ['\0\0\0\x18ftypisom\0\0\0\0isommp42', 'unknown', 'video/mp4'],
  ['%PDF-1.7\n', 'unknown', 'application/pdf'],
  ['WARC/1.1\r\nWARC-Type: warcinfo\r\n', 'warc', 'application/warc'],
])('%j', (bytes, format, mediaType) => {
  expect(recogniseFormat(latin1(bytes), 'page.html')).toEqual({ format, mediaType, gzip: false });
});

test.each([
  '<!DOCTYPE HTML>',
  '\n  <!-- a comment --><?xml version="1.0"?><html lang="fa">',
  '\ufeff<html>',
  '<title>x</title>',
  '<div class="a">x',
  `<!-- ${'x'.repeat(70_000)} --><html>`,
  'MIME-Version without a colon <p> is no header',
])('HTML: %s', (start) => {
  const named = start.startsWith('MIME') ? 'page.html' : '';
  expect(recogniseFormat(text(start), named)).toEqual({
    format: 'html',
    mediaType: 'text/html',
    gzip: false,
  });
});

test('HTML in UTF-16, both ways round', () => {
  const little = Buffer.from('\ufeff<!doctype html><p>سلام', 'utf16le');
  const big = Buffer.from(little).swap16();
  expect(recogniseFormat(little, '').format).toBe('html');
  expect(recogniseFormat(big, '').format).toBe('html');
});

test('plain text stays unknown, whatever mail headers it quotes', () => {
  expect(recogniseFormat(text('I said: <b>no</b>'), 'note.txt').format).toBe('unknown');
  expect(recogniseFormat(text('{"a": 1}'), 'a.json').mediaType).toBe('application/json');
  expect(recogniseFormat(text('Hello\r\n\r\nContent-Type: multipart/related'), '').format).toBe('unknown');
});

test('gzip of something else, and a bomb, are gzip and unknown', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  expect(recogniseFormat(bomb, 'a.warc.gz')).toEqual({
    format: 'unknown',
    mediaType: 'application/gzip',
    gzip: true,
  });
  expect(recogniseFormat(gzipSync('<html>'), 'a.html.gz').format).toBe('unknown');
});

test('any bytes and any name give an answer', () => {
  const starts = fc.constantFrom(
    '',
    '\x1f\x8b\x08',
    'RIFF',
    '\0\0\0\x18ftyp',
    'WARC/',
    '<!--',
    'MIME-Version: 1.0\r\n',
  );
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 300 }), fc.string(), (start, rest, name) => {
      const { format } = recogniseFormat(Uint8Array.from([...latin1(start), ...rest]), name);
      sourceFormatSchema.parse(format);
    }),
  );
});
