import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { archiveStatus } from '../../archive/status.ts';
import type { HoldfastError } from '../../contract/errors.ts';
import { insertArchiveInfo } from '../../db/archive-info.ts';
import { connect, settingsInForce } from '../../db/connection.ts';
import type { WritableDb } from '../../db/handle.ts';
import { migrate } from '../../db/migrate.ts';
import { pageSize } from '../../db/page-size.ts';
import { newId } from '../../evidence/id.ts';
import { checkArchive, importPage, makeArchive, passphrase, testPack } from '../support/archive.ts';
import { program } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary.ts';

const person = { name: 'Tess Ter' };

/** A closed archive with one post in it. */
async function closedArchive(options: { plain?: boolean } = {}): Promise<string> {
  const archive = await makeArchive(options);
  await importPage(archive, 'kept words');
  closeArchive(archive);
  return archive.path;
}

async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    return (error as HoldfastError).code ?? String(error);
  }
  return 'no error';
}

describe.each([
  ['encrypted', false],
  ['plain', true],
])('an archive that is %s', (_name, plain) => {
  test('is made, closed to one file and the lock, and opened again with what was in it', async () => {
    const path = await closedArchive({ plain });
    expect(existsSync(`${path}-wal`)).toBe(false);

    const archive = await openArchive({ path, passphrase: plain ? null : passphrase, person });

    expect(archiveStatus(archive)).toMatchObject({
      encrypted: !plain,
      pageSize,
      counts: { captures: 1, posts: 1, artifacts: 1 },
      actor: { name: 'Tess Ter', basis: 'claimed', signer: null },
    });
    expect(settingsInForce(archive.db)).toEqual({
      foreign_keys: 1,
      journal_mode: 'wal',
      synchronous: 2,
      temp_store: 2,
      secure_delete: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      recursive_triggers: 1,
      cache_size: -65536,
    });
    checkArchive(archive);
    closeArchive(archive);
  });
});

test('an encrypted archive begins like noise, a plain one like SQLite', async () => {
  const plain = readFileSync(await closedArchive({ plain: true }));
  const encrypted = readFileSync(await closedArchive());

  expect(plain.subarray(0, 15).toString()).toBe('SQLite format 3');
  expect(plain.includes('kept words')).toBe(true);
  expect(encrypted.subarray(0, 15).toString()).not.toBe('SQLite format 3');
  expect(encrypted.includes('kept words')).toBe(false);
});

describe('bad input leaves the archive as it was', () => {
  test.each<[string, string, (path: string) => void, string | null]>([
    ['a wrong passphrase', 'wrong-passphrase', () => undefined, 'wrong'],
    ['no passphrase', 'passphrase-missing', () => undefined, null],
    [
      'a file of random pages',
      'wrong-passphrase',
      (path) => writeFileSync(path, Buffer.alloc(pageSize * 2, 0x5a)),
      passphrase,
    ],
    ['a text file', 'not-an-archive', (path) => writeFileSync(path, 'just some notes of mine'), passphrase],
    ['an empty file', 'not-an-archive', (path) => writeFileSync(path, ''), passphrase],
    [
      'a zip file',
      'not-an-archive',
      (path) => writeFileSync(path, Buffer.from('504b0304000000000000000000000000', 'hex')),
      passphrase,
    ],
    [
      'an archive that was cut',
      'not-an-archive',
      (path) => truncateSync(path, pageSize * 2 + 100),
      passphrase,
    ],
  ])('%s gives %s', async (_name, code, change, given) => {
    const path = await closedArchive();
    change(path);
    const before = readFileSync(path);

    expect(await codeOf(() => openArchive({ path, passphrase: given, person }))).toBe(code);

    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a database of another program gives not-an-archive', async () => {
    const path = join(temporaryFolder(), 'other.db');
    new Database(path).exec('CREATE TABLE a (b)').close();

    expect(await codeOf(() => openArchive({ path, passphrase: null, person }))).toBe('not-an-archive');
  });

  test('an archive from a newer version gives archive-newer', async () => {
    const path = await closedArchive();
    const db = connect(path, passphrase);
    db.pragma('user_version = 999');
    db.close();
    const before = readFileSync(path);

    expect(await codeOf(() => openArchive({ path, passphrase, person }))).toBe('archive-newer');

    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a page that was overwritten gives archive-damaged, wrong-passphrase or a failed check, never silence', async () => {
    const path = await closedArchive();
    const bytes = readFileSync(path);
    bytes.fill(0xee, pageSize * 3, pageSize * 3 + 64);
    writeFileSync(path, bytes);

    const act = async (): Promise<void> => {
      const archive = await openArchive({ path, passphrase, person });
      try {
        checkArchive(archive);
      } finally {
        closeArchive(archive);
      }
    };

    expect(await codeOf(act)).not.toBe('no error');
  });

  test('a path where nothing is gives archive-not-found, a folder not-an-archive', async () => {
    const folder = temporaryFolder();

    expect(await codeOf(() => openArchive({ path: join(folder, 'no'), passphrase, person }))).toBe(
      'archive-not-found',
    );
    expect(await codeOf(() => openArchive({ path: folder, passphrase, person }))).toBe('not-an-archive');
  });
});

