import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import type { StoredBody } from '../../../evidence/warc/write.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { codes, readAll } from '../warc/reading.ts';
import { checkedByWarcio, indexedByWarcio } from './judges.ts';
import { exchange, gathered, plan, sha256, stored } from './plan.ts';

const board = 'https://www.board.test';
const question = '{"post":7}';

const exchanges = [
  exchange(0, `${board}/`, {
    body: null,
    start: { status: 301, responseHeaders: [['Location', '/posts/7']] },
  }),
  exchange(1, `${board}/posts/7`, { body: '<p>The ferry did not run.', type: 'text/html; charset=utf-8' }),
  exchange(2, `${board}/Photo.PNG?b=2&a=1`, {
    body: Buffer.from([137, 80, 78, 71, 0, 255]),
    type: 'image/png',
  }),
  exchange(3, 'https://media.test/copy', { body: Buffer.from([137, 80, 78, 71, 0, 255]), type: 'image/png' }),
  exchange(4, `${board}/api`, {
    body: '{"likes":12}',
    type: 'application/json',
    start: {
      method: 'POST',
      requestHeaders: [['content-type', 'application/json']],
      requestBody: Buffer.from(question).toString('base64'),
      requestBodySize: question.length,
    },
  }),
  exchange(5, `${board}/posts/7`, { body: null, start: { status: 304, responseHeaders: [['ETag', '"7"']] } }),
  exchange(6, 'data:text/plain,x', { body: 'x', start: { from: 'other' } }),
  exchange(7, `${board}/gone`, { body: '', start: { status: 204, responseHeaders: [['Server', 's']] } }),
  exchange(8, `${board}/late`, { body: 'hal', end: { body: 'truncated' }, type: 'text/plain' }),
];

const pages = [
  {
    id: 'p1',
    url: `${board}/posts/7`,
    ts: '2026-03-04T09:30:00.101Z',
    title: 'Ferry \ud83d',
    text: 'The ferry\ndid not run. \u2028',
  },
];

async function unpacked(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const source = memorySource(bytes);
  const files = new Map<string, Buffer>();
  for (const entry of (await openZip(source)).entries)
    files.set(entry.name, await gathered(contentOf(source, entry, nodeCrc32)));
  return files;
}

/** The WACZ of the board, unpacked by our own zip reader, which accepts one form only. */
async function boardWacz() {
  const wacz = await writeWacz(plan(exchanges, { pages, title: 'Board' }));
  const bytes = await gathered(wacz.bytes());
  const files = await unpacked(bytes);
  const file = (name: string) => files.get(name) ?? Buffer.from('missing');
  const lines = (name: string) => file(name).toString().trimEnd().split('\n');
  return { wacz, bytes, files, file, lines };
}

const indexed = z.object({
  offset: z.string(),
  length: z.string(),
  recordDigest: z.string(),
  url: z.string(),
});
const described = z.object({
  resources: z.array(z.object({ name: z.string(), path: z.string(), hash: z.string(), bytes: z.number() })),
});

