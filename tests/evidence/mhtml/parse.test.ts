import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { HoldfastError } from '../../../contract/errors.ts';
import { parseMhtml } from '../../../evidence/mhtml/parse.ts';
import { clipPage, lakePoster } from '../../support/page-fixtures/pages.ts';

const file = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'pages', 'pier-post.mhtml'));
const bytes = (text: string) => Buffer.from(text, 'latin1');
const text = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('latin1');

const message = (parts: string, boundary = 'b') =>
  bytes(`MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="${boundary}"\r\n\r\n${parts}`);

function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof HoldfastError) return error.code;
    throw error;
  }
}

describe('a file as Chromium writes it', () => {
  const mhtml = parseMhtml(file);

  test('what it says of itself', () => {
    expect({ ...mhtml, parts: mhtml.parts.length }).toEqual({
      url: 'https://pier.example/posts/7c41',
      savedAt: { raw: 'Sun, 9 Mar 2025 07:45:10 -0000', instant: '2025-03-09T07:45:10.000Z' },
      subject: 'Committee, day one | Pier – résumé',
      parts: 2,
      root: 0,
      warnings: [],
    });
  });

  test('the page and the picture come out exactly as they went in', () => {
    const [page, picture] = mhtml.parts;
    expect(
      Buffer.from(page?.body ?? [])
        .toString('utf8')
        .replaceAll('\r\n', '\n'),
    ).toBe(clipPage());
    expect(Buffer.compare(picture?.body ?? new Uint8Array(), lakePoster)).toBe(0);
    expect(picture).toMatchObject({
      contentLocation: 'https://pier.example/media/lake.png',
      contentId: null,
      mediaType: 'image/png',
      encoding: 'base64',
      whole: true,
    });
  });

  test('offset and length show the encoded body in the file', () => {
    for (const part of mhtml.parts) {
      const raw = text(file.subarray(part.offset, part.offset + part.length));
      const before = text(file.subarray(0, part.offset));
      expect(before.endsWith('\r\n\r\n')).toBe(true);
      expect(text(file.subarray(part.offset + part.length)).startsWith('\r\n--')).toBe(true);
      if (part.encoding === 'base64') expect(Buffer.compare(Buffer.from(raw, 'base64'), part.body)).toBe(0);
    }
  });

  test('a mail parser finds the same picture', async () => {
    const email = await PostalMime.parse(file);
    const [attachment] = email.attachments;
    if (!(attachment?.content instanceof ArrayBuffer)) throw new Error('no attachment');
    expect(Buffer.compare(Buffer.from(attachment.content), mhtml.parts[1]?.body ?? Buffer.alloc(0))).toBe(0);
  });
});

describe('boundaries', () => {
  test('a line that only begins like one is content', () => {
    const { parts } = parseMhtml(
      message('--b\r\n\r\n--bc\r\n--b x\r\n -- b\r\n--b\t \r\n\r\nsecond\r\n--b--\r\nepilogue'),
    );
    expect(parts.map(({ body }) => text(body))).toEqual(['--bc\r\n--b x\r\n -- b', 'second']);
  });

  test('bare line feeds, an empty body, a part without headers', () => {
    const { parts, warnings } = parseMhtml(
      message('preamble\n--b\nContent-Type: text/css\n\n\n--b\n\nx\n--b--'),
    );
    expect(parts.map(({ mediaType, body }) => [mediaType, text(body)])).toEqual([
      ['text/css', ''],
      ['application/octet-stream', 'x'],
    ]);
    expect(warnings).toEqual([]);
  });

  test('nested multiparts are flattened in order', () => {
    const inner = '--i\r\n\r\none\r\n--i\r\n\r\ntwo\r\n--i--\r\n';
    const { parts } = parseMhtml(
      message(
        `--b\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n${inner}\r\n--b\r\n\r\nthree\r\n--b--`,
      ),
    );
    expect(parts.map(({ body }) => text(body))).toEqual(['one', 'two', 'three']);
  });

  test('the start parameter names the page', () => {
    const head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; start="<two@x>"; boundary=b\r\n\r\n';
    const one = '--b\r\nContent-Type: text/html\r\nContent-Location: https://a.example/1\r\n\r\n1\r\n';
    const two =
      '--b\r\nContent-Type: text/html\r\nContent-ID: <two@x>\r\nContent-Location: https://a.example/2\r\n\r\n2\r\n';
    expect(parseMhtml(bytes(`${head}${one}${two}--b--`))).toMatchObject({
      root: 1,
      url: 'https://a.example/2',
      savedAt: null,
    });
  });

  test('binary bodies are the file’s own bytes', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const whole = Buffer.concat([
      message('--b\r\nContent-Transfer-Encoding: binary\r\n\r\n'),
      all,
      bytes('\r\n--b--'),
    ]);
    expect([...(parseMhtml(whole).parts[0]?.body ?? [])]).toEqual([...all]);
  });
});

