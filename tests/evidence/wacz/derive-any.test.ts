/** Whatever was recorded and whatever is needed of it: what is derived is a part of it that holds together. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { checkWaczContents } from '../../../evidence/wacz/check-contents.ts';
import { compareDerived } from '../../../evidence/wacz/compare.ts';
import { deriveWacz } from '../../../evidence/wacz/derive.ts';
import { notedRecord } from '../../../evidence/wacz/exhibit-records.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { walkRecords } from '../../../evidence/warc/walk.ts';
import { captureId, exchange, gathered, plan, sha256 } from './plan.ts';
import { filesOf } from './zip-files.ts';

const site = 'https://any.test';
const addresses = ['/', '/posts', '/api?page=1', '/api?page=2', '/a.css', '/b.js', '/p.png', '/q.png'];
const types = [
  'text/html',
  'text/css',
  'text/javascript',
  'font/woff',
  'application/json',
  'image/png',
  'video/mp4',
];

const heard = fc.record({
  url: fc.constantFrom(...addresses),
  type: fc.constantFrom(...types),
  body: fc.constantFrom('', 'a', 'b', 'ccc', null),
  status: fc.constantFrom(200, 200, 200, 206, 302, 304, 404),
  from: fc.constantFrom('network' as const, 'network' as const, 'disk-cache' as const),
  to: fc.constantFrom(...addresses),
  method: fc.constantFrom('GET', 'GET', 'POST'),
});

const recorded = fc.array(heard, { maxLength: 14 }).map((all) =>
  all.map(({ url, type, body, status, from, to, method }, n) =>
    exchange(n, site + url, {
      body: status === 304 ? null : body,
      start: {
        ...{ status, from, method },
        responseHeaders: [
          ['Content-Type', type],
          ...(status === 302 ? [['Location', to] as [string, string]] : []),
        ],
      },
    }),
  ),
);

test('its records are records of the whole one, with all that they refer to and every answer that is needed', async () => {
  await fc.assert(
    fc.asyncProperty(
      recorded,
      fc.array(fc.nat(13), { maxLength: 4 }),
      fc.boolean(),
      async (all, wanted, hasPage) => {
        const page = {
          id: captureId,
          url: `${site}/posts`,
          ts: '2026-03-04T09:30:00.100Z',
          title: 'Any',
          text: 'all',
        };
        const whole = await gathered((await writeWacz(plan(all, { pages: hasPage ? [page] : [] }))).bytes());
        const picked = all.filter(({ start }) => wanted.includes(start.n));
        const made = await deriveWacz({
          source: memorySource(whole),
          ...{ id: captureId, created: '2026-05-02T09:00:04.250Z', software: 'Holdfast', text: '' },
          needed: {
            answers: picked.map(({ start: { n, url } }) => ({ n, url })),
            media: [{ url: `${site}/p.png`, sha256: sha256('ccc') }],
            askedByScripts: [],
          },
        });
        const bytes = await gathered(made.bytes());

        const compared = await compareDerived(memorySource(bytes), memorySource(whole));
        expect(compared).toEqual({ records: made.records, of: made.of, differing: null });
        expect([...made.answers].sort()).toEqual(picked.map(({ start }) => start.n).sort());

        const warc = (await filesOf(bytes)).get('archive/data.warc') ?? Buffer.alloc(0);
        const records = [];
        for await (const record of walkRecords(memorySource(warc))) records.push(notedRecord(record));
        const ids = new Set(records.map(({ id }) => id));
        for (const { concurrentTo, refersTo } of records)
          for (const id of [concurrentTo, refersTo]) if (id !== null) expect(ids).toContain(id);

        const { findings } = await checkWaczContents({ source: memorySource(bytes), sha256: nodeSha256 });
        for (const step of [
          'container',
          'package',
          'resources',
          'unlisted-files',
          'records',
          'index',
        ] as const)
          expect(findings.report(step), step).toMatchObject({ status: 'ok' });
      },
    ),
    { numRuns: 60 },
  );
});