describe('the file', () => {
  test('has the parts of WACZ 1.1.1, in one order, and the size that was said before', async () => {
    const { wacz, bytes, files } = await boardWacz();
    expect([...files.keys()]).toEqual([
      'archive/data.warc',
      'indexes/index.cdxj',
      'pages/pages.jsonl',
      'datapackage.json',
      'datapackage-digest.json',
    ]);
    expect(bytes.length).toBe(wacz.size);
  });

  test('is accepted by unzip, and its resources by sha256sum', async () => {
    const { bytes, file } = await boardWacz();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'board.wacz'), bytes);
    expect(execFileSync('unzip', ['-t', 'board.wacz'], { cwd: folder }).toString()).toContain('No errors');
    execFileSync('unzip', ['-q', 'board.wacz'], { cwd: folder });
    const { resources } = described.parse(JSON.parse(file('datapackage.json').toString()));
    const digest = z
      .object({ path: z.literal('datapackage.json'), hash: z.string() })
      .parse(JSON.parse(file('datapackage-digest.json').toString()));
    const list = [...resources, digest].map(({ hash, path }) => `${hash.replace('sha256:', '')}  ${path}\n`);
    const checked = execFileSync('sha256sum', ['--strict', '-c'], { cwd: folder, input: list.join('') });
    expect(checked.toString().match(/: OK/g)).toHaveLength(4);
    expect(resources.map(({ name, bytes: size }) => [name, size])).toEqual([
      ['data.warc', file('archive/data.warc').length],
      ['index.cdxj', file('indexes/index.cdxj').length],
      ['pages.jsonl', file('pages/pages.jsonl').length],
    ]);
  });

  test('is the same for the same plan', async () => {
    const [one, other] = [await boardWacz(), await boardWacz()];
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(one.wacz.bodies).toEqual(other.wacz.bodies);
    const again = await gathered(one.wacz.bytes());
    expect(again.equals(one.bytes)).toBe(true);
  });

  test('says what it is and where to begin', async () => {
    const { file, lines } = await boardWacz();
    expect(JSON.parse(file('datapackage.json').toString())).toMatchObject({
      profile: 'data-package',
      wacz_version: '1.1.1',
      title: 'Board',
      software: 'Holdfast 0.1.0',
      created: '2026-03-04T09:31:00.000Z',
      mainPageUrl: `${board}/posts/7`,
      mainPageDate: '2026-03-04T09:30:00.101Z',
    });
    expect(lines('pages/pages.jsonl').map((line): unknown => JSON.parse(line))).toEqual([
      { format: 'json-pages-1.0', id: 'pages', title: 'All Pages', hasText: true },
      { ...pages[0], title: 'Ferry \ufffd' },
    ]);
  });

  test.each(['1601-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'])(
    'a clock that is far off, %s, does not make it fail',
    async (created) => {
      const wacz = await writeWacz(plan(exchanges, { created }));
      const files = await unpacked(await gathered(wacz.bytes()));
      expect(files.get('datapackage.json')?.toString()).toContain(created);
    },
  );

  test('without pages and exchanges', async () => {
    const files = await unpacked(await gathered((await writeWacz(plan([]))).bytes()));
    expect(files.get('indexes/index.cdxj')).toHaveLength(0);
    expect(files.get('pages/pages.jsonl')?.toString()).toContain('"hasText":false');
  });
});

test('every body that was recorded lies where it is said to lie', async () => {
  const { wacz, bytes } = await boardWacz();
  const held = exchanges.filter(({ body }) => body !== null);
  expect(wacz.bodies.map(({ n }) => n)).toEqual(held.map(({ start }) => start.n));
  const found = wacz.bodies.map(({ offset, length }) => sha256(bytes.subarray(offset, offset + length)));
  expect(found).toEqual(held.map(({ body }) => body?.sha256));
  const [photo, copy] = [2, 3].map((n) => wacz.bodies.find((place) => place.n === n)?.offset);
  expect(photo).toBe(copy);
});

describe('the WARC file', () => {
  test('is whole for our reader and for warcio', async () => {
    const { file } = await boardWacz();
    const warc = file('archive/data.warc');
    const { account, records } = await readAll(warc);
    const counted = { warcinfo: 1, response: 7, revisit: 1, resource: 1, request: 8 };
    expect(account).toMatchObject({ records: counted, damagedCount: 0, stopped: null, bytes: warc.length });
    expect(codes(account)).toEqual(['warc-truncated']);
    expect(records.every(({ end }) => end.blockDigest === 'ok')).toBe(true);
    expect(await checkedByWarcio(warc)).toEqual({ records: counted, wrong: [] });
  });

  test('begins with what wrote it, and names no machine and no user', async () => {
    const { file } = await boardWacz();
    const [info] = (await readAll(file('archive/data.warc'))).records;
    expect(info?.block.toString()).toBe(
      [
        'software: Holdfast 0.1.0',
        'format: WARC File Format 1.1',
        'conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
        'isPartOf: urn:uuid:0198b1c2-7a10-7c3e-9f00-5d2c8e1a4b6f',
        'robots: ignore',
        'description: Bodies are stored after transfer and content decoding; header fields that described the codings stand under x-orig- names.',
        '',
      ].join('\r\n'),
    );
  });
});