describe('damage', () => {
  test('a file cut anywhere gives what it holds, and says so', () => {
    for (let length = 700; length < file.length - 4; length += 37) {
      const cut = parseMhtml(file.subarray(0, length));
      expect(cut.warnings.join(' ')).toMatch(/cut short/);
      expect(cut.parts.length).toBeGreaterThan(0);
    }
    const cut = parseMhtml(file.subarray(0, file.length - 200));
    expect(cut.parts.map(({ whole }) => whole)).toEqual([true, false]);
    expect(cut.parts[1]?.body.length).toBeGreaterThan(100);
  });

  test.each([
    ['', /no multipart/],
    ['Subject: x\r\n\r\nhello', /no multipart/],
    ['Content-Type: multipart/related\r\n\r\n--b\r\n', /no boundary/],
    ['Content-Type: multipart/related; boundary=b\r\n\r\nnothing', /no part/],
  ])('%j is damaged', (content, reason) => {
    expect(() => parseMhtml(bytes(content))).toThrow(reason);
    expect(codeOf(() => parseMhtml(bytes(content)))).toBe('mhtml-damaged');
  });

  test('unknown encodings and foreign bytes are said', () => {
    const { parts, warnings } = parseMhtml(
      message(
        '--b\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nabc\r\n--b\r\nContent-Transfer-Encoding: BASE64\r\n\r\naG*k=\r\n--b--',
      ),
    );
    expect(parts.map(({ body }) => text(body))).toEqual(['abc', 'hi']);
    expect(warnings).toEqual([expect.stringMatching(/x-uuencode/), expect.stringMatching(/1 bytes/)]);
  });

  test('more parts than are read', () => {
    const { parts, warnings } = parseMhtml(message(`${'--b\r\n\r\nx\r\n'.repeat(10_050)}--b--`));
    expect(parts.length).toBe(10_000);
    expect(warnings.join(' ')).toMatch(/More than 10000 parts: what follows byte \d+/);
  });

  test('a header without end', () => {
    const { warnings } = parseMhtml(message(`--b\r\nX: ${'y'.repeat(300_000)}\r\n\r\nz\r\n--b--`));
    expect(warnings.join(' ')).toMatch(/headers do not end/);
  });
});

test('any bytes behind any of these starts: a result or mhtml-damaged, in bounds', () => {
  const pieces = fc.constantFrom(
    '--b',
    '--b--',
    '\r\n',
    '\n',
    'Content-Type: multipart/mixed; boundary=b',
    ':',
    '=',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 20 }))), (parts) => {
      const whole = message(parts.join(''));
      try {
        for (const part of parseMhtml(whole).parts) {
          expect(part.offset + part.length).toBeLessThanOrEqual(whole.length);
          expect(part.body.length).toBeLessThanOrEqual(part.length);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(HoldfastError);
      }
    }),
  );
});
