/** Bags on the disk: the conformance suite, folders, zip files, and our own bundles. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBagAt } from '../../archive/check-bag.ts';
import { bagOf, type Files, said } from '../evidence/bagit/bag.ts';
import { compile, makeIdentity } from '../evidence/build/bundle.ts';
import { samplePlan } from '../evidence/build/sample.ts';
import { type ForeignFile, foreignZip } from '../support/foreign-zip.ts';
import { temporaryFolder } from '../support/temporary.ts';

const suite = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'bagit-conformance-suite');

/** 'v0.97/warning/relative-path' and the like: every bag of the suite. */
function suiteBags(): string[] {
  const folders = (path: string) =>
    readdirSync(join(suite, path))
      .map((name) => join(path, name))
      .filter((each) => statSync(join(suite, each)).isDirectory());
  return folders('.').flatMap(folders).flatMap(folders).sort();
}

describe.skipIf(!existsSync(suite))('the BagIt conformance suite', () => {
  const bags = existsSync(suite) ? suiteBags() : [];
  const category = (bag: string) => bag.split('/')[1] ?? '';

  test('has 60 bags', () => {
    expect(bags).toHaveLength(60);
  });

  /**
   * 'linux-only' and 'windows-only' are invalid where a path leads out of the bag on that system. A bag travels: here
   * both are invalid everywhere, for the reason that the suite means, and not because a file happens to be missing.
   */
  test.each(bags.filter((bag) => /invalid|-only/.test(category(bag))))('%s is not valid', async (bag) => {
    const answer = await checkBagAt(join(suite, bag));
    expect(answer.verdict).toBe('invalid');
    if (bag.includes('out-of-scope'))
      expect([...new Set(said(answer).map((each) => each.split(' ')[1]))]).toEqual(['path-escape']);
  });

  test.each(bags.filter((bag) => category(bag) === 'warning'))('%s is valid with a warning', async (bag) => {
    expect((await checkBagAt(join(suite, bag))).verdict).toBe('valid-with-warnings');
  });

  test.each(bags.filter((bag) => category(bag) === 'valid'))('%s is valid', async (bag) => {
    const answer = await checkBagAt(join(suite, bag));
    // The suite has './' in paths once among the valid bags and once among the warnings: it is told both times.
    const expected = bag.endsWith('bag-with-leading-dot-slash-in-manifest')
      ? ['warning path-dots ./data/test2.txt']
      : [];
    expect(said(answer)).toEqual(expected);
    expect(answer.counts.error).toBe(0);
  });
});

function folderOf(files: Files): string {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function zipOf(files: readonly ForeignFile[]): string {
  const path = join(temporaryFolder(), 'bag.zip');
  writeFileSync(path, foreignZip(files));
  return path;
}

const bag = bagOf({ 'data/a.txt': 'alpha', 'data/sub/b.txt': 'beta' });
const inFolder = (folder: string): ForeignFile[] =>
  Object.entries(bag).map(([name, content]) => ({ name: `${folder}${name}`, content, deflate: true }));

test('a folder, and the same in a zip file of another program', async () => {
  const folder = folderOf(bag);
  expect(await checkBagAt(folder)).toMatchObject({ verdict: 'valid', payload: { files: 2, bytes: 9 } });
  expect(await checkBagAt(zipOf(inFolder('my bag/')))).toEqual(await checkBagAt(folder));
});

test('what the folder holds beside the bag: links, also to folders, and empty folders', async () => {
  const folder = folderOf(bag);
  symlinkSync('/etc', join(folder, 'data', 'etc'));
  symlinkSync('a.txt', join(folder, 'data', 'link.txt'));
  mkdirSync(join(folder, 'data', 'empty'));
  expect(said(await checkBagAt(folder))).toEqual(['error link data/etc', 'error link data/link.txt']);
});

test('a pipe in the bag is told, and not read', async () => {
  const folder = folderOf(bag);
  execFileSync('mkfifo', [join(folder, 'data', 'pipe')]);
  expect(said(await checkBagAt(folder))).toEqual(['error not-a-file data/pipe']);
});

test('zip files: no folder around the bag, two folders, a link, a way out, damage', async () => {
  const bags: [string, ForeignFile[], string[]][] = [
    ['no folder', inFolder(''), ['warning no-base-folder']],
    ['two folders', [...inFolder('bag/'), { name: 'other/a', content: '' }], ['error not-one-folder']],
    [
      'a link',
      [...inFolder('bag/'), { name: 'bag/data/l', content: '/etc', mode: 0o120777 }],
      ['error link data/l'],
    ],
    [
      'a way out',
      [...inFolder('bag/'), { name: 'bag/data/../../x', content: '' }],
      ['error path-escape data/../../x', 'error payload-unlisted data/../../x'],
    ],
    [
      'a damaged file',
      inFolder('bag/').map((file) =>
        file.name === 'bag/data/a.txt' ? { ...file, descriptor: true, central: { crc: 1 } } : file,
      ),
      ['error file-unreadable data/a.txt'],
    ],
  ];
  for (const [, files, findings] of bags) expect(said(await checkBagAt(zipOf(files)))).toEqual(findings);
  expect((await checkBagAt(zipOf([...inFolder('b/'), ...inFolder('b/')]))).findings[0]).toMatchObject({
    code: 'zip-duplicate-name',
  });
});

test('our own bundles are valid bags, as they are and unpacked', async () => {
  const signer = await makeIdentity('Ada Invented');
  const folder = temporaryFolder();
  const path = join(folder, 'bundle.zip');
  writeFileSync(path, await compile(samplePlan(signer), signer));
  execFileSync('unzip', ['-q', path, '-d', join(folder, 'unpacked')]);
  const [base = ''] = readdirSync(join(folder, 'unpacked'));

  const answer = await checkBagAt(path);
  expect(said(answer)).toEqual([]);
  expect(answer).toMatchObject({ verdict: 'valid', version: '1.0', algorithms: ['sha256'] });
  // What is made after the tag manifest is not listed in it.
  expect(answer.findings.every(({ file }) => file?.startsWith('sig/'))).toBe(true);
  expect(await checkBagAt(join(folder, 'unpacked', base))).toMatchObject({ verdict: 'valid' });
});

test('what is not read, and what is not there', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'bag.tar'), 'ustar and so on');
  await expect(checkBagAt(join(folder, 'bag.tar'))).rejects.toMatchObject({ code: 'file-not-understood' });
  await expect(checkBagAt(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-found' });
});

test('work that is cancelled is no verdict', async () => {
  const controller = new AbortController();
  const progress = () => controller.abort();
  await expect(checkBagAt(folderOf(bag), { signal: controller.signal, progress })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
