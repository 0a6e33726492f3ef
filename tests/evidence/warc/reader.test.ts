import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WARCParser } from 'warcio';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { compressed, record, request, response, warcinfo } from '../../support/page-fixtures/warc.ts';
import { codes, collected, readAll } from './reading.ts';

const fixture = readFileSync(
  join(import.meta.dirname, '..', '..', 'fixtures', 'pages', 'ferry-board.warc.gz'),
);
const url = 'https://ferry.test/a';
const parts = [
  warcinfo(),
  response({ url, id: 2, headers: [['Content-Type', 'text/plain']], body: 'one\r\n\r\ntwo' }),
  request(url, 3),
];

describe('the fixture', () => {
  test('every record, every byte, every digest', async () => {
    const { records, account } = await readAll(fixture);
    expect(account).toEqual({
      records: { warcinfo: 1, response: 3, request: 3 },
      total: 7,
      bytes: fixture.length,
      compression: 'records',
      damaged: [],
      damagedCount: 0,
      warnings: [],
      stopped: null,
    });
    let at = 0;
    for (const { record: one, end } of records) {
      expect(one.offset).toBe(at);
      at += end.length ?? Number.NaN;
      const declared = one.type === 'response' ? 'ok' : 'not-declared';
      expect([end.blockDigest, end.payloadDigest]).toEqual([declared, declared]);
    }
    expect(at).toBe(fixture.length);
  });

  test('a second reader finds the same records and payloads', async () => {
    const { records } = await readAll(fixture);
    const theirs: [string, string | null | undefined, string][] = [];
    for await (const one of new WARCParser(inChunks(fixture))) {
      const payload = await one.readFully(false);
      theirs.push([one.warcType, one.warcTargetURI, Buffer.from(payload).toString('hex')]);
    }
    const ours = records.map(({ record: one, block }) => [
      one.type,
      one.targetUri,
      block.subarray(one.http?.length ?? 0).toString('hex'),
    ]);
    expect(ours).toEqual(theirs);
  });
});

describe('containers', () => {
  test.each([
    ['none', Buffer.concat(parts)],
    ['records', compressed(parts)],
    ['whole', gzipSync(Buffer.concat(parts))],
    ['mixed', Buffer.concat([compressed(parts.slice(0, 1)), ...parts.slice(1)])],
  ])('%s: the same blocks, in chunks of any size', async (compression, file) => {
    for (const size of [1, 7, 100_000]) {
      const { records, account } = await readAll(file, size);
      expect(account).toMatchObject({ compression, total: 3, bytes: file.length, damagedCount: 0 });
      expect(records.map(({ record: one }) => one.type)).toEqual(['warcinfo', 'response', 'request']);
      expect(records[1]?.block.toString('latin1')).toMatch(
        /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\none\r\n\r\ntwo$/s,
      );
      expect(codes(account)).toEqual(compression === 'whole' ? ['warc-whole-file-gzip'] : []);
    }
  });

  test('plain offsets and lengths cut the file into its records', async () => {
    const file = Buffer.concat(parts);
    const { records } = await readAll(file);
    expect(
      records.map(({ record: one, end }) => file.subarray(one.offset, one.offset + (end.length ?? 0))),
    ).toEqual(parts);
  });

  test('records that share a member have no length of their own', async () => {
    const { records } = await readAll(gzipSync(Buffer.concat(parts)));
    expect(records.map(({ record: one, end }) => [one.offset, one.offsetInMember, end.length])).toEqual([
      [0, 0, null],
      [0, parts[0]?.length, null],
      [0, (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0), null],
    ]);
  });

  test('members with names, comments, extra fields and header checksums', async () => {
    const plain = gzipSync(parts[0] ?? '');
    const rich = Buffer.concat([
      plain.subarray(0, 3),
      Buffer.from([2 | 4 | 8 | 16]),
      plain.subarray(4, 10),
      Buffer.from([4, 0, 1, 2, 3, 4]),
      Buffer.from('name\0comment\0'),
      Buffer.from([0, 0]),
      plain.subarray(10),
    ]);
    const { account } = await readAll(Buffer.concat([rich, plain]));
    expect(account).toMatchObject({ total: 2, damagedCount: 0 });
  });

  test('an empty file has no records', async () => {
    expect((await readAll(new Uint8Array())).account).toMatchObject({ total: 0, bytes: 0, damagedCount: 0 });
  });
});

