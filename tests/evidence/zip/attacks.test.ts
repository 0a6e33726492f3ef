import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { ZipError, type ZipProblem } from '../../../evidence/zip/error.ts';
import {
  dosTime,
  encodeCentral,
  encodeEnd,
  encodeLocal,
  type ZipEntry,
} from '../../../evidence/zip/format.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';

const modified = dosTime(new Date('2026-05-03T12:34:57Z'));

/** A file as an attacker writes it: any name, and headers changed after they were made. */
interface Crafted {
  name: string;
  content?: string;
  local?: (header: Buffer) => void;
  central?: (header: Buffer) => void;
  /** What the directory says of where it stands. */
  offset?: (offset: number) => number;
  size?: number;
  /** Bytes between the file before and this one. */
  before?: string;
}

function craft(files: readonly Crafted[], beforeDirectory = '', moreEntries = 0): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (bytes: Uint8Array | string) => {
    const part = Buffer.from(bytes);
    parts.push(part);
    at += part.length;
  };
  for (const file of files) {
    put(file.before ?? '');
    const content = Buffer.from(file.content ?? 'content');
    const entry: ZipEntry = {
      name: file.name,
      size: file.size ?? content.length,
      crc32: nodeCrc32(content, 0),
      offset: file.offset?.(at) ?? at,
    };
    const local = Buffer.from(encodeLocal(entry, modified));
    const central = Buffer.from(encodeCentral(entry, modified));
    file.local?.(local);
    file.central?.(central);
    put(local);
    put(content);
    directory.push(central);
  }
  put(beforeDirectory);
  const start = at;
  for (const header of directory) put(header);
  put(encodeEnd({ entries: files.length + moreEntries, offset: start, size: at - start }));
  return Buffer.concat(parts);
}

async function refusal(bytes: Uint8Array): Promise<{ problem: ZipProblem; entry: string | null } | null> {
  const source = memorySource(bytes);
  try {
    for (const entry of (await openZip(source)).entries) {
      for await (const _piece of contentOf(source, entry, nodeCrc32));
    }
    return null;
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { problem: error.problem, entry: error.entry };
  }
}

const good: Crafted = { name: 'base/good.txt' };
const both = (change: (header: Buffer, at: (field: number) => number) => void) => ({
  // Fields stand two bytes later in the directory, up to the extra length.
  local: (header: Buffer) => change(header, (field) => field),
  central: (header: Buffer) => change(header, (field) => field + 2),
});

