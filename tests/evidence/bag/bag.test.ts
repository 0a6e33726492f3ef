import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManifest, writeManifest } from '../../../evidence/bag/manifest.ts';
import { parseBagInfo, writeBagInfo } from '../../../evidence/bag/tag-files.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const digest = 'a'.repeat(64);
const path = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));
const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);

describe('a manifest', () => {
  test('is read back, sorted, whatever the order in which it was given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(path, hex), { selector: ([name]) => name, minLength: 1 }),
        (files) => {
          const read = [...parseManifest(writeManifest(new Map(files)))];
          expect(read).toEqual([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
        },
      ),
    );
  });

  test('is accepted by sha256sum, which finds a changed file', () => {
    const folder = temporaryFolder();
    const content = Buffer.from('some bytes\r\n');
    writeFileSync(join(folder, 'file.bin'), content);
    writeFileSync(
      join(folder, 'manifest'),
      writeManifest(new Map([['file.bin', toHex(nodeSha256.of(content))]])),
    );
    const check = () =>
      spawnSync('sha256sum', ['--strict', '-c', 'manifest'], { cwd: folder, encoding: 'utf8' });
    expect(check()).toMatchObject({ status: 0, stdout: 'file.bin: OK\n' });
    writeFileSync(join(folder, 'file.bin'), 'some bytes\n');
    expect(check()).toMatchObject({ status: 1, stdout: 'file.bin: FAILED\n' });
  });

  test.each([
    ['an empty file', ''],
    ['no line feed at the end', `${digest}  a`],
    ['one space', `${digest} a\n`],
    ['a binary mark', `${digest} *a\n`],
    ['upper-case digits', `${digest.toUpperCase()}  a\n`],
    ['a short digest', `${digest.slice(1)}  a\n`],
    ['an escaped line', `\\${digest}  a\n`],
    ['a carriage return', `${digest}  a\r\n`],
    ['a path that climbs out', `${digest}  ../a\n`],
    ['a path with %0A', `${digest}  a%0Ab\n`],
    ['a path twice', `${digest}  a\n${digest}  a\n`],
    ['another order', `${digest}  b\n${digest}  a\n`],
    ['an empty line', `${digest}  a\n\n`],
    ['a byte-order mark', `\ufeff${digest}  a\n`],
  ])('is refused with %s', (_what, text) => {
    expect(() => parseManifest(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  test('is refused when it is not UTF-8, and whatever else it is', () => {
    expect(() => parseManifest(Uint8Array.of(0xff, 0x0a))).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => parseManifest(bytes)).toThrow(expect.objectContaining({ code: 'bad-input' }));
      }),
    );
  });
});

describe('bag-info.txt', () => {
  test('says who made it, when, and how large the payload is, one line each', () => {
    const info = writeBagInfo({
      id: '01970000-0000-7000-8000-000000000007',
      createdAt: '2026-05-03T12:34:56.789Z',
      tool: { name: 'Holdfast\nInjected: yes', version: '0.1.0' },
      payload: { bytes: 12, files: 3 },
    });
    expect([...parseBagInfo(info)]).toEqual([
      ['Bag-Software-Agent', 'Holdfast Injected: yes 0.1.0'],
      ['Bagging-Date', '2026-05-03'],
      ['External-Identifier', '01970000-0000-7000-8000-000000000007'],
      ['Payload-Oxum', '12.3'],
    ]);
  });

  test.each(['', 'A: b', 'A b\n', 'A: b\nA: c\n', 'A: b\n continued\n'])('is refused as %j', (text) => {
    expect(() => parseBagInfo(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
