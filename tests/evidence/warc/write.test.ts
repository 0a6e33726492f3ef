import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerValue } from '../../../evidence/warc/headers.ts';
import { measureRecord, recordBytes } from '../../../evidence/warc/write.ts';
import { targetUri } from '../../../evidence/warc/write-address.ts';
import { ExchangeWriter, type StoredExchange } from '../../../evidence/warc/write-exchange.ts';
import { recordId } from '../../../evidence/warc/write-id.ts';
import { checkedByWarcio } from '../wacz/judges.ts';
import { captureId, exchange, gathered, type Said, sha256, stored } from '../wacz/plan.ts';
import { type ReadRecord, readAll } from './reading.ts';

const url = 'https://ferry.test/board';
const infoId = recordId(captureId, 'warcinfo', '2026-03-04T09:31:00.000Z');

async function written(exchanges: readonly StoredExchange[]): Promise<Buffer> {
  const writer = new ExchangeWriter(captureId, infoId);
  const parts: Buffer[] = [];
  for (const one of exchanges) {
    const { answer, request } = writer.records(one);
    for (const draft of request === null ? [answer] : [answer, request])
      parts.push(await gathered(recordBytes(draft, await measureRecord(draft))));
  }
  return Buffer.concat(parts);
}

const field = ({ record }: ReadRecord, name: string) => headerValue(record.headers, name);
const types = (records: readonly ReadRecord[]) => records.map(({ record }) => record.type);
const bodyOf = ({ record, block }: ReadRecord) => block.subarray(record.http?.length ?? 0);

/** Writes one exchange; the answer's record as our reader gives it, its HTTP header as text, one character a byte. */
async function answerTo(said: Said, address = url) {
  const file = await written([exchange(0, address, said)]);
  const { records, account } = await readAll(file);
  const [answer] = records;
  if (answer === undefined) throw new Error('nothing was written');
  const head = answer.block.subarray(0, answer.record.http?.length ?? 0).toString('latin1');
  return { answer, head, records, account, judged: await checkedByWarcio(file) };
}

describe('a response', () => {
  test('with its request: both whole, digests right, each naming the other', async () => {
    const { answer, records, account, judged, head } = await answerTo({
      body: '<p>Fähre</p>',
      type: 'text/html',
      start: {
        protocol: 'h2',
        statusText: '',
        tls: { protocol: 'TLS 1.3', cipher: 'AES_128_GCM', certificates: [], error: null },
        server: { address: '[2001:db8::7]', port: 443 },
        requestHeaders: [
          [':authority', 'ferry.test'],
          [':path', '/board'],
          ['accept', 'text/html'],
        ],
      },
    });
    expect(account).toMatchObject({ records: { response: 1, request: 1 }, damagedCount: 0, warnings: [] });
    expect(judged).toEqual({ records: { response: 1, request: 1 }, wrong: [] });
    expect(records.map(({ end }) => [end.blockDigest, end.payloadDigest])).toEqual([
      ['ok', 'ok'],
      ['ok', 'ok'],
    ]);
    const request = records[1];
    expect(request?.block.toString()).toBe(
      'GET /board HTTP/1.1\r\nHost: ferry.test\r\naccept: text/html\r\n\r\n',
    );
    expect(field(answer, 'WARC-Concurrent-To')).toBe(`<${request?.record.id}>`);
    expect(request && field(request, 'WARC-Concurrent-To')).toBe(`<${answer.record.id}>`);
    expect(head).toBe('HTTP/1.1 200 \r\nContent-Type: text/html\r\n\r\n');
    expect(bodyOf(answer).toString()).toBe('<p>Fähre</p>');
    expect(field(answer, 'WARC-Payload-Digest')).toBe(`sha256:${sha256('<p>Fähre</p>')}`);
    expect(field(answer, 'WARC-IP-Address')).toBe('2001:db8::7');
    expect(
      answer.record.headers.filter(([name]) => name === 'WARC-Protocol').map(([, value]) => value),
    ).toEqual(['h2', 'tls/1.3']);
    expect(answer.record.date).toBe('2026-03-04T09:30:00.100Z');
  });

  test.each<[string, Said, number, string | null]>([
    ['an empty body', { body: '' }, 0, null],
    ['204', { body: null, start: { status: 204, statusText: 'No Content' } }, 0, null],
    ['304', { body: null, start: { status: 304, responseHeaders: [['Content-Length', '9']] } }, 0, null],
    ['HEAD', { body: null, start: { method: 'HEAD', responseHeaders: [['Content-Length', '9']] } }, 0, null],
    ['a redirect', { body: null, start: { status: 301, responseHeaders: [['Location', '/b']] } }, 0, null],
    [
      'a redirect whose body no engine gives',
      { body: null, start: { status: 301, responseHeaders: [['Content-Length', '154']] } },
      0,
      'unspecified',
    ],
    ['a body cut short', { body: 'half', end: { body: 'truncated' } }, 4, 'unspecified'],
    ['one that failed', { body: null, end: { body: 'failed' } }, 0, 'unspecified'],
    ['one whose end was never told', { body: 'hal', end: null }, 3, 'unspecified'],
  ])('%s', async (_, said, size, truncated) => {
    const { answer, judged, account } = await answerTo(said);
    expect(bodyOf(answer)).toHaveLength(size);
    expect(field(answer, 'WARC-Truncated')).toBe(truncated);
    expect([answer.end.blockDigest, answer.end.payloadDigest, judged.wrong]).toEqual(['ok', 'ok', []]);
    expect([account.damagedCount, answer.record.http?.status]).toEqual([0, said.start?.status ?? 200]);
  });
});