test.each(['1f8b', '3c21', 'ffd8ff', '504b0304'])(
  'an archive whose random salt begins with %s, like another kind of file, opens',
  async (magic) => {
    const path = join(temporaryFolder(), 'salted.holdfast');
    const db = new Database(path);
    for (const setting of ["cipher = 'sqlcipher'", 'legacy = 4', `legacy_page_size = ${pageSize}`])
      db.pragma(setting);
    db.pragma(`cipher_salt = '${magic.padEnd(32, '7')}'`);
    db.key(Buffer.from(passphrase));
    migrate(db as WritableDb, path);
    insertArchiveInfo(db as WritableDb, { archiveId: newId(), createdAt: '2021-01-14', encrypted: true });
    db.close();
    expect(readFileSync(path).toString('hex', 0, magic.length / 2)).toBe(magic);

    expect(await codeOf(() => openArchive({ path, passphrase: 'wrong', person }))).toBe('wrong-passphrase');
    const archive = await openArchive({ path, passphrase, person });

    expect(archiveStatus(archive).encrypted).toBe(true);
    closeArchive(archive);
  },
);

test('a new archive is for its owner alone', async () => {
  const path = await closedArchive();

  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
});

test('a link to nowhere is not filled, and stays', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'link.holdfast');
  symlinkSync(join(folder, 'nowhere'), path);

  expect(await codeOf(() => createArchive({ path, passphrase, person, clauses: testPack }))).toBe(
    'archive-exists',
  );

  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('an archive that exists is not made again', async () => {
  const path = await closedArchive();

  expect(await codeOf(() => createArchive({ path, passphrase, person, clauses: testPack }))).toBe(
    'archive-exists',
  );
});

test('a folder that is not there gives file-not-found and leaves nothing', async () => {
  const folder = temporaryFolder();

  const act = () =>
    createArchive({ path: join(folder, 'no', 'a.holdfast'), passphrase, person, clauses: testPack });

  expect(await codeOf(act)).toBe('file-not-found');
  expect(readdirSync(folder)).toEqual([]);
});

test('a person without a name is refused and no archive is left behind', async () => {
  const folder = temporaryFolder();

  const act = () =>
    createArchive({ path: join(folder, 'a.holdfast'), passphrase, person: { name: ' ' }, clauses: testPack });

  expect(await codeOf(act)).toBe('bad-input');
  expect(readdirSync(folder)).toEqual([]);
});

