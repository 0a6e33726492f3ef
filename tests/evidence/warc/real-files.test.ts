/** Real recordings, where this machine has them; the other tests of this folder cover the same ground without. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WARCParser } from 'warcio';
import { readExchange } from '../../../evidence/warc/exchange.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';

const data = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');

async function read(path: string) {
  const reader = new WarcReader(createReadStream(path));
  const digests: Record<string, number> = {};
  let exchanges = 0;
  for await (const record of reader.records()) {
    if ((await readExchange(record)).exchange !== null) exchanges += 1;
    const end = await record.finish();
    for (const check of [end.blockDigest, end.payloadDigest]) digests[check] = (digests[check] ?? 0) + 1;
  }
  return { account: reader.account, digests, exchanges };
}

describe.skipIf(!existsSync(data))('recordings of others', () => {
  test.each([
    ['example-iana.org-chunked.warc', { warcinfo: 1, response: 1, request: 1 }, 1],
    ['example-resource.warc.gz', { resource: 1 }, 1],
    ['example-url-agnostic-revisit.warc.gz', { warcinfo: 1, revisit: 1 }, 0],
    [
      'example-wget-bad-target-uri.warc.gz',
      { warcinfo: 1, request: 1, response: 1, metadata: 1, resource: 2 },
      3,
    ],
    ['example.warc', { warcinfo: 2, response: 1, request: 2, revisit: 1, metadata: 1 }, 1],
    ['example.warc.gz', { warcinfo: 2, response: 1, request: 2, revisit: 1 }, 1],
    ['post-test-more.warc', { response: 3, request: 3 }, 3],
    ['post-test.warc.gz', { response: 3, request: 3 }, 3],
    ['redirect.warc', { response: 1, request: 1 }, 1],
  ])('%s: whole, and its digests are right', async (name, records, exchanges) => {
    const path = join(data, 'warc', name);
    const found = await read(path);
    expect(found.account).toMatchObject({
      records,
      damagedCount: 0,
      stopped: null,
      bytes: statSync(path).size,
    });
    expect(found.exchanges).toBe(exchanges);
    expect(found.digests.differs).toBeUndefined();
  });

  test('a wrong Content-Length: told, and the records behind it found', async () => {
    const { account, digests } = await read(join(data, 'warc', 'example-bad-length.warc'));
    expect(account.records).toEqual({ warcinfo: 2, response: 1, request: 2, revisit: 1 });
    expect(account.damaged).toEqual([{ offset: 2561, length: 5, reason: expect.any(String) }]);
    expect(digests.differs).toBe(3);
  });

  test('a capture of 304 records, counted by a second reader as well', async () => {
    const path = join(data, 'warc-real', 'netpreserve-twitter-2019.warc');
    const { account, digests, exchanges } = await read(path);
    expect(account).toMatchObject({
      records: { warcinfo: 2, response: 139, request: 151, revisit: 12 },
      total: 304,
      damagedCount: 0,
      bytes: statSync(path).size,
    });
    expect(exchanges).toBe(139);
    // Its recorder declared the digest of nothing for 42 blocks.
    expect(digests.differs).toBe(42);
    const theirs: Record<string, number> = {};
    for await (const { warcType } of new WARCParser(createReadStream(path)))
      theirs[warcType] = (theirs[warcType] ?? 0) + 1;
    expect(theirs).toEqual(account.records);
  });
});