describe('fields that describe codings, when the body is stored decoded', () => {
  test.each<[string, [string, string][], string[]]>([
    [
      'gzip: renamed, the length as stored',
      [
        ['Content-Encoding', 'gzip'],
        ['Content-Length', '31'],
      ],
      ['x-orig-Content-Encoding: gzip', 'x-orig-Content-Length: 31', 'Content-Length: 4'],
    ],
    ['chunked: renamed', [['transfer-encoding', 'chunked']], ['x-orig-transfer-encoding: chunked']],
    ['several codings', [['content-encoding', 'br, gzip']], ['x-orig-content-encoding: br, gzip']],
    ['none: the length stays', [['Content-Length', '4']], ['Content-Length: 4']],
    [
      'one that nobody asked for and no engine knows: the body is still in it',
      [
        ['Content-Encoding', 'zstd-next'],
        ['Content-Length', '4'],
      ],
      ['Content-Encoding: zstd-next', 'Content-Length: 4'],
    ],
  ])('%s', async (_, responseHeaders, expected) => {
    const { head, judged, account } = await answerTo({ body: 'body', start: { responseHeaders } });
    expect(head).toBe(['HTTP/1.1 200 OK', ...expected, '', ''].join('\r\n'));
    expect([judged.wrong, account.warnings]).toEqual([[], []]);
  });

  test('zstd counts as undone where the request asked for it', async () => {
    const { head } = await answerTo({
      body: 'body',
      start: {
        requestHeaders: [['Accept-Encoding', 'gzip, zstd;q=0.5']],
        responseHeaders: [['Content-Encoding', 'ZSTD']],
      },
    });
    expect(head).toBe('HTTP/1.1 200 OK\r\nx-orig-Content-Encoding: ZSTD\r\n\r\n');
  });

  test('an answer that has no body by definition keeps all fields', async () => {
    const fields: [string, string][] = [
      ['Content-Encoding', 'gzip'],
      ['Content-Length', '31'],
    ];
    const { head } = await answerTo({ body: null, start: { status: 304, responseHeaders: fields } });
    expect(head).toBe('HTTP/1.1 304 OK\r\nContent-Encoding: gzip\r\nContent-Length: 31\r\n\r\n');
  });
});