const attacks: readonly (readonly [string, Crafted[], ZipProblem, string | null])[] = [
  ['the same name twice', [good, good], 'duplicate-name', 'base/good.txt'],
  ['names that differ in case only', [good, { name: 'BASE/Good.txt' }], 'duplicate-name', 'BASE/Good.txt'],
  [
    'a name that climbs out',
    [good, { name: 'base/../../etc/passwd' }],
    'path-escape',
    'base/../../etc/passwd',
  ],
  ['an absolute name', [{ name: '/etc/passwd' }], 'path-escape', '/etc/passwd'],
  ['a backslash', [{ name: 'base\\..\\x' }], 'path-escape', 'base\\..\\x'],
  ['a drive', [{ name: 'c:x' }], 'path-escape', 'c:x'],
  ['an empty segment', [{ name: 'base//x' }], 'name-not-allowed', 'base//x'],
  ['a segment that is a dot', [{ name: 'base/./x' }], 'name-not-allowed', 'base/./x'],
  ['a folder', [{ name: 'base/', content: '' }], 'name-not-allowed', 'base/'],
  ['a name beyond ASCII', [{ name: 'base/\u202Egpj.exe' }], 'name-not-allowed', 'base/\u202Egpj.exe'],
  ['a name with NUL', [{ name: 'base/x\0.txt' }], 'name-not-allowed', 'base/x\0.txt'],
  [
    'a symbolic link',
    [{ ...good, central: (header) => header.writeUInt32LE(0o120777 * 0x10000, 38) }],
    'link',
    'base/good.txt',
  ],
  [
    'an executable',
    [{ ...good, central: (header) => header.writeUInt32LE(0o100755 * 0x10000, 38) }],
    'attributes',
    'base/good.txt',
  ],
  [
    'a compressed entry',
    [{ ...good, ...both((header, at) => header.writeUInt16LE(8, at(8))) }],
    'compressed',
    'base/good.txt',
  ],
  [
    'an encrypted entry',
    [{ ...good, ...both((header, at) => header.writeUInt16LE(0x0801, at(6))) }],
    'encrypted',
    'base/good.txt',
  ],
  [
    'a data descriptor',
    [{ ...good, ...both((header, at) => header.writeUInt16LE(0x0808, at(6))) }],
    'flags',
    'base/good.txt',
  ],
  [
    'two sizes',
    [{ ...good, ...both((header, at) => header.writeUInt32LE(3, at(18))) }],
    'sizes',
    'base/good.txt',
  ],
  [
    'another name in the local header',
    [{ ...good, local: (header) => header.write('evil', 30) }],
    'local-differs',
    'base/good.txt',
  ],
  [
    'another checksum in the local header',
    [{ ...good, local: (header) => header.writeUInt32LE(7, 14) }],
    'local-differs',
    'base/good.txt',
  ],
  [
    'another checksum in both',
    [{ ...good, ...both((header, at) => header.writeUInt32LE(7, at(14))) }],
    'checksum',
    'base/good.txt',
  ],
  [
    'another time in the directory',
    [good, { name: 'base/b', central: (header) => header.writeUInt16LE(1, 12) }],
    'times',
    'base/b',
  ],
  [
    'another version',
    [{ ...good, ...both((header, at) => header.writeUInt16LE(45, at(4))) }],
    'not-canonical',
    'base/good.txt',
  ],
  [
    'another disk',
    [{ ...good, central: (header) => header.writeUInt16LE(1, 34) }],
    'not-canonical',
    'base/good.txt',
  ],
  ['bytes before the first file', [{ ...good, before: '#!/bin/sh\n' }], 'prefix', 'base/good.txt'],
  ['bytes between two files', [good, { name: 'base/b', before: 'hidden' }], 'gap', 'base/b'],
  ['two entries on the same bytes', [good, { name: 'base/b', offset: () => 0 }], 'overlap', 'base/b'],
  ['a size beyond the directory', [{ ...good, size: 100_000 }], 'out-of-bounds', 'base/good.txt'],
  [
    'a comment on a file',
    [{ ...good, central: (header) => header.writeUInt16LE(1, 32) }],
    'comment',
    'base/good.txt',
  ],
];

describe('a zip file made to mislead', () => {
  test.each(attacks)('%s', async (_what, files, problem, entry) => {
    expect(await refusal(craft(files))).toEqual({ problem, entry });
  });

  test('the tool of these tests makes a good file where nothing is changed', async () => {
    expect(await refusal(craft([good, { name: 'base/b' }]))).toBeNull();
  });

  test('bytes between the last file and the directory', async () => {
    expect(await refusal(craft([good], 'hidden'))).toEqual({ problem: 'gap', entry: null });
  });

  test('more entries announced than listed', async () => {
    expect(await refusal(craft([good], '', 1))).toEqual({ problem: 'directory-damaged', entry: null });
    expect(await refusal(craft([good], '', 400_000))).toEqual({ problem: 'too-many-entries', entry: null });
  });

  test('a foreign name is shown without its control characters', async () => {
    const source = memorySource(craft([{ name: 'base/\u202Egpj\n.exe' }]));
    await expect(openZip(source)).rejects.toSatisfy(
      (error: unknown) => error instanceof ZipError && error.message.includes('"base/\ufffdgpj\\n.exe"'),
    );
  });
});
