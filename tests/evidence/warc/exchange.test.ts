import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReadExchange, readExchange } from '../../../evidence/warc/exchange.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { record, request, response } from '../../support/page-fixtures/warc.ts';

const url = 'https://ferry.test/a';
type Headers = readonly (readonly [string, string])[];

async function exchanges(file: Uint8Array): Promise<ReadExchange[]> {
  const read: ReadExchange[] = [];
  for await (const one of new WarcReader(inChunks(file)).records()) read.push(await readExchange(one));
  return read;
}

async function exchange(headers: Headers, body: Uint8Array | string): Promise<ReadExchange> {
  const [only] = await exchanges(
    response({ url, id: 1, headers: [['Content-Type', 'Text/HTML; Charset="UTF-8"'], ...headers], body }),
  );
  if (only === undefined) throw new Error('no record');
  return only;
}

const text = (read: ReadExchange) => Buffer.from(read.exchange?.body ?? []).toString('utf8');
const codes = (read: ReadExchange) => read.warnings.map(({ code }) => code);
const chunked = (body: string) =>
  `${Buffer.byteLength(body).toString(16)};ext=1\r\n${body}\r\n0\r\nTrailer: x\r\n\r\n`;
const page = '<p>سلام</p>'.repeat(50);

describe('codings are undone', () => {
  test.each<[string, Headers, Uint8Array | string]>([
    ['none', [], page],
    ['identity', [['Content-Encoding', 'identity']], page],
    ['gzip', [['content-encoding', 'gzip']], gzipSync(page)],
    [
      'two gzip members',
      [['Content-Encoding', 'x-gzip']],
      Buffer.concat([gzipSync(page.slice(0, 99)), gzipSync(page.slice(99))]),
    ],
    ['br', [['Content-Encoding', 'br']], brotliCompressSync(page)],
    ['zstd', [['Content-Encoding', 'zstd']], zstdCompressSync(page)],
    ['deflate', [['Content-Encoding', 'deflate']], deflateSync(page)],
    ['deflate without its wrapper', [['Content-Encoding', 'deflate']], deflateRawSync(page)],
    ['two codings', [['Content-Encoding', 'gzip, br']], brotliCompressSync(gzipSync(page))],
    ['chunked', [['Transfer-Encoding', 'chunked']], chunked(page)],
    [
      'chunked without its trailer',
      [['Transfer-Encoding', 'chunked']],
      chunked(page).replace('Trailer: x\r\n\r\n', ''),
    ],
    ['an empty body', [['Content-Encoding', 'gzip']], ''],
  ])('%s', async (name, headers, body) => {
    const read = await exchange(headers, body);
    expect(read.warnings).toEqual([]);
    expect(read.exchange).toMatchObject({ url, status: 200, mediaType: 'text/html', charset: 'utf-8' });
    expect(text(read)).toBe(name === 'an empty body' ? '' : page);
  });

  test('any body in any chunks, in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 })), async (pieces) => {
        const framed = pieces.flatMap((piece) => [
          Buffer.from(`${piece.length.toString(16)}\r\n`),
          piece,
          Buffer.from('\r\n'),
        ]);
        const read = await exchange(
          [['Transfer-Encoding', 'chunked']],
          Buffer.concat([...framed, Buffer.from('0\r\n\r\n')]),
        );
        expect(read.warnings).toEqual([]);
        expect(Buffer.compare(read.exchange?.body ?? Buffer.from('?'), Buffer.concat(pieces))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('bodies that are not what they say', () => {
  test('codings that the recorder has undone already', async () => {
    const read = await exchange(
      [
        ['Content-Encoding', 'gzip'],
        ['Transfer-Encoding', 'chunked'],
      ],
      page,
    );
    expect([text(read), codes(read)]).toEqual([page, ['warc-body-unreadable', 'warc-body-unreadable']]);
  });

  test('a body that is compressed, and damaged from its start', async () => {
    const broken = brotliCompressSync(page.repeat(20)).fill(0x01, 0, 20);
    const read = await exchange([['Content-Encoding', 'br']], broken);
    expect(read.exchange).toBeNull();
    expect(codes(read)).toEqual(['warc-body-unreadable']);
  });

  test('bodies that end early are read as far as they go', async () => {
    const cut = await exchange([['Content-Encoding', 'gzip']], gzipSync(page).subarray(0, -12));
    expect(page.startsWith(text(cut)) && text(cut).length > 0).toBe(true);
    expect(codes(cut)).toEqual(['warc-body-cut']);
    expect(codes(await exchange([['Content-Length', '5000']], page))).toEqual(['warc-body-cut']);
    const chunks = await exchange([['Transfer-Encoding', 'chunked']], `3\r\nabc\r\n5\r\nde`);
    expect([text(chunks), codes(chunks)]).toEqual(['abcde', ['warc-body-cut']]);
    const broken = await exchange([['Transfer-Encoding', 'chunked']], `3\r\nabc\r\nzz\r\nde`);
    expect([text(broken), codes(broken)]).toEqual(['abc', ['warc-body-cut']]);
  });

  test('unknown codings', async () => {
    expect(codes(await exchange([['Content-Encoding', 'compress']], page))).toEqual(['warc-body-unreadable']);
    expect(codes(await exchange([['Content-Encoding', 'br,br,br,br']], page))).toEqual([
      'warc-body-unreadable',
    ]);
  });
});

describe('bodies that are too large to read from', () => {
  const mebi = 1024 * 1024;
  test.each<[string, Headers, () => Uint8Array]>([
    ['as sent', [], () => Buffer.alloc(65 * mebi)],
    ['once decompressed', [['Content-Encoding', 'gzip']], () => gzipSync(Buffer.alloc(65 * mebi))],
    [
      'grown more than a thousandfold',
      [['Content-Encoding', 'br']],
      () => brotliCompressSync(Buffer.alloc(20 * mebi)),
    ],
  ])('%s', async (_, headers, body) => {
    const read = await exchange(headers, body());
    expect(read.exchange).toBeNull();
    expect(read.warnings).toEqual([
      { code: 'warc-body-too-large', message: expect.stringMatching(/too large to read from/) },
    ]);
  });

  test('what lies behind such a record is read', async () => {
    const large = response({ url, id: 1, body: Buffer.alloc(65 * mebi) });
    const small = response({ url, id: 2, body: 'small' });
    const [first, second] = await exchanges(Buffer.concat([large, small]));
    expect(first?.exchange).toBeNull();
    expect(second && text(second)).toBe('small');
  });
});

test('what is an exchange, and what is not', async () => {
  const http = ['Content-Type', 'application/http'] as const;
  const target = ['WARC-Target-URI', url] as const;
  const file = Buffer.concat([
    request(url, 1),
    record({ type: 'revisit', headers: [target, http], block: 'HTTP/1.1 200 OK\r\n\r\n' }),
    record({ type: 'response', headers: [target, ['Content-Type', 'text/dns']], block: 'dns' }),
    record({ type: 'response', headers: [target, http], block: 'nonsense\r\n\r\nbody' }),
    record({ type: 'response', headers: [http], block: 'HTTP/1.1 200 OK\r\n\r\n' }),
    record({ type: 'resource', headers: [target, ['Content-Type', 'image/PNG']], block: 'png' }),
    response({ url, id: 2, status: '404 Not Found', body: 'gone' }),
  ]);
  const read = await exchanges(file);
  expect(read.map((one) => one.exchange && [one.exchange.status, one.exchange.mediaType, text(one)])).toEqual(
    [null, null, null, null, null, [200, 'image/png', 'png'], [404, 'application/octet-stream', 'gone']],
  );
});