describe('hostile values', () => {
  test.each<[string, Said['start'], string]>([
    [
      'line breaks and NUL in a value',
      { responseHeaders: [['X', 'a\r\nSet-Cookie: b\r\n\r\n<script>\0']] },
      'HTTP/1.1 200 OK\r\nX: a  Set-Cookie: b    <script> \r\n\r\n',
    ],
    [
      'line breaks, spaces and colons in a name',
      { responseHeaders: [['X: y\r\nA', 'v'] as const, ['', 'w'] as const].map(([n, v]) => [n, v]) },
      'HTTP/1.1 200 OK\r\nX__y__A: v\r\n_: w\r\n\r\n',
    ],
    [
      'pseudo-fields',
      { responseHeaders: [[':status', '200']] },
      'HTTP/1.1 200 OK\r\nX-Holdfast-Fields-Left-Out: 0\r\n\r\n',
    ],
    [
      'a status text',
      { statusText: 'Fine\r\n\r\nbody', responseHeaders: [['X', 'y']] },
      'HTTP/1.1 200 Fine    body\r\nX: y\r\n\r\n',
    ],
    ['a status', { status: 1e9, responseHeaders: [['X', 'y']] }, 'HTTP/1.1 999 OK\r\nX: y\r\n\r\n'],
    [
      'bytes over ASCII stay bytes; characters over them are UTF-8; a lone surrogate is U+FFFD',
      {
        responseHeaders: [
          ['A', 'caf\u00e9 \u0080'],
          ['B', '渡'],
          ['C', '\ud800'],
        ],
      },
      'HTTP/1.1 200 OK\r\nA: caf\u00e9 \u0080\r\nB: \u00e6\u00b8\u00a1\r\nC: \u00ef\u00bf\u00bd\r\n\r\n',
    ],
  ])('%s', async (_, start, expected) => {
    const { head, answer, records, judged } = await answerTo({ body: 'the body', start: start ?? {} });
    expect(head).toBe(expected);
    expect(bodyOf(answer).toString()).toBe('the body');
    expect([types(records), judged.wrong]).toEqual([['response', 'request'], []]);
  });

  test('a request', async () => {
    const { records } = await answerTo(
      {
        start: {
          method: 'GET / HTTP/1.1\r\nX:',
          requestHeaders: [
            ['Host', 'a\r\nb'],
            [':authority', 'c'],
          ],
        },
      },
      'https://ferry.test/a b\r\n?c=d#e',
    );
    expect(records[1]?.block.toString()).toBe('GET___HTTP_1.1__X_ /a%20b?c=d HTTP/1.1\r\nHost: a  b\r\n\r\n');
    expect(records[1]?.record.targetUri).toBe('https://ferry.test/a%20b%0D%0A?c=d');
  });

  test('a header larger than any browser takes: the rest is left out, and counted', async () => {
    const responseHeaders = Array.from({ length: 9 }, (_, i): [string, string] => [
      `X-${i}`,
      'v'.repeat(60_000),
    ]);
    const { head, answer, account } = await answerTo({ body: 'the body', start: { responseHeaders } });
    expect(head.length).toBeLessThan(400_000);
    expect(head).toMatch(/\r\nX-Holdfast-Fields-Left-Out: 3\r\n\r\n$/);
    expect([bodyOf(answer).toString(), account.warnings]).toEqual(['the body', []]);
  });

  test('addresses', () => {
    expect(targetUri('https://a.test/x?q={|}%20é 渡\0\n\ud800#part', null)).toBe(
      'https://a.test/x?q={|}%20%C3%A9%20%E6%B8%A1%00%0A%EF%BF%BD',
    );
    expect(targetUri('DATA:text/plain,hello', sha256('hello'))).toBe(
      'ni:///sha-256;LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ',
    );
    const long = `https://a.test/${'x'.repeat(70_000)}`;
    expect(targetUri(long, null)).toBe(
      `ni:///sha-256;${Buffer.from(sha256(long), 'hex').toString('base64url')}`,
    );
  });
});

describe('bodies stand once', () => {
  const revisited = async (...said: Said[]) => {
    const file = await written(said.map((one, n) => exchange(n, `https://ferry.test/${n}`, one)));
    const { records, account } = await readAll(file);
    expect((await checkedByWarcio(file)).wrong).toEqual([]);
    expect([account.damagedCount, account.warnings]).toEqual([0, []]);
    return records.filter(({ record }) => record.type !== 'request');
  };
  const post = { method: 'POST' };

  test('the second answer with the same body refers to the first', async () => {
    const [first, second] = await revisited({ body: 'same' }, { body: 'same', start: { status: 404 } });
    if (first === undefined || second === undefined) throw new Error('two records were expected');
    expect([second.record.type, bodyOf(second).length, second.record.http?.status]).toEqual([
      'revisit',
      0,
      404,
    ]);
    expect(field(second, 'WARC-Profile')).toBe(
      'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
    );
    expect(field(second, 'WARC-Refers-To')).toBe(`<${first.record.id}>`);
    expect(field(second, 'WARC-Refers-To-Target-URI')).toBe(first.record.targetUri);
    expect(field(second, 'WARC-Refers-To-Date')).toBe(first.record.date);
    expect(field(second, 'WARC-Payload-Digest')).toBe(`sha256:${sha256('same')}`);
  });

  test.each<[string, Said[], string[]]>([
    ['empty bodies are no bodies', [{ body: '' }, { body: '' }], ['response', 'response']],
    [
      'replay does not find the body of an answer to POST: the next one is written, the one after refers to it',
      [{ body: 'a', start: post }, { body: 'a' }, { body: 'a', start: post }],
      ['response', 'response', 'revisit'],
    ],
    [
      'nor that of an error',
      [{ body: 'a', start: { status: 500 } }, { body: 'a' }],
      ['response', 'response'],
    ],
    [
      'what came out of a cache is no answer of a server',
      [
        { body: 'a', start: { from: 'memory-cache' } },
        { body: 'a' },
        { body: 'a', start: { from: 'disk-cache' } },
      ],
      ['resource', 'response', 'revisit'],
    ],
  ])('%s', async (_, said, expected) => {
    expect(types(await revisited(...said))).toEqual(expected);
  });
});

