/** WACZ files of others against their own hashes, records, index and pages. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certificatesOf } from '../../../evidence/wacz/signed-data.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { compressed, record, response } from '../../support/page-fixtures/warc.ts';
import {
  check,
  crawl,
  type Files,
  indexLine,
  notSigned,
  page,
  pagesFile,
  pageUrl,
  plain,
  records,
  said,
  wacz,
} from './foreign-wacz.ts';
import { exchange, gathered, plan } from './plan.ts';

describe('whole', () => {
  test.each([
    ['compressed, as crawlers write it', crawl()],
    ['not compressed', plain()],
  ])('%s', async (_, files) => {
    const answer = await check(await wacz(files));
    expect(said(answer)).toEqual(notSigned);
    expect(answer).toMatchObject({ verdict: 'consistent', signer: null, software: 'an invented crawler' });
  });

  test('one that Holdfast wrote', async () => {
    const exchanges = [exchange(0, pageUrl, { body: '<p>x', type: 'text/html' })];
    const pages = [{ id: 'p', url: pageUrl, ts: '2026-03-04T09:30:00.000Z', title: null, text: null }];
    const written = await writeWacz(plan(exchanges, { pages }));
    expect(said(await check(await gathered(written.bytes())))).toEqual(notSigned);
  });

  test('without what Node has: the answer is the same', async () => {
    const nothing = { crc32: undefined, warc: undefined, gunzip: undefined };
    expect(said(await check(await wacz(plain()), nothing))).toEqual(notSigned);
    const bytes = await wacz(crawl());
    expect(await check(bytes, nothing)).toEqual(await check(bytes));
  });
});

/** What js-wacz before 0.2.0 stated: every piece of 64 KiB taken in twice. */
function hashedTwice(bytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += 65_536) {
    const piece = bytes.subarray(at, at + 65_536);
    hash.update(piece).update(piece);
  }
  return `sha256:${hash.digest('hex')}`;
}

describe('hashes of js-wacz before 0.2.0', () => {
  const large = response({ url: 'https://ferry.test/film', id: 9, body: Buffer.alloc(200_000, 7) });
  const files = { ...plain(), 'archive/data.warc': Buffer.concat([...records, large]) };
  const path = 'archive/data.warc';

  test('are recognised, and said', async () => {
    const bytes = await wacz(files, { hashes: { [path]: hashedTwice(files[path]) } });
    const answer = await check(bytes);
    expect(said(answer)).toEqual({ ...notSigned, resources: 'ok resource-hashed-twice' });
    expect(answer.steps.find(({ step }) => step === 'resources')?.message).toContain('js-wacz');
  });

  test('a changed file is changed by both ways of counting', async () => {
    const other = Buffer.from(files[path]);
    other[150_000] = 8;
    const bytes = await wacz(files, { hashes: { [path]: hashedTwice(other) } });
    expect(said(await check(bytes))).toMatchObject({ resources: 'failed file-changed' });
  });
});

const start = records[0]?.length ?? 0;
const index = (offset: number, more: object = {}) => ({
  ...plain(),
  'indexes/index.cdxj': indexLine('data.warc', offset, page, more),
});
const damaged = Buffer.concat(records);
damaged[damaged.indexOf('did not run')] = 0x44;

