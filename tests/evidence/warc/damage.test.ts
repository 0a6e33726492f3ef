import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { compressed, record, response, warcinfo } from '../../support/page-fixtures/warc.ts';
import { codes, readAll } from './reading.ts';

/** Bytes that do not compress: damage inside them is where it was made. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = seed; i < length; i += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    bytes[i] = state >> 16;
  }
  return bytes;
}

const one = (id: number) => response({ url: `https://ferry.test/${id}`, id, body: noise(4000, id) });
const parts = [warcinfo(), one(2), one(3), one(4)];
const targets = (records: Awaited<ReturnType<typeof readAll>>['records']) =>
  records.map(({ record: { targetUri } }) => targetUri?.slice(-1) ?? 'i');

describe('gzip members', () => {
  const members = parts.map((part) => gzipSync(part));
  const offset = (i: number) => members.slice(0, i).reduce((sum, member) => sum + member.length, 0);

  test('a broken member: its neighbours are whole, and the place is told', async () => {
    const file = Buffer.concat(members);
    file.fill(0xff, offset(1) + 1200, offset(1) + 1300);
    const { records, account } = await readAll(file);
    expect(targets(records)).toEqual(['i', '2', '3', '4']);
    expect(records.map(({ end }) => end.blockDigest)).toEqual([
      'not-declared',
      expect.stringMatching(/differs|not-checkable/),
      'ok',
      'ok',
    ]);
    expect(account.damaged[0]?.offset).toBe(offset(1));
    expect(account.bytes).toBe(file.length);
    expect(account.stopped).toBeNull();
  });

  test('damage in any byte of a member never costs another record, and is never silent', async () => {
    const clean = Buffer.concat(members);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: offset(1), max: offset(2) - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const file = Buffer.from(clean);
          file[at] = (file[at] ?? 0) ^ mask;
          const { records, account } = await readAll(file);
          const rest = records.filter(({ record: { targetUri } }) => /[34]$/.test(targetUri ?? ''));
          expect(rest.map(({ end }) => end.blockDigest)).toEqual(['ok', 'ok']);
          const second = records.find(({ record: { targetUri } }) => targetUri === 'https://ferry.test/2');
          // Time and system in a member's header are covered by nothing, and change no content.
          const silent = account.damagedCount + account.warnings.length === 0;
          if (silent) expect(second?.end.blockDigest).toBe('ok');
          expect(account.bytes).toBe(file.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('rubbish between members, and members that hold no WARC', async () => {
    const file = Buffer.concat([
      members[0] ?? new Uint8Array(),
      Buffer.from('rubbish'),
      gzipSync('not a record'),
      members[1] ?? new Uint8Array(),
    ]);
    const { records, account } = await readAll(file);
    expect(targets(records)).toEqual(['i', '2']);
    const length = file.length - (members[0]?.length ?? 0) - (members[1]?.length ?? 0);
    expect(account.damaged).toEqual([{ offset: members[0]?.length, length, reason: expect.any(String) }]);
    expect(account.bytes).toBe(file.length);
  });

  test('a member that holds something else beside its record', async () => {
    const file = Buffer.concat([
      gzipSync(Buffer.concat([parts[0] ?? '', 'rubbish'].map((part) => Buffer.from(part)))),
      compressed(parts.slice(1)),
    ]);
    const { records, account } = await readAll(file);
    expect(targets(records)).toEqual(['i', '2', '3', '4']);
    expect(account.damaged).toEqual([{ offset: 0, length: null, reason: expect.stringMatching(/^7 bytes/) }]);
  });

  test('a file cut anywhere keeps what is whole', async () => {
    const clean = Buffer.concat(members);
    for (let length = offset(2) + 1; length < clean.length; length += 997) {
      const { records, account } = await readAll(clean.subarray(0, length));
      const whole = records.filter(({ end }) => end.damage === null);
      expect(whole.length).toBeGreaterThanOrEqual(2);
      const atEdge = [offset(2), offset(3)].includes(length);
      if (!atEdge) expect(account.damagedCount).toBeGreaterThan(0);
      expect(account.bytes).toBe(length);
    }
  });

  test('a file cut anywhere in a member’s own header or first bytes', async () => {
    for (let length = offset(3) + 1; length < offset(3) + 40; length += 1) {
      const { account } = await readAll(Buffer.concat(members).subarray(0, length));
      expect(account.bytes).toBe(length);
      expect(account.total).toBeGreaterThanOrEqual(3);
      expect(account.damagedCount).toBeGreaterThan(0);
    }
  });

  test('a checksum that differs damages one member, whose end is known', async () => {
    const file = Buffer.concat(members);
    const crc = offset(2) - 8;
    file[crc] = (file[crc] ?? 0) ^ 1;
    const { records, account } = await readAll(file);
    expect(records.map(({ end }) => end.blockDigest)).toEqual(['not-declared', 'ok', 'ok', 'ok']);
    expect(account.damaged).toEqual([
      { offset: offset(1), length: members[1]?.length, reason: expect.stringMatching(/checksum/) },
    ]);
  });
});

describe('plain files', () => {
  test('a length too small by one: the rest is found again, and marked', async () => {
    const short = record({
      type: 'resource',
      headers: [['WARC-Target-URI', 'urn:1']],
      block: 'abcde',
      contentLength: 4,
    });
    const { records, account } = await readAll(Buffer.concat([short, ...parts]));
    expect(records.map(({ record: { foundBySearch } }) => foundBySearch)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(records[0]?.block.toString()).toBe('abcd');
    expect(account.damaged).toEqual([{ offset: short.length - 5, length: 5, reason: expect.any(String) }]);
    expect(codes(account)).toEqual(['warc-length-wrong', 'warc-record-damaged', 'warc-found-by-search']);
  });

  test('a length too large by two eats the line breaks, and is told', async () => {
    const long = record({ type: 'resource', block: 'abcd', contentLength: 6 });
    const { records, account } = await readAll(Buffer.concat([long, ...parts]));
    expect(targets(records)).toEqual(['i', 'i', '2', '3', '4']);
    expect(codes(account)).toEqual(['warc-length-wrong']);
  });

  test.each(['-1', '1e3', '0x10', '', '99999999999999999999', 'NaN'])(
    'Content-Length %j is no length',
    async (contentLength) => {
      const bad = record({ type: 'resource', block: 'abcd', contentLength });
      const { records, account } = await readAll(Buffer.concat([bad, ...parts]));
      expect(targets(records)).toEqual(['i', '2', '3', '4']);
      expect(account.damaged).toEqual([{ offset: 0, length: bad.length, reason: expect.any(String) }]);
    },
  );

  test('a file cut inside a record', async () => {
    const file = Buffer.concat(parts).subarray(0, -100);
    const { records, account } = await readAll(file);
    expect(records.at(-1)?.end).toMatchObject({
      damage: expect.stringMatching(/ends before/),
      blockDigest: 'not-checkable',
    });
    expect(codes(account)).toContain('warc-record-cut');
  });

  test('a header without end is rubbish of its size', async () => {
    const endless = Buffer.from(`WARC/1.1\r\nX: ${'y'.repeat(2 * 1024 * 1024)}`);
    const { records, account } = await readAll(Buffer.concat([endless, Buffer.from('\r\n'), ...parts]));
    expect(targets(records)).toEqual(['i', '2', '3', '4']);
    expect(account.damaged[0]).toMatchObject({ offset: 0, length: endless.length + 2 });
  });

  test('warnings are bounded', async () => {
    const bad = Buffer.concat(
      Array.from({ length: 1500 }, () => record({ type: 'resource', block: 'a', ending: '\r\n' })),
    );
    const { account } = await readAll(bad);
    expect(account.total).toBe(1500);
    expect(account.warnings.length).toBe(1001);
    expect(account.warnings.at(-1)?.code).toBe('warc-more-warnings');
  });
});

test('any bytes: no error, and all of them accounted for', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom(
        'WARC/1.0\r\n',
        'WARC/1.1\r\nContent-Length: 5\r\n\r\n',
        '\r\n\r\n',
        'Content-Length: 3\r\n',
      )
      .map((text) => Buffer.from(text)),
    fc
      .constantFrom(...compressed([warcinfo()]).subarray(0, 40), 0x1f, 0x8b)
      .map((byte) => Uint8Array.of(byte)),
    fc.constant(gzipSync('WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n')),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 50 }),
      async (pieces, size) => {
        const file = Buffer.concat(pieces);
        const { account } = await readAll(file, size);
        expect(account.bytes).toBe(file.length);
        expect(
          account.total + account.damagedCount > 0 || file.every((byte) => byte === 13 || byte === 10),
        ).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

describe('files made to cost', () => {
  test('one that grows beyond measure is stopped, and says where', async () => {
    const bomb = gzipSync(record({ type: 'resource', block: Buffer.alloc(64 * 1024 * 1024) }));
    const reader = new WarcReader(
      inChunks(Buffer.concat([gzipSync(warcinfo()), bomb, gzipSync(warcinfo())])),
      16 * 1024 * 1024,
    );
    const ends = [];
    for await (const one of reader.records()) ends.push((await one.finish()).damage);
    expect(ends).toEqual([null, expect.stringMatching(/ends before/)]);
    expect(reader.account.stopped).toMatch(/200-fold/);
    expect(codes(reader.account)).toContain('warc-stopped');
  });

  test('one of nothing but false starts is given up', async () => {
    const { account } = await readAll(Buffer.from('WARC/1.0\r\n'.repeat(3000)));
    expect(account.stopped).toMatch(/more than 2000 damaged places/);
    const members = await readAll(Buffer.from('\x1f\x8b\x08\0'.repeat(40_000), 'latin1'));
    expect(members.account.stopped).toMatch(/reasonable effort/);
  });
});
