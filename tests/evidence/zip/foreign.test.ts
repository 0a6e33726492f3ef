/** Zip files of other programs: what is read of them, and which contradictions are refused. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { ZipError } from '../../../evidence/zip/error.ts';
import { foreignContent, openForeignZip } from '../../../evidence/zip/foreign.ts';
import { type ForeignFile, foreignZip } from '../../support/foreign-zip.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Name → content of every entry. */
async function readAll(bytes: Uint8Array): Promise<Record<string, string>> {
  const source = memorySource(bytes);
  const found: Record<string, string> = {};
  for (const entry of await openForeignZip(source)) {
    const parts: Buffer[] = [];
    for await (const piece of foreignContent(source, entry, nodeCrc32)) parts.push(Buffer.from(piece));
    found[entry.name] = Buffer.concat(parts).toString();
  }
  return found;
}

async function problemOf(bytes: Uint8Array): Promise<string> {
  try {
    await readAll(bytes);
  } catch (error) {
    if (error instanceof ZipError) return error.problem;
    throw error;
  }
  return 'none';
}

const long = 'ferry '.repeat(50_000);
const files: ForeignFile[] = [
  { name: 'stored.txt', content: 'as it is' },
  { name: 'فرسته/deflated.txt', content: long, deflate: true },
  { name: 'later.txt', content: long, deflate: true, descriptor: true },
  { name: 'large.txt', content: 'numbers of 64 bits', zip64: true },
  { name: 'empty/', content: '' },
];
const contents = Object.fromEntries(files.map(({ name, content }) => [name, content]));

test.each([
  ['plain', {}],
  ['with a comment', { comment: 'made by hand' }],
  ['with a Zip64 end', { zip64End: true }],
])('stored, deflated, with descriptors, with Zip64: %s', async (_, options) => {
  const bytes = foreignZip(files, options);
  const path = join(temporaryFolder(), 'foreign.zip');
  writeFileSync(path, bytes);

  expect(await readAll(bytes)).toEqual(contents);
  expect(execFileSync('unzip', ['-p', path, 'later.txt'], { encoding: 'utf8' })).toBe(long);
});

test('an empty zip file has no entries', async () => {
  expect(await readAll(foreignZip([]))).toEqual({});
});

test('a name that is not UTF-8 stays one name a byte string', async () => {
  const bytes = foreignZip([{ name: 'b.txt', content: 'x' }]);
  for (let at = bytes.indexOf('b.txt'); at >= 0; at = bytes.indexOf('b.txt', at + 1)) bytes[at] = 0xe9;
  expect(await readAll(bytes)).toEqual({ 'é.txt': 'x' });
});

test('links are told', async () => {
  const source = memorySource(foreignZip([{ name: 'way-out', content: '/etc/passwd', mode: 0o120777 }]));
  expect(await openForeignZip(source)).toMatchObject([{ name: 'way-out', isLink: true }]);
});

describe('refused', () => {
  const one = { name: 'a.txt', content: 'content of a' };
  const two = { name: 'b.txt', content: 'content of b' };
  test.each<[string, Uint8Array, string]>([
    ['no zip file', Buffer.from('just text, and long enough to be looked at'), 'not-a-zip'],
    ['nothing', Buffer.alloc(0), 'not-a-zip'],
    ['cut off within its comment', foreignZip([one], { comment: 'note' }).subarray(0, -1), 'trailing-bytes'],
    ['cut off', foreignZip([one]).subarray(0, -1), 'not-a-zip'],
    ['bytes behind the end', Buffer.concat([foreignZip([one]), Buffer.from('more')]), 'trailing-bytes'],
    ['bytes before the start', Buffer.concat([Buffer.from('more'), foreignZip([one])]), 'directory-damaged'],
    ['the same name twice', foreignZip([one, one]), 'duplicate-name'],
    ['encrypted', foreignZip([{ ...one, central: { flags: 0x801 } }]), 'encrypted'],
    ['another method', foreignZip([{ ...one, central: { method: 12 } }]), 'compressed'],
    ['another name in front', foreignZip([{ ...one, local: { name: 'c.txt' } }]), 'local-differs'],
    ['another method in front', foreignZip([{ ...one, local: { method: 8 } }]), 'local-differs'],
    ['another checksum in front', foreignZip([{ ...one, local: { crc: 7 } }]), 'local-differs'],
    ['another size in front', foreignZip([{ ...one, local: { size: 7 } }]), 'local-differs'],
    [
      'two entries over the same bytes',
      foreignZip([one, { ...one, name: 'z', central: { offset: 0 } }]),
      'local-differs',
    ],
    [
      'a size beyond the file',
      foreignZip([
        { ...one, local: { size: 9999 }, descriptor: true, central: { size: 9999, compressedSize: 9999 } },
      ]),
      'out-of-bounds',
    ],
    ['an offset beyond the file', foreignZip([{ ...one, central: { offset: 99_999 } }]), 'out-of-bounds'],
    ['a stored size that differs', foreignZip([{ ...one, central: { size: 5 } }]), 'sizes'],
    [
      'more than deflate can hold',
      foreignZip([{ ...two, deflate: true, descriptor: true, central: { size: 1e9 } }]),
      'sizes',
    ],
    [
      'a larger size than comes out',
      foreignZip([{ ...two, deflate: true, descriptor: true, central: { size: 99 } }]),
      'content-damaged',
    ],
    [
      'a smaller size than comes out',
      foreignZip([{ ...two, deflate: true, descriptor: true, central: { size: 3 } }]),
      'content-damaged',
    ],
    ['a wrong checksum', foreignZip([{ ...one, descriptor: true, central: { crc: 7 } }]), 'checksum'],
  ])('%s', async (_, bytes, problem) => {
    expect(await problemOf(bytes)).toBe(problem);
  });

  test('entries that overlap in part', async () => {
    const inner = foreignZip([two]);
    // The first entry's content holds a whole second entry, which the directory lists as well.
    const outer = foreignZip([
      { name: 'a.txt', content: inner.subarray(0, inner.length - 22) },
      { ...two, central: { offset: 35 } },
    ]);
    expect(await problemOf(outer)).toBe('overlap');
  });

  test('deflate data that is none, or goes on behind its end', async () => {
    const bytes = foreignZip([{ name: 'a', content: 'some content', deflate: true, descriptor: true }]);
    const broken = Buffer.from(bytes);
    broken.fill(0xff, 31, 36);
    expect(await problemOf(broken)).toBe('content-damaged');
  });
});

test('whatever is done to the bytes, the answer is a reading or a ZipError', async () => {
  const good = foreignZip(files.map((file) => ({ ...file, content: String(file.content).slice(0, 100) })));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(good.length),
      async (changes, length) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        await problemOf(bytes);
        await problemOf(bytes.subarray(0, length));
      },
    ),
    { numRuns: 150 },
  );
});

test('an error of the source is passed on as it is', async () => {
  const whole = memorySource(foreignZip(files));
  const [, entry] = await openForeignZip(whole);
  const pulled = {
    size: whole.size,
    read: async () => Promise.reject(new Error('the stick was pulled out')),
  };
  const reading = async () => {
    if (entry !== undefined) for await (const _ of foreignContent(pulled, entry, nodeCrc32));
  };
  await expect(reading()).rejects.toThrow('the stick was pulled out');
});