describe('what does not hold', () => {
  test.each<[string, Promise<Buffer>, string, string]>([
    ['no zip file', Promise.resolve(Buffer.from('words '.repeat(20))), 'container', 'failed not-a-zip'],
    [
      'a changed file',
      wacz(plain(), { hashes: { 'pages/pages.jsonl': `sha256:${'0'.repeat(64)}` } }),
      'resources',
      'failed file-changed',
    ],
    [
      'a hash in another form',
      wacz(plain(), { hashes: { 'pages/pages.jsonl': 'md5:00' } }),
      'resources',
      'failed hash-unknown',
    ],
    [
      'a missing file',
      wacz(plain(), {
        description: {
          resources: [{ path: 'archive/gone.warc', hash: `sha256:${'0'.repeat(64)}`, bytes: 1 }],
        },
      }),
      'resources',
      'failed file-missing',
    ],
    [
      'another size',
      wacz(plain(), {
        description: {
          resources: [{ path: 'pages/pages.jsonl', hash: `sha256:${'0'.repeat(64)}`, bytes: 1 }],
        },
      }),
      'resources',
      'failed size-differs',
    ],
    [
      'nothing listed',
      wacz(plain(), { description: { resources: [] } }),
      'resources',
      'failed nothing-listed',
    ],
    [
      'a file nobody lists',
      wacz(plain(), { unlisted: { 'archive/more.warc': page } }),
      'unlisted-files',
      'failed file-unlisted',
    ],
    [
      'a description that is none',
      wacz(plain(), { description: { resources: 'none' } }),
      'package',
      'failed package-unreadable',
    ],
    [
      'a digest of another description',
      wacz(plain(), { digest: { hash: `sha256:${'0'.repeat(64)}` } }),
      'package',
      'failed package-changed',
    ],
    [
      'a digest file that is none',
      wacz(plain(), { digest: { hash: 7 } }),
      'package',
      'failed digest-unreadable',
    ],
    [
      'a record with another digest than it says',
      wacz({ ...plain(), 'archive/data.warc': damaged }),
      'records',
      'failed record-digest-differs',
    ],
    [
      'a WARC file that is none',
      wacz({ ...plain(), 'archive/data.warc': 'words' }),
      'records',
      'failed warc-damaged',
    ],
    ['no WARC file', wacz({ 'pages/pages.jsonl': pagesFile() }), 'records', 'failed no-warc'],
    [
      'an index line that is none',
      wacz({ ...plain(), 'indexes/index.cdxj': 'words\n' }),
      'index',
      'failed index-unreadable',
    ],
    ['an index that points between records', wacz(index(start + 1)), 'index', 'failed index-no-record'],
    ['an index that points to another record', wacz(index(0)), 'index', 'failed index-other-record'],
    [
      'an index that says another address',
      wacz(index(start, { url: 'https://ferry.test/else' })),
      'index',
      'failed index-other-record',
    ],
    ['an index of another length', wacz(index(start, { length: 7 })), 'index', 'failed index-length'],
    [
      'an index of another file',
      wacz(index(start, { filename: 'else.warc' })),
      'index',
      'failed index-file-missing',
    ],
    [
      'an index with another record digest',
      wacz(index(start, { recordDigest: `sha256:${'0'.repeat(64)}` })),
      'index',
      'failed index-digest',
    ],
    [
      'a line without end',
      wacz({ ...plain(), 'indexes/index.cdxj': 'x'.repeat(5_000_000) }),
      'index',
      'failed too-long',
    ],
    [
      'a page that is none',
      wacz({ ...plain(), 'pages/pages.jsonl': '{"format":"json-pages-1.0"}\n[]\n' }),
      'pages',
      'failed page-unreadable',
    ],
    [
      'a page without a record',
      wacz({ ...plain(), 'pages/pages.jsonl': pagesFile('https://ferry.test/else') }),
      'pages',
      'not-known page-not-recorded',
    ],
    ['no index', wacz({ 'archive/data.warc': page }), 'index', 'not-present no-index'],
    ['no pages', wacz({ 'archive/data.warc': page }), 'pages', 'not-present no-pages'],
  ])('%s', async (_, bytes, step, answer) => {
    const checked = await check(await bytes);
    expect(said(checked)[step]).toBe(answer);
    expect(checked.verdict).toBe(answer.startsWith('failed') ? 'failed' : 'consistent');
  });

  test('no datapackage.json, and no digest of it', async () => {
    const bytes = await wacz(plain());
    for (const [name, answer] of [
      ['datapackage.json', 'failed file-missing'],
      ['datapackage-digest.json', 'not-known digest-missing'],
    ] as const) {
      const other = Buffer.from(bytes.toString('latin1').replaceAll(name, name.replace('d', 'D')), 'latin1');
      expect(said(await check(other)).package).toBe(answer);
    }
  });

  test('a compressed index cut short, and one that grows without end', async () => {
    const cut = gzipSync(indexLine('data.warc.gz', 0, page)).subarray(0, 30);
    expect(said(await check(await wacz({ ...crawl(), 'indexes/index.cdx.gz': cut }))).index).toBe(
      'failed compressed-damaged',
    );
    const bomb = gzipSync(Buffer.alloc(50_000_000, 120));
    expect(said(await check(await wacz({ ...crawl(), 'indexes/index.cdx.gz': bomb }))).index).toBe(
      'failed too-long',
    );
  });

  test('records that share one gzip member: the index can point to the first', async () => {
    const whole = compressed([Buffer.concat([page, record({ type: 'metadata', block: 'x' })])]);
    const files: Files = {
      'archive/data.warc.gz': whole,
      'indexes/index.cdxj': indexLine('data.warc.gz', 0, whole),
      'pages/pages.jsonl': pagesFile(),
    };
    expect(said(await check(await wacz(files)))).toEqual(notSigned);
  });
});

