/** A recording cut down to what one of its posts needs. */
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { checkWaczContents } from '../../../evidence/wacz/check-contents.ts';
import { compareDerived } from '../../../evidence/wacz/compare.ts';
import { type DerivationOrder, deriveWacz } from '../../../evidence/wacz/derive.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { headerValue } from '../../../evidence/warc/headers.ts';
import { walkRecords } from '../../../evidence/warc/walk.ts';
import { unpacked } from '../../support/planted.ts';
import { board, bystander, exchanges, exhibited, needed, pages, stay } from './derived-board.ts';
import { checkedByWarcio, indexedByWarcio } from './judges.ts';
import { captureId, exchange, gathered, plan, sha256 } from './plan.ts';
import { filesOf } from './zip-files.ts';

const bundleId = '0198b1c2-7a10-7c3e-9f00-5d2c8e1a4b70';

const whole = async () => gathered((await writeWacz(plan(exchanges, { pages }))).bytes());

function order(source: Uint8Array, more: Partial<DerivationOrder> = {}): DerivationOrder {
  return {
    source: memorySource(source),
    id: bundleId,
    created: '2026-05-02T09:00:04.250Z',
    software: 'Holdfast 9.9.9',
    needed,
    text: exhibited,
    ...more,
  };
}

/** The bytes of each record by its id. */
async function recordsIn(wacz: Uint8Array) {
  const warc = (await filesOf(wacz)).get('archive/data.warc') ?? Buffer.alloc(0);
  const records = new Map<string, { bytes: Buffer; type: string; uri: string }>();
  for await (const { offset, length, headers } of walkRecords(memorySource(warc))) {
    const field = (name: string) => headerValue(headers, name) ?? '';
    records.set(field('WARC-Record-ID'), {
      bytes: warc.subarray(offset, offset + length),
      type: field('WARC-Type'),
      uri: field('WARC-Target-URI'),
    });
  }
  return records;
}

describe('what stands in it', () => {
  test('the page, its look, the answer with the post, its picture, with requests; each the bytes that they were', async () => {
    const sealed = await whole();
    const made = await deriveWacz(order(sealed));
    const bytes = await gathered(made.bytes());

    const [all, kept] = [await recordsIn(sealed), await recordsIn(bytes)];
    const [[, info] = [], ...taken] = [...kept];
    expect(info?.type).toBe('warcinfo');
    expect(taken.every(([id, { bytes: record }]) => all.get(id)?.bytes.equals(record))).toBe(true);
    const answers = taken.filter(([, { type }]) => type !== 'request' && type !== 'warcinfo');
    expect(answers.map(([, { uri }]) => uri)).toEqual(stay.map((n) => exchanges[n]?.start.url));
    expect(taken.filter(([, { type }]) => type === 'request')).toHaveLength(stay.length);
    expect(made).toMatchObject({
      records: taken.length,
      of: all.size,
      size: bytes.length,
      sha256: sha256(bytes),
    });
    expect([...made.answers]).toEqual([6]);
  });

  test('nothing that another post says, in no file of it', async () => {
    const bytes = await gathered((await deriveWacz(order(await whole()))).bytes());
    expect(unpacked(bytes).some((part) => part.includes(bystander))).toBe(false);
    expect(bytes.includes(exhibited)).toBe(true);
  });

  test('it says that it is derived, by which program, and of how many records how many', async () => {
    const made = await deriveWacz(order(await whole()));
    const files = await filesOf(await gathered(made.bytes()));
    const said = `Derived from the WACZ of the capture urn:uuid:${captureId}: ${made.records} of its ${made.of} records`;
    const description = JSON.parse(String(files.get('datapackage.json')));
    expect(description).toMatchObject({
      wacz_version: '1.1.1',
      software: 'Holdfast 9.9.9',
      created: '2026-05-02T09:00:04.250Z',
      title: 'Board',
      mainPageUrl: `${board}/posts`,
    });
    expect(description.description).toContain(said);
    const head = String(files.get('archive/data.warc')).split('\r\n\r\n', 2).join('\n');
    expect(head).toContain(`description: ${said}`);
    expect(head).toContain('software: Holdfast 9.9.9');
    const [, page] = String(files.get('pages/pages.jsonl')).trim().split('\n');
    expect(JSON.parse(page ?? '')).toMatchObject({ url: `${board}/posts`, title: 'Board', text: exhibited });
  });

  test('of a post whose words stood in no answer, nothing but the page and its look', async () => {
    const made = await deriveWacz(order(await whole(), { needed: { ...needed, answers: [], media: [] } }));
    const kept = [...(await recordsIn(await gathered(made.bytes()))).values()];
    expect(
      kept.filter(({ type }) => type === 'response' || type === 'revisit').map(({ uri }) => uri),
    ).toEqual([0, 1, 2, 3, 4, 16].map((n) => exchanges[n]?.start.url));
  });

  test('another answer of the same address is not taken for the one that is named', async () => {
    const made = await deriveWacz(
      order(await whole(), {
        needed: { ...needed, answers: [{ n: 5, url: `${board}/api/pier` }], media: [] },
        text: '',
      }),
    );
    expect([...made.answers]).toEqual([]);
    expect((await gathered(made.bytes())).includes(exhibited)).toBe(false);
  });
});

