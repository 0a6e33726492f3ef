import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { archiveStatus } from '../../archive/status.ts';
import { addTag } from '../../archive/tags/add.ts';
import {
  checkArchive,
  checkLog,
  importPage,
  makeArchive,
  passphrase,
  postPage,
  streamOf,
} from '../support/archive.ts';
import { program } from '../support/cli.ts';
import { faultyArchive } from '../support/faulty.ts';
import { temporaryFolder } from '../support/temporary.ts';

const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const page = postPage('words that must be whole').replace(
  '"articleBody"',
  `"image":"${picture}","articleBody"`,
);

describe('a disk that is full at any write', () => {
  test('an import is whole or not there, and the next one works', async () => {
    const archive = await makeArchive({ plain: true });
    const before = archiveStatus(archive).counts;

    for (let at = 0; ; at++) {
      const faulty = faultyArchive(archive, at);
      const outcome = await importFile(faulty.archive, 'a.html', streamOf(page)).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      if (outcome === 'done') {
        expect(at).toBeGreaterThan(10);
        break;
      }
      expect(outcome).toBe('disk-full');
      expect({ at, counts: archiveStatus(archive).counts }).toEqual({ at, counts: before });
      // What the full disk would not let us remove goes at the next opening.
      archive.db.exec(
        'DELETE FROM blob_chunk WHERE blob_id IN (SELECT id FROM blob WHERE sha256 IS NULL); DELETE FROM blob WHERE sha256 IS NULL',
      );
      checkArchive(archive);
    }

    expect(archiveStatus(archive).counts).toMatchObject({ captures: 1, posts: 1, artifacts: 2 });
    checkArchive(archive);
  });

  test('a tag is whole or not there', async () => {
    const archive = await makeArchive({ plain: true });
    const postId = await importPage(archive, 'words');
    const draft = { postId, clauseKey: 'x/hateful-conduct', because: 'a reason' };
    const before = archiveStatus(archive).counts;
    const completed = Math.log2((before.events + 1) & -(before.events + 1));

    let at = 0;
    for (; ; at++) {
      try {
        addTag(faultyArchive(archive, at).archive, draft);
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'SQLITE_FULL' });
        expect(archiveStatus(archive).counts).toEqual(before);
        await checkLog(archive);
      }
    }

    // The event, its leaf's place in the tree (the head, and every hash that it completes), the tag, its line in the inbox.
    expect(at).toBe(4 + completed);
    checkArchive(archive);
    await checkLog(archive);
  });
});

/** Runs a shell script where `folder` is a file system of its own: unprivileged, in a mount namespace. */
function onFileSystem(folder: string, options: string, script: string) {
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', `mount -t tmpfs -o ${options} none "$FOLDER" && ${script}`],
    {
      env: { ...process.env, FOLDER: folder, NODE: process.execPath, HOLDFAST_PASSPHRASE: passphrase },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

describe('a real disk', () => {
  test('that fills up during an import: disk-full, and the archive is as before', () => {
    const folder = temporaryFolder();
    const large = join(temporaryFolder(), 'large.bin');
    writeFileSync(large, randomBytes(8 * 1024 * 1024));
    const small = join(temporaryFolder(), 'small.html');
    writeFileSync(small, page);

    const { stdout, stderr } = onFileSystem(
      folder,
      'size=16m',
      `$NODE ${program} init $FOLDER/a.holdfast >/dev/null;
       $NODE ${program} import $FOLDER/a.holdfast ${small} >/dev/null;
       head -c 10000000 /dev/zero > $FOLDER/other;
       $NODE ${program} import $FOLDER/a.holdfast ${large}; echo "import $?";
       rm $FOLDER/other;
       $NODE ${program} rebuild $FOLDER/a.holdfast; echo "rebuild $?";
       $NODE ${program} status $FOLDER/a.holdfast`,
    );

    expect(stderr).toContain('[disk-full]');
    expect(stdout).toContain('import 1');
    expect(stdout).toContain('every table was as the events say');
    expect(stdout).toContain('rebuild 0');
    expect(stdout).toContain('1 captures, 1 posts');
  });

  test('that is read-only: not-writable', async () => {
    const folder = temporaryFolder();
    const archive = await makeArchive();
    closeArchive(archive);

    const { stdout, stderr } = onFileSystem(
      folder,
      'size=16m',
      `cp ${archive.path} $FOLDER/a.holdfast && mount -o remount,ro "$FOLDER" &&
       { $NODE ${program} status $FOLDER/a.holdfast; echo "open $?";
         $NODE ${program} init $FOLDER/b.holdfast; echo "init $?"; }`,
    );

    expect(stdout).toBe('open 1\ninit 1\n');
    expect(stderr.match(/\[not-writable\]/g)).toHaveLength(2);
  });
});

/** Starts an import and kills it without warning once so many bytes have reached the write-ahead log. */
async function killedImport(path: string, file: string, bytes: number): Promise<void> {
  const child = spawn(process.execPath, [program, 'import', path, file], {
    env: { ...process.env, HOLDFAST_PASSPHRASE: passphrase },
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const wal = `${path}-wal`;
  // Polling a file is no wait for a time: the kill comes at a state of the disk.
  const written = (): number => statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
  while (child.exitCode === null && written() < bytes) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill('SIGKILL');
  await gone;
}

test('a process killed at any point of an import loses nothing acknowledged and leaves nothing half', async () => {
  const archive = await makeArchive();
  await importPage(archive, 'kept');
  closeArchive(archive);
  const folder = join(temporaryFolder(), 'in');
  mkdirSync(folder);
  writeFileSync(join(folder, 'large.bin'), randomBytes(12 * 1024 * 1024));
  writeFileSync(join(folder, 'page.html'), page);

  for (const bytes of [1, 60_000, 1_000_000, 4_500_000, 9_000_000, 12_000_000, 13_000_000]) {
    await killedImport(archive.path, folder, bytes);

    const again = await openArchive({ path: archive.path, passphrase, person: { name: 'Tess Ter' } });
    checkArchive(again);
    expect(archiveStatus(again).counts.captures).toBeGreaterThanOrEqual(1);
    closeArchive(again);
    expect(readdirSync(join(archive.path, '..')).sort()).toEqual(['test.holdfast', 'test.holdfast-lock']);
  }
}, 300_000);
