/** Each step on the disk broken in turn, and the process killed at each: the archive is whole, old or new. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { archiveStatus } from '../../archive/status.ts';
import { checkArchive, passphrase, postPage, streamOf, testPack } from '../support/archive.ts';
import { program } from '../support/cli.ts';
import { sampled } from '../support/sampled.ts';
import { type BrokenCall, runBroken } from '../support/strace.ts';
import { temporaryFolder } from '../support/temporary.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const next = 'the new passphrase';
const person = { name: 'Tess Ter' };
const environment = {
  PATH: process.env.PATH,
  HOLDFAST_PASSPHRASE: passphrase,
  HOLDFAST_NEW_PASSPHRASE: next,
  HOLDFAST_NAME: 'Tess Ter',
};

let made: string;

/** One archive with a post and three mebibytes, and a backup of it; each test works on copies. */
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'holdfast-faults-'));
  const path = join(made, 'a.holdfast');
  const archive = await createArchive({ path, passphrase, person, clauses: testPack });
  await importFile(archive, 'post.html', streamOf(postPage('words to keep')));
  await importFile(archive, 'large.bin', streamOf(randomBytes(3 * 1024 * 1024)));
  await backUp(archive, join(made, 'b.holdfast'));
  closeArchive(archive);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

function copies(): string {
  const folder = temporaryFolder();
  for (const name of ['a.holdfast', 'b.holdfast']) copyFileSync(join(made, name), join(folder, name));
  mkdirSync(join(folder, 'out'));
  return folder;
}

/** Opens with whichever of the two passphrases does, checks everything, and says which it was. */
async function opensWith(path: string): Promise<'old' | 'new'> {
  for (const [name, given] of [
    ['old', passphrase],
    ['new', next],
  ] as const) {
    const archive = await openArchive({ path, passphrase: given, person }).catch(() => null);
    if (archive === null) continue;
    checkArchive(archive);
    expect(archiveStatus(archive).counts).toMatchObject({ captures: 2, posts: 1 });
    closeArchive(archive);
    return name;
  }
  throw new Error(`${path} opens with neither passphrase`);
}

type Step = [name: string, fault: Omit<BrokenCall, 'paths' | 'how'> & { at: readonly string[] }];

function pathsIn(folder: string, at: readonly string[]): string[] {
  return at.map((name) => join(folder, name));
}

const rekey = '.a.holdfast-rekey.partial';
const passphraseSteps: Step[] = [
  ['making the new file', { at: [rekey], syscall: 'openat' }],
  ['its first write', { at: [rekey], syscall: 'pwrite64' }],
  ['a later write', { at: [rekey], syscall: 'pwrite64', when: '2+' }],
  ['syncing it', { at: [rekey], syscall: 'fsync' }],
  ['its own log', { at: [`${rekey}-wal`], syscall: 'pwrite64' }],
  ['taking the name', { at: [rekey], syscall: 'rename' }],
];

describe('a passphrase change', () => {
  test.each(sampled(passphraseSteps))(
    'with an error at %s leaves the old archive, whole, and nothing else',
    async (_name, { at, ...fault }) => {
      const folder = copies();
      const path = join(folder, 'a.holdfast');

      const { code, hit } = runBroken(
        { ...fault, paths: pathsIn(folder, at), how: 'error=ENOSPC' },
        ['passphrase', path],
        environment,
      );

      expect({ hit, code }).toEqual({
        hit: true,
        code: expect.stringMatching(/^(disk-full|io-failed|not-writable)$/),
      });
      expect(await opensWith(path)).toBe('old');
      expect(readdirSync(folder).sort()).toEqual(['a.holdfast', 'a.holdfast-lock', 'b.holdfast', 'out']);
    },
  );

  test.each(
    sampled([
      ...passphraseSteps.map(([name, fault]) => [name, fault, 'old'] as const),
      ['syncing the folder, the name taken', { at: ['.'], syscall: 'fsync', when: '3' }, 'new'] as const,
    ]),
  )(
    'killed at %s leaves one whole archive, and the next opening clears up',
    async (_name, { at, ...fault }, which) => {
      const folder = copies();
      const path = join(folder, 'a.holdfast');

      const { killed } = runBroken(
        { ...fault, paths: pathsIn(folder, at), how: 'signal=SIGKILL' },
        ['passphrase', path],
        environment,
      );

      expect(killed).toBe(true);
      expect(await opensWith(path)).toBe(which);
      expect(readdirSync(folder).sort()).toEqual(['a.holdfast', 'a.holdfast-lock', 'b.holdfast', 'out']);
    },
  );
});

const partial = 'out/.c.holdfast.partial';
const copySteps: Step[] = [
  ['making the copy', { at: [partial], syscall: 'openat' }],
  ['a write', { at: [partial], syscall: 'pwrite64', when: '2+' }],
  ['syncing it', { at: [partial], syscall: 'fsync' }],
  ['giving it its name', { at: [partial], syscall: 'link' }],
  ['syncing its folder', { at: ['out'], syscall: 'fsync' }],
];

describe.each([
  ['backup', 'a.holdfast'],
  ['restore', 'b.holdfast'],
])('%s', (command, from) => {
  test.each(sampled(copySteps))(
    'with an error at %s leaves no copy, or a whole one, and the source as it was',
    async (name, { at, ...fault }) => {
      const folder = copies();
      const out = join(folder, 'out', 'c.holdfast');
      const before = readFileSync(join(folder, 'b.holdfast'));
      // Some file systems know no links; there the copy is renamed instead.
      const how = name === 'giving it its name' ? 'error=EACCES' : 'error=EIO';

      const { code, hit } = runBroken(
        { ...fault, paths: pathsIn(folder, at), how },
        [command, join(folder, from), out],
        environment,
      );

      expect(hit).toBe(true);
      if (name !== 'giving it its name') {
        expect(code).toMatch(/^(disk-full|io-failed|not-writable|archive-damaged)$/);
      }
      if (name === 'giving it its name' || name === 'syncing its folder')
        expect(await opensWith(out)).toBe('old');
      else expect(readdirSync(join(folder, 'out'))).toEqual([]);
      expect(await opensWith(join(folder, 'a.holdfast'))).toBe('old');
      expect(readFileSync(join(folder, 'b.holdfast')).equals(before)).toBe(true);
    },
  );

  test.each(
    sampled([
      ...copySteps.filter(([name]) => name !== 'making the copy'),
      ['putting away its log, which is whole', { at: [`${partial}-wal`], syscall: 'unlink' }] as const,
      ['giving up its first name, the second given', { at: [partial], syscall: 'unlink' }] as const,
    ]),
  )('killed at %s can be done again, and leaves nothing beside it', async (_name, { at, ...fault }) => {
    const folder = copies();
    const out = join(folder, 'out', 'c.holdfast');
    const source = join(folder, from);

    const { killed } = runBroken(
      { ...fault, paths: pathsIn(folder, at), how: 'signal=SIGKILL' },
      [command, source, out],
      environment,
    );

    expect(killed).toBe(true);
    expect(await opensWith(join(folder, 'a.holdfast'))).toBe('old');
    if (existsSync(out)) {
      expect(await opensWith(out)).toBe('old');
      expect(readdirSync(join(folder, 'out')).sort()).toEqual(['c.holdfast', 'c.holdfast-lock']);
      return;
    }
    const again = spawnSync(process.execPath, [program, command, source, out], {
      env: environment,
      encoding: 'utf8',
    });
    expect(again.stderr).toBe('');
    expect(readdirSync(join(folder, 'out'))).toEqual(['c.holdfast']);
    expect(await opensWith(out)).toBe('old');
  });
});
