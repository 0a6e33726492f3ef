/** A real disk that fills up, and a folder that goes away: what is said, and what is there afterwards. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { checkWhole } from '../../archive/safety/check.ts';
import { changePassphrase } from '../../archive/safety/passphrase.ts';
import { archiveStatus } from '../../archive/status.ts';
import { pageSize } from '../../db/page-size.ts';
import { checkArchive, importPage, makeArchive, passphrase, streamOf } from '../support/archive.ts';
import { program } from '../support/cli.ts';
import { begin } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';

vi.setConfig({ testTimeout: 120_000 });

const person = { name: 'Tess Ter' };

async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'no error';
}

/** An archive in a folder of its own, with a post and two mebibytes in it. */
async function inFolder(): Promise<{ archive: Archive; folder: string; outside: string }> {
  const outside = temporaryFolder();
  const folder = join(outside, 'stick');
  mkdirSync(folder);
  const archive = await makeArchive({ path: join(folder, 'a.holdfast') });
  await importPage(archive, 'acknowledged');
  await importFile(archive, 'large.bin', streamOf(randomBytes(2 * 1024 * 1024)));
  return { archive, folder, outside };
}

/** What was acknowledged is in the file once it is back. */
async function expectWhole(path: string): Promise<void> {
  const archive = await openArchive({ path, passphrase, person });
  expect(archiveStatus(archive).counts).toMatchObject({ captures: 2, posts: 1 });
  checkArchive(archive);
  closeArchive(archive);
}

const acts: [name: string, act: (archive: Archive, outside: string) => Promise<unknown>][] = [
  ['an import', (archive) => importFile(archive, 'post.html', streamOf('<p>more words</p>'))],
  ['a recording', (archive) => begin(recordingSink(archive))],
  ['a backup', (archive, outside) => backUp(archive, join(outside, 'backup.holdfast'))],
  [
    'a passphrase change',
    (archive) =>
      changePassphrase(archive, { secret: { passphrase }, newPassphrase: 'x y z' }, {}, () => undefined),
  ],
  ['a check', (archive) => checkWhole(archive)],
];

test.each(acts)(
  '%s on an archive whose folder was moved away: archive-gone, and nothing is lost',
  async (_name, act) => {
    const { archive, folder, outside } = await inFolder();
    const away = join(outside, 'away');
    renameSync(folder, away);

    const code = await codeOf(() => act(archive, outside));
    closeArchive(archive);

    expect(code).toMatch(/^(archive-gone|file-not-found)$/);
    expect(readdirSync(outside)).toEqual(['away']);
    await expectWhole(join(away, 'a.holdfast'));
  },
);

test('an import into an archive that was removed is not acknowledged', async () => {
  const { archive, folder } = await inFolder();
  rmSync(folder, { recursive: true });

  expect(await codeOf(() => importPage(archive, 'more words'))).toBe('archive-gone');

  closeArchive(archive);
  expect(existsSync(folder)).toBe(false);
});

test('another file in its place is not taken for the archive', async () => {
  const { archive, folder, outside } = await inFolder();
  const path = join(folder, 'a.holdfast');
  renameSync(path, join(outside, 'mine.holdfast'));
  copyFileSync(join(outside, 'mine.holdfast'), path);

  expect(await codeOf(() => importPage(archive, 'more words'))).toBe('archive-gone');

  closeArchive(archive);
  await expectWhole(join(outside, 'mine.holdfast'));
});

test('a folder that goes away in the middle of a backup leaves an error and no backup', async () => {
  const { archive, folder, outside } = await inFolder();
  const target = join(outside, 'usb');
  mkdirSync(target);

  const code = await codeOf(() =>
    backUp(archive, join(target, 'backup.holdfast'), {
      progress: () => rmSync(target, { recursive: true, force: true }),
    }),
  );

  expect(code).toMatch(/^(file-not-found|not-writable|io-failed)$/);
  expect(existsSync(target)).toBe(false);
  await importPage(archive, 'work goes on');
  checkArchive(archive);
  closeArchive(archive);
  expect(readdirSync(folder).sort()).toEqual(['a.holdfast', 'a.holdfast-lock']);
});

/** Runs a shell script where `folder` is a file system of its own: unprivileged, in a mount namespace. */
function onFileSystem(folder: string, size: string, script: string) {
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', `mount -t tmpfs -o size=${size} none "$FOLDER" && ${script}`],
    {
      env: {
        ...process.env,
        FOLDER: folder,
        H: `${process.execPath} ${program}`,
        HOLDFAST_PASSPHRASE: passphrase,
        HOLDFAST_NEW_PASSPHRASE: 'x y z',
      },
      encoding: 'utf8',
    },
  );
  return { stdout, stderr };
}

test('a disk with too little room: said before anything is written, and the archive is as it was', async () => {
  const { archive, outside } = await inFolder();
  await backUp(archive, join(outside, 'backup.holdfast'));
  closeArchive(archive);
  const folder = temporaryFolder();

  const { stdout, stderr } = onFileSystem(
    folder,
    // Room for work in the archive, and less than a copy with its own work needs.
    String(statSync(archive.path).size * 2 + 512 * 1024),
    `cp ${archive.path} $FOLDER/a.holdfast;
     $H passphrase $FOLDER/a.holdfast; echo "passphrase $?";
     $H backup $FOLDER/a.holdfast $FOLDER/b.holdfast; echo "backup $?";
     $H restore ${outside}/backup.holdfast $FOLDER/c.holdfast; echo "restore $?";
     $H check $FOLDER/a.holdfast | tail -1; ls -A $FOLDER`,
  );

  expect(stderr.match(/Nothing was written.*\[disk-full\]/g)).toHaveLength(3);
  expect(stdout.split('\n')).toEqual([
    'passphrase 1',
    'backup 1',
    'restore 1',
    expect.stringMatching(/^whole:/),
    'a.holdfast',
    'a.holdfast-lock',
    '',
  ]);
});

test('a check for which the disk has no room: disk-full, and nothing is said of the archive', async () => {
  const { archive } = await inFolder();
  closeArchive(archive);
  const { size } = statSync(archive.path);

  const { stdout, stderr } = onFileSystem(
    temporaryFolder(),
    `${Math.ceil(size / 1024) + 1500}k`,
    `cp ${archive.path} $FOLDER/a.holdfast;
     $H check $FOLDER/a.holdfast; echo "check $?";
     $H log verify $FOLDER/a.holdfast; echo "log $?"`,
  );

  expect(stderr.match(/\[disk-full\]/g)).toHaveLength(2);
  expect(stdout.trim().split('\n')).toEqual(['check 1', 'log 1']);
});

test('a disk that fills up while the log is folded in: the piece of a page it leaves is no cut archive', async () => {
  const { archive, folder } = await inFolder();
  const copy = join(folder, 'b.holdfast');
  // As it lies there when the process is killed: the last page in part, and all of it in the write-ahead log.
  copyFileSync(`${archive.path}-wal`, `${copy}-wal`);
  writeFileSync(copy, Buffer.concat([readFileSync(archive.path), randomBytes(8 * 1024)]));
  closeArchive(archive);

  await expectWhole(copy);
  expect(statSync(copy).size % pageSize).toBe(0);
});