test.each([
  ['blob:https://ferry.test/1-2', 'text/html; charset=windows-1256', 'text/html; charset=windows-1256'],
  ['data:text/plain,x', 'text/plain;charset="a b"', 'text/plain'],
  ['about:srcdoc', 'no type\r\nat all', 'application/octet-stream'],
])('what no server answered is a resource: %s', async (address, type, expected) => {
  const { answer, records, judged } = await answerTo({ body: 'x', type, start: { from: 'other' } }, address);
  expect([types(records), answer.record.contentType]).toEqual([['resource'], expected]);
  expect([field(answer, 'X-Holdfast-Answered-By'), field(answer, 'WARC-IP-Address')]).toEqual([
    'other',
    null,
  ]);
  expect([answer.block.toString(), judged.wrong]).toEqual(['x', []]);
});

test('a request body, and one that was cut', async () => {
  const sent = Buffer.from('a=1\r\n\r\n\0');
  const start = { method: 'POST', requestBody: sent.toString('base64') };
  for (const [requestBodySize, truncated] of [
    [sent.length, null],
    [2_000_000, 'length'],
  ] as const) {
    const { records, judged } = await answerTo({ start: { ...start, requestBodySize } });
    const request = records[1];
    if (request === undefined) throw new Error('a request was expected');
    expect([bodyOf(request), field(request, 'WARC-Truncated'), judged.wrong]).toEqual([sent, truncated, []]);
  }
});

test.each([
  ['fewer bytes', { size: 9 }],
  ['more bytes', { size: 2 }],
  ['other bytes', { sha256: sha256('other') }],
])('a body that is not what it is said to be: %s', async (_, wrong) => {
  await expect(written([exchange(0, url, { body: { ...stored('body'), ...wrong } })])).rejects.toMatchObject({
    code: 'archive-damaged',
  });
});

test('ids are version 7 UUIDs, made of the capture, the name and the time', () => {
  const id = recordId(captureId, '7/answer', '2026-03-04T09:30:00.000Z');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 2, 4, 9, 30));
  expect(recordId(captureId, '7/answer', '2026-03-04T09:30:00.000Z')).toBe(id);
  expect(recordId(captureId, '8/answer', '2026-03-04T09:30:00.000Z')).not.toBe(id);
});

test('whatever stands in fields, addresses and bodies comes back, byte for byte, and begins no record', async () => {
  const nasty = fc.constantFrom(
    '\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n',
    '\n\n',
    '\r',
    '\0',
    ': ',
    '\u00ff',
  );
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), nasty, fc.string({ maxLength: 40 }));
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    nasty.map((one) => Buffer.from(one)),
    fc.constant(null),
  );
  const one = fc.record({
    path: text,
    status: fc.integer({ min: 100, max: 599 }),
    statusText: text,
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'HEAD'), text),
    responseHeaders: fc.array(fc.tuple(text, text), { maxLength: 8 }),
    requestHeaders: fc.array(fc.tuple(text, text), { maxLength: 8 }),
    body,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), async (said) => {
      const exchanges = said.map(({ path, body: held, ...start }, n) =>
        exchange(n, `https://ferry.test/${path}`, { body: held, start }),
      );
      const file = await written(exchanges);
      const { records, account } = await readAll(file);
      expect([account.damagedCount, account.bytes]).toEqual([0, file.length]);
      const answers = records.filter(({ record }) => record.type !== 'request');
      expect([answers.length, records.length]).toEqual([said.length, 2 * said.length]);
      for (const [n, answer] of answers.entries()) {
        const expected = Buffer.from(said[n]?.body ?? []);
        expect(answer.record.http?.status).toBe(said[n]?.status);
        expect(field(answer, 'WARC-Payload-Digest')).toBe(`sha256:${sha256(expected)}`);
        if (answer.record.type === 'response') expect(bodyOf(answer)).toEqual(expected);
        expect(answer.end.blockDigest).toBe('ok');
      }
      expect((await checkedByWarcio(file)).wrong).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