describe('the index', () => {
  test('is sorted by bytes, and each line points at its record', async () => {
    const { file, lines } = await boardWacz();
    const warc = file('archive/data.warc');
    const found = lines('indexes/index.cdxj');
    const sorted = execFileSync('sort', { input: file('indexes/index.cdxj'), env: { LC_ALL: 'C' } });
    expect(sorted.equals(file('indexes/index.cdxj'))).toBe(true);
    expect(found.map((line) => line.slice(0, line.indexOf(' {')))).toEqual([
      'test,board)/ 20260304093000100',
      `test,board)/api?__wb_method=post&post=7 20260304093000104`,
      'test,board)/gone 20260304093000107',
      'test,board)/late 20260304093000108',
      'test,board)/photo.png?a=1&b=2 20260304093000102',
      'test,board)/posts/7 20260304093000101',
      'test,media)/copy 20260304093000103',
    ]);
    for (const line of found) {
      const { offset, length, recordDigest, url } = indexed.parse(JSON.parse(line.slice(line.indexOf('{'))));
      const record = warc.subarray(Number(offset), Number(offset) + Number(length));
      expect(record.toString('latin1')).toMatch(/^WARC\/1\.1\r\nWARC-Type: re(sponse|visit)\r\n/);
      expect(record.toString('latin1')).toContain(`\r\nWARC-Target-URI: ${url}\r\n`);
      expect(recordDigest).toBe(`sha256:${sha256(record)}`);
    }
  });

  test('says what warcio says of the same file', async () => {
    const { file, lines } = await boardWacz();
    const theirs = await indexedByWarcio(file('archive/data.warc'), 'data.warc');
    const ours = new Map<string, unknown>();
    for (const line of lines('indexes/index.cdxj')) {
      const {
        recordDigest: _,
        digest,
        ...fields
      } = z
        .looseObject({ recordDigest: z.string(), digest: z.string(), status: z.coerce.number() })
        .extend({ offset: z.coerce.number(), length: z.coerce.number(), mime: z.string() })
        .parse(JSON.parse(line.slice(line.indexOf('{'))));
      // warcio leaves out the two line breaks that end a record.
      const mime = fields.mime === 'unk' ? undefined : fields.mime;
      ours.set(String(fields.offset), {
        ...fields,
        mime,
        digest: digest.replace('sha256:', ''),
        length: fields.length - 4,
      });
    }
    const comparable = new Map<string, unknown>();
    for (const [offset, entry] of theirs) {
      const fields = z.looseObject({ timestamp: z.string(), mime: z.string().nullish() }).parse(entry);
      const { timestamp: _, ...rest } = fields;
      // Data addresses and such are no part of our index.
      if (/^https?:/.test(String(rest.url)))
        comparable.set(offset, { ...rest, mime: rest.mime ?? undefined });
    }
    expect(ours).toEqual(comparable);
  });
});

/** A body that is made anew each time, in one piece of memory that is overwritten. */
function made(size: number): StoredBody {
  const piece = Buffer.alloc(1024 * 1024, 'film ');
  function* open() {
    for (let at = 0; at < size; at += piece.length) {
      piece.writeUInt32LE(at);
      yield piece.subarray(0, size - at);
    }
  }
  const hash = createHash('sha256');
  for (const part of open()) hash.update(part);
  return { size, sha256: hash.digest('hex'), open };
}

test('50 MB stream through, and nearly nothing is added to them', async () => {
  const size = 50_000_000;
  const film = made(size);
  const wacz = await writeWacz(
    plan([
      ...exchanges,
      exchange(9, `${board}/film`, { body: film, type: 'video/mp4' }),
      exchange(10, 'https://media.test/film', { body: film, type: 'video/mp4' }),
    ]),
  );
  const bodies = 2 * 6 + size + 100;
  expect(wacz.size).toBeLessThan(1.05 * bodies);
  expect(wacz.size - size).toBeLessThan(25_000);
  const before = process.memoryUsage().rss;
  let most = 0;
  let written = 0;
  for await (const piece of wacz.bytes()) {
    written += piece.length;
    most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(written).toBe(wacz.size);
  expect(most).toBeLessThan(40 * 1024 * 1024);
});

describe('what is not the same when it is read again', () => {
  test('a body whose bytes changed: found out before the index is written', async () => {
    let reading = 0;
    const changing = { ...stored('one!'), open: () => [Buffer.from(reading++ === 0 ? 'one!' : 'two!')] };
    const wacz = await writeWacz(plan([exchange(0, `${board}/`, { body: changing })]));
    await expect(gathered(wacz.bytes())).rejects.toMatchObject({ code: 'archive-damaged' });
  });

  test('an exchange that is gone', async () => {
    let asked = 0;
    const wacz = await writeWacz(
      plan([], { exchanges: () => (asked++ === 0 ? exchanges : exchanges.slice(1)) }),
    );
    await expect(gathered(wacz.bytes())).rejects.toMatchObject({ code: 'archive-damaged' });
  });

  test('a body that is not what the plan says, before a byte is written', async () => {
    const body = { ...stored('one'), sha256: sha256('two') };
    await expect(writeWacz(plan([exchange(0, `${board}/`, { body })]))).rejects.toMatchObject({
      code: 'archive-damaged',
    });
  });
});