describe('one holder', () => {
  test('a second opening in the same process gives archive-in-use', async () => {
    const archive = await makeArchive();

    expect(await codeOf(() => openArchive({ path: archive.path, passphrase, person }))).toBe(
      'archive-in-use',
    );

    checkArchive(archive);
  });

  test('another process gets archive-in-use while this one holds it, and the archive once it is closed', async () => {
    const archive = await makeArchive();
    const other = (): { status: number | null; error: string } => {
      const { status, stderr } = spawnSync(process.execPath, [program, 'status', archive.path], {
        env: { ...process.env, HOLDFAST_PASSPHRASE: passphrase },
        encoding: 'utf8',
      });
      return { status, error: stderr };
    };

    const held = other();
    closeArchive(archive);
    const free = other();

    expect(held.status).toBe(1);
    expect(held.error).toContain('[archive-in-use]');
    expect(free.status).toBe(0);
  });

  test('a symbolic link reaches the same lock', async () => {
    const archive = await makeArchive();
    const link = join(temporaryFolder(), 'link.holdfast');
    symlinkSync(archive.path, link);

    expect(await codeOf(() => openArchive({ path: link, passphrase, person }))).toBe('archive-in-use');

    closeArchive(archive);
    const again = await openArchive({ path: link, passphrase, person });
    checkArchive(again);
    closeArchive(again);
  });

  test('a file with a second name (hard link) is not opened, under either', async () => {
    const path = await closedArchive();
    const second = join(temporaryFolder(), 'second.holdfast');
    linkSync(path, second);

    expect(await codeOf(() => openArchive({ path, passphrase, person }))).toBe('archive-in-use');
    expect(await codeOf(() => openArchive({ path: second, passphrase, person }))).toBe('archive-in-use');

    rmSync(second);
    const archive = await openArchive({ path, passphrase, person });
    checkArchive(archive);
    closeArchive(archive);
  });

  test.each([
    ['is of a process whose number another program has now', (boot: string) => `${boot} 1`, 'no error'],
    [
      'is of a process that still runs',
      (boot: string) =>
        `${boot} ${readFileSync('/proc/1/stat', 'utf8').replace(/.*\) /s, '').split(' ')[19]}`,
      'archive-in-use',
    ],
  ])('a lease that %s', async (_name, bootOf, code) => {
    const archive = await makeArchive({ plain: true });
    const boot = bootOf(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    archive.db.prepare('UPDATE lease SET pid = 1, boot = ?').run(boot);
    archive.db.close();
    archive.lock.release();

    const act = async (): Promise<void> =>
      closeArchive(await openArchive({ path: archive.path, passphrase: null, person }));

    expect(await codeOf(act)).toBe(code);
  });

  test('a lease of a process that has ended, and whose parent has not looked yet, is none', async () => {
    // A sleep that became the parent of what a shell had started never looks after it; the shell itself might.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    });
    const [, stdout, , held] = parent.stdio;
    const [printed] = (await once(stdout as Readable, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep');
    (held as Duplex).end();
    const fields = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
    await expect.poll(() => fields()[0]).toBe('Z');
    const archive = await makeArchive({ plain: true });
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    archive.db.prepare('UPDATE lease SET pid = ?, boot = ?').run(pid, `${boot} ${fields()[19]}`);
    archive.db.close();
    archive.lock.release();

    const act = async (): Promise<void> =>
      closeArchive(await openArchive({ path: archive.path, passphrase: null, person }));

    expect(await codeOf(act)).toBe('no error');
    parent.kill();
  });

  test('staging of a holder that died is removed at the next opening', async () => {
    const archive = await makeArchive({ plain: true });
    archive.db.exec(
      "INSERT INTO blob (holder) VALUES ('dead'); INSERT INTO blob_chunk VALUES (last_insert_rowid(), 0, x'00')",
    );
    archive.db.close();
    archive.lock.release();

    const again = await openArchive({ path: archive.path, passphrase: null, person });

    expect(again.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(0);
    checkArchive(again);
    closeArchive(again);
  });
});

describe('append-only, held by the database itself', () => {
  test.each([
    "UPDATE event SET document = x'00'",
    'DELETE FROM event WHERE seq = 0',
    "INSERT INTO event SELECT seq + 2, 'x', kind, time, document, salt, leaf, leaf_hash FROM event ORDER BY seq DESC LIMIT 1",
    'UPDATE blob SET size = 1',
    'DELETE FROM blob',
    "UPDATE blob_chunk SET bytes = x'00'",
    'DELETE FROM blob_chunk',
    "INSERT INTO blob_chunk SELECT id, 7, x'00' FROM blob",
    "UPDATE post_record SET content = x'00'",
    'DELETE FROM post_record',
    "UPDATE capture SET source_name = 'x'",
    'DELETE FROM artifact',
    "UPDATE session SET actor = 'x'",
    "UPDATE archive_info SET archive_id = 'x'",
    'DELETE FROM archive_info',
    'DELETE FROM post',
    'UPDATE reading SET posts = 9',
    'DELETE FROM clause',
  ])('%s is refused', async (sql) => {
    const archive = await makeArchive({ plain: true });
    await importPage(archive, 'kept words');

    expect(() => archive.db.exec(sql)).toThrowError(/append-only/);

    checkArchive(archive);
  });
});

test('a copy of the file opens where it lies: nothing outside it is needed', async () => {
  const path = await closedArchive();
  const copy = join(temporaryFolder(), 'copy.holdfast');
  copyFileSync(path, copy);

  const archive = await openArchive({ path: copy, passphrase, person });

  checkArchive(archive);
  closeArchive(archive);
});