describe('headers', () => {
  const odd = record({
    type: 'Response',
    version: 'WARC/1.0',
    headers: [
      ['WARC-Target-URI', '<https://ferry.test/ä?q=1>'],
      ['WARC-Concurrent-To', '<urn:a>'],
      ['warc-concurrent-to', '<urn:b>'],
      ['X-Folded', 'one\r\n two'],
      ['X-Empty', ''],
      ['__proto__', 'x'],
      ['Content-Type', 'application/http;msgtype=response'],
    ],
    block: 'HTTP/1.0 404 Not  Here\nServer: a\nServer: b\n\nbody',
  });

  test('order, case, repetition, folding and foreign letters are kept', async () => {
    const [first] = (await readAll(odd)).records;
    expect(first?.record).toMatchObject({
      version: 'WARC/1.0',
      type: 'response',
      targetUri: 'https://ferry.test/ä?q=1',
    });
    expect(first?.record.headers.slice(2, -1)).toEqual([
      ['WARC-Concurrent-To', '<urn:a>'],
      ['warc-concurrent-to', '<urn:b>'],
      ['X-Folded', 'one two'],
      ['X-Empty', ''],
      ['__proto__', 'x'],
      ['Content-Type', 'application/http;msgtype=response'],
    ]);
    expect(first?.record.http).toMatchObject({
      status: 404,
      statusText: 'Not  Here',
      headers: [
        ['Server', 'a'],
        ['Server', 'b'],
      ],
    });
    expect(first?.end.warnings.map(({ code }) => code)).toEqual(['warc-header-unusual']);
  });

  test('types that the standard does not name are counted together', async () => {
    const file = Buffer.concat(['__proto__', 'constructor', 'x'].map((type) => record({ type, block: 'a' })));
    expect((await readAll(file)).account.records).toEqual({ other: 3 });
  });

  test('what a revisit or a segment declares of a payload elsewhere is not checked', async () => {
    const payload: readonly [string, string] = [
      'WARC-Payload-Digest',
      'sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    ];
    const file = Buffer.concat([
      record({
        type: 'revisit',
        headers: [payload, ['Content-Type', 'application/http']],
        block: 'HTTP/1.1 200 OK\r\n\r\n',
      }),
      record({ type: 'response', headers: [payload, ['WARC-Segment-Number', '1']], block: 'a' }),
      record({ type: 'resource', headers: [payload], block: 'a' }),
    ]);
    const { records, account } = await readAll(file);
    expect(records.map(({ end }) => end.payloadDigest)).toEqual([
      'not-checkable',
      'not-checkable',
      'differs',
    ]);
    expect(codes(account)).toEqual(['warc-not-joined', 'warc-digest-differs']);
  });
});

describe('one record at a time', () => {
  test('what the caller leaves unread is read and checked', async () => {
    const reader = new WarcReader(inChunks(compressed(parts), 11));
    const ends: string[] = [];
    for await (const one of reader.records()) {
      if (one.type === 'response') {
        for await (const piece of one.payload()) {
          expect(piece.length).toBeGreaterThan(0);
          break;
        }
      }
      ends.push((await one.finish()).blockDigest);
    }
    expect(ends).toEqual(['not-declared', 'ok', 'not-declared']);
    expect(reader.account.total).toBe(3);
  });

  test('a record cannot be read twice', async () => {
    for await (const one of new WarcReader(inChunks(Buffer.concat(parts))).records()) {
      await collected(one.block());
      await expect(collected(one.payload())).rejects.toThrow('read twice');
    }
  });

  test('a record far larger than memory may grow streams through', async () => {
    const size = 512 * 1024 * 1024;
    const piece = Buffer.alloc(1024 * 1024, 'x');
    async function* file() {
      yield record({ type: 'resource', block: '', contentLength: size, ending: '' });
      for (let sent = 0; sent < size; sent += piece.length) yield piece;
      yield Buffer.from('\r\n\r\n');
    }
    const before = process.memoryUsage().rss;
    let most = 0;
    let read = 0;
    const reader = new WarcReader(file());
    for await (const one of reader.records()) {
      for await (const chunk of one.payload()) {
        read += chunk.length;
        if (read % (64 * 1024 * 1024) === 0) most = Math.max(most, process.memoryUsage().rss - before);
      }
    }
    expect([read, reader.account.damagedCount]).toEqual([size, 0]);
    expect(most).toBeLessThan(200 * 1024 * 1024);
  });

  test('an error of the file itself comes out', async () => {
    async function* failing() {
      yield compressed(parts).subarray(0, 300);
      throw new Error('the disk is gone');
    }
    const reader = new WarcReader(failing());
    await expect(collected(reader.records())).rejects.toThrow('the disk is gone');
  });
});

test('any records come back exactly, compressed or not', async () => {
  const block = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.constantFrom('\r\n\r\nWARC/1.0\r\n', 'WARC/1.1\r\n', '\x1f\x8b\x08'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 5000 }),
      async (blocks, gzip, size) => {
        const records = blocks.map((one) => record({ type: 'resource', block: Buffer.from(one) }));
        const file = gzip ? compressed(records) : Buffer.concat(records);
        const { records: read, account } = await readAll(file, size);
        expect(read.map((one) => one.block)).toEqual(blocks.map((one) => Buffer.from(one)));
        expect(account).toMatchObject({
          total: blocks.length,
          damagedCount: 0,
          warnings: [],
          bytes: file.length,
        });
      },
    ),
    { numRuns: 60 },
  );
});