test('whatever is done to the bytes, the answer is a verdict, and never "consistent" for a changed file', async () => {
  const good = await wacz(plain());
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      const answer = await check(bytes);
      if (answer.verdict === 'failed') return;
      // Times, versions and notes of zip entries are covered by nothing.
      const before = await check(good);
      expect(said(answer)).toEqual(said(before));
    }),
    { numRuns: 150 },
  );
});

test('work that is cancelled is an error, and a source that breaks off too', async () => {
  const bytes = await wacz(plain());
  const controller = new AbortController();
  const progress = () => controller.abort();
  await expect(check(bytes, { signal: controller.signal, progress })).rejects.toMatchObject({
    code: 'cancelled',
  });
  let reads = 0;
  const source = {
    size: bytes.length,
    read: async (offset: number, length: number) => {
      reads += 1;
      if (reads > 4) throw new Error('the stick was pulled out');
      return bytes.subarray(offset, offset + length);
    },
  };
  await expect(check(bytes, { source })).rejects.toThrow('the stick was pulled out');
});

const real = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'wacz');
describe.skipIf(!existsSync(real))('real files', () => {
  test('of Scoop: whole and not signed', async () => {
    const answer = await check(readFileSync(join(real, 'example.com.wacz')));
    expect(said(answer)).toEqual(notSigned);
    expect(answer.verdict).toBe('consistent');
  });

  const bytes = () => readFileSync(join(real, 'valid_signed_example_1.wacz'));
  /** As `openssl dgst -verify`, `openssl verify -attime` and `openssl ts -verify` say of its parts. */
  test('of Browsertrix: signed for a domain, stamped by FreeTSA, both certificates expired since', async () => {
    const now = new Date('2026-11-28T00:00:00Z');
    const answer = await check(bytes(), { now });
    expect(said(answer)).toEqual({
      'signer-trust': 'not-known signer-not-named',
      'timestamp-trust': 'not-known authority-not-named',
    });
    expect(answer).toMatchObject({
      verdict: 'consistent',
      signer: { name: 'btrix-sign-test.webrecorder.net', notAfter: '2022-04-18T06:36:44.000Z' },
      signedAt: '2022-01-18T19:00:12.000Z',
    });
    const message = (name: string) => answer.steps.find(({ step }) => step === name)?.message;
    expect(message('signer-trust')).toContain('It was valid when it signed, and expired at 2022-04-18');
    expect(message('timestamp')).toContain(
      '"www.freetsa.org" stamped the signature: it existed no later than 2022-01-18T19:00:12.000Z, if that authority is to be believed. Its certificate, which was valid then, expired at 2026-03-11',
    );
  });

  test('with its authorities named it is trusted, each alone is not enough', async () => {
    const text = bytes().toString('latin1');
    expect(text).toContain('datapackage-digest.json');
    const { signed } = await signedDataOf(bytes());
    const [, , root] = certificatesOf(signed.domainCert);
    const [, tsaRoot] = certificatesOf(signed.timestampCert);
    const named = { trusted: [root?.der ?? new Uint8Array()], tsaRoots: [tsaRoot?.der ?? new Uint8Array()] };
    expect((await check(bytes(), named)).verdict).toBe('trusted');
    expect((await check(bytes(), { trusted: named.trusted })).verdict).toBe('consistent');
    expect((await check(bytes(), { tsaRoots: named.tsaRoots })).verdict).toBe('consistent');
  });
});

async function signedDataOf(
  bytes: Uint8Array,
): Promise<{ signed: { domainCert: string; timestampCert: string } }> {
  const { memorySource } = await import('../../../evidence/source/byte-source.ts');
  const { nodeCrc32 } = await import('../../../evidence/zip/crc32-node.ts');
  const { openPackage } = await import('../../../evidence/wacz/package-files.ts');
  const files = await openPackage(memorySource(bytes), nodeCrc32);
  const digest = await files.whole('datapackage-digest.json');
  return { signed: JSON.parse(Buffer.from(digest ?? []).toString()).signedData };
}