describe('others find it whole', () => {
  test('our own check of a WACZ: package, files, records, index and pages', async () => {
    const bytes = await gathered((await deriveWacz(order(await whole()))).bytes());
    const { findings } = await checkWaczContents({ source: memorySource(bytes), sha256: nodeSha256 });
    for (const step of [
      'container',
      'package',
      'resources',
      'unlisted-files',
      'records',
      'index',
      'pages',
    ] as const)
      expect(findings.report(step)).toMatchObject({ status: 'ok' });
  });

  test('warcio: every digest, and the same index', async () => {
    const bytes = await gathered((await deriveWacz(order(await whole()))).bytes());
    const files = await filesOf(bytes);
    const warc = files.get('archive/data.warc') ?? Buffer.alloc(0);
    const { records, wrong } = await checkedByWarcio(warc);
    expect(wrong).toEqual([]);
    expect(records.warcinfo).toBe(2);
    const lines = String(files.get('indexes/index.cdxj')).trim().split('\n');
    expect(lines).toEqual([...lines].sort());
    const theirs = await indexedByWarcio(warc, 'data.warc');
    for (const line of lines) {
      const { offset, url, status } = JSON.parse(line.slice(line.indexOf('{')));
      expect(theirs.get(offset)).toMatchObject({ url, status: Number(status) });
    }
  });
});

test('the same order gives the same bytes, and another bundle others', async () => {
  const sealed = await whole();
  const [a, b] = [await deriveWacz(order(sealed)), await deriveWacz(order(sealed))];
  expect(a.sha256).toBe(b.sha256);
  expect((await gathered(a.bytes())).equals(await gathered(b.bytes()))).toBe(true);
  expect((await gathered(a.bytes())).equals(await gathered(a.bytes()))).toBe(true);
  const other = await deriveWacz(order(sealed, { id: captureId }));
  expect(other.sha256).not.toBe(a.sha256);
});

describe('held against the whole one', () => {
  const derived = async (sealed: Uint8Array) => gathered((await deriveWacz(order(sealed))).bytes());

  test('every record stands there', async () => {
    const sealed = await whole();
    const made = await deriveWacz(order(sealed));
    expect(await compareDerived(memorySource(await gathered(made.bytes())), memorySource(sealed))).toEqual({
      records: made.records,
      of: made.of,
      differing: null,
    });
  });

  test('a record that was changed, or that stands there nowhere, is named', async () => {
    const sealed = await whole();
    const changed = Buffer.from(await derived(sealed));
    changed.write('7:40', changed.indexOf('6:40 ferry'));
    expect(await compareDerived(memorySource(changed), memorySource(sealed))).toMatchObject({
      differing: `${board}/api/pier`,
    });
    const fewer = exchanges.filter((_, n) => n !== 6);
    const less = await gathered((await writeWacz(plan(fewer, { pages }))).bytes());
    expect(await compareDerived(memorySource(await derived(sealed)), memorySource(less))).toMatchObject({
      differing: `${board}/api/pier`,
    });
  });

  test('a recording of another capture is none that it was cut out of', async () => {
    const sealed = await whole();
    const other = await gathered((await writeWacz(plan(exchanges, { pages, id: bundleId }))).bytes());
    expect(await compareDerived(memorySource(await derived(sealed)), memorySource(other))).toBeNull();
  });
});

test('bodies that are not needed are not read, and those that are, piece by piece', async () => {
  const film = Buffer.alloc(24 * 1024 * 1024, 7);
  const clip = Buffer.alloc(5 * 1024 * 1024, 9);
  const films = [
    exchange(20, `${board}/film.mp4`, { body: film, type: 'video/mp4' }),
    exchange(21, `${board}/clip.mp4`, { body: clip, type: 'video/mp4' }),
  ];
  const sealed = await gathered((await writeWacz(plan([...exchanges, ...films], { pages }))).bytes());
  const source = memorySource(sealed);
  let [read, largest] = [0, 0];
  const made = await deriveWacz({
    ...order(sealed, { needed: { ...needed, media: [{ url: `${board}/clip.mp4`, sha256: sha256(clip) }] } }),
    source: {
      size: source.size,
      read: (offset, length) => {
        read += length;
        largest = Math.max(largest, length);
        return source.read(offset, length);
      },
    },
  });
  expect(made.size).toBeGreaterThan(clip.length);
  // Twice what stays: for its digest, and for that of the whole file.
  expect(read).toBeLessThan(2 * clip.length + 2 * 1024 * 1024);
  expect(largest).toBeLessThanOrEqual(1024 * 1024);
});

test('a recording that was damaged is refused', async () => {
  const sealed = await whole();
  const at = sealed.indexOf('Content-Length: ', sealed.indexOf('WARC-Type: response'));
  sealed.write('Content-Length: 9', at);
  await expect(deriveWacz(order(sealed))).rejects.toMatchObject({ code: 'warc-damaged' });
});
