import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from '@signalapp/sqlcipher';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { checkRuin, checkWhole } from '../../archive/safety/check.ts';
import { changePassphrase, estimatePassphraseChange } from '../../archive/safety/passphrase.ts';
import { writeRecoverySheet } from '../../archive/safety/recovery.ts';
import { restoreBackup } from '../../archive/safety/restore.ts';
import { archiveStatus } from '../../archive/status.ts';
import type { Secret } from '../../contract/model/safety.ts';
import { pageSize } from '../../db/page-size.ts';
import { checkArchive, importPage, makeArchive, passphrase } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const person = { name: 'Tess Ter' };
const next = 'another passphrase, گذرواژه';

async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'no error';
}

/** An archive with one post in it. */
async function withPost(options: { plain?: boolean } = {}): Promise<Archive> {
  const archive = await makeArchive(options);
  await importPage(archive, 'words to keep');
  return archive;
}

async function change(archive: Archive, secret: Secret | null, newPassphrase = next): Promise<Archive> {
  let after = archive;
  await changePassphrase(archive, { secret, newPassphrase }, {}, (changed) => {
    after = changed;
  });
  return after;
}

function kinds(archive: Archive): string[] {
  return archive.db
    .prepare('SELECT kind FROM event ORDER BY seq')
    .pluck()
    .all()
    .map((kind) => String(kind));
}

/** Opens with SQLCipher's own program; `key` as it takes it. */
function bySqlCipher(path: string, key: string): unknown {
  const db = new Database(path);
  try {
    db.pragma(`key = "${key.replaceAll('"', '""')}"`);
    db.pragma(`cipher_page_size = ${pageSize}`);
    return {
      ...db.prepare('SELECT preview FROM post').get(),
      pages: db.pragma('cipher_integrity_check'),
      structure: db.pragma('integrity_check', { simple: true }),
    };
  } finally {
    db.close();
  }
}
const whole = { preview: 'words to keep', pages: [], structure: 'ok' };

/** The key of a sheet, as the sheet tells a person to give it to SQLCipher. */
function keyOnSheet(sheet: string): string {
  const groups = [...sheet.matchAll(/(\d+)\. ([0-9a-f]{4}) ([0-9a-f]{4}) [0-9a-f]{2}/g)]
    .sort((a, b) => Number(a[1]) - Number(b[1]))
    .map(([, , a, b]) => `${a}${b}`);
  return `x'${groups.join('')}'`;
}

describe('a new passphrase', () => {
  test('opens the archive, the old one does not, and everything is there, for Holdfast and for SQLCipher', async () => {
    const archive = await withPost();
    const { fileSize: _, ...before } = archiveStatus(archive);

    const after = await change(archive, { passphrase });

    const counts = { ...before.counts, events: before.counts.events + 1 };
    expect(archiveStatus(after)).toMatchObject({ ...before, counts });
    expect(kinds(after).at(-1)).toBe('passphrase.changed');
    checkArchive(after);
    await importPage(after, 'words from after');
    closeArchive(after);
    expect(readdirSync(join(archive.path, '..')).sort()).toEqual(['test.holdfast', 'test.holdfast-lock']);
    expect(statSync(archive.path).mode & 0o777).toBe(0o600);

    expect(bySqlCipher(archive.path, next)).toEqual(whole);
    expect(await codeOf(() => openArchive({ path: archive.path, passphrase, person }))).toBe(
      'wrong-passphrase',
    );
    const again = await openArchive({ path: archive.path, passphrase: next, person });
    expect(again.db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(archiveStatus(again)).toMatchObject({ pageSize, encrypted: true, counts: { posts: 2 } });
    checkArchive(again);
    closeArchive(again);
  });

  test('encrypts an archive that was plain', async () => {
    const archive = await withPost({ plain: true });

    const after = await change(archive, null);

    expect(archiveStatus(after).encrypted).toBe(true);
    checkArchive(after);
    closeArchive(after);
    expect(readFileSync(archive.path).includes('words to keep')).toBe(false);
    expect(bySqlCipher(archive.path, next)).toEqual(whole);
    const again = await openArchive({ path: archive.path, passphrase: next, person });
    expect(again.db.pragma('auto_vacuum', { simple: true })).toBe(2);
    expect(archiveStatus(again)).toMatchObject({ pageSize, encrypted: true });
    checkArchive(again);
    closeArchive(again);
  });

  test.each<[string, (archive: Archive) => Promise<unknown>, string]>([
    ['the wrong present passphrase', (a) => change(a, { passphrase: 'wrong' }), 'wrong-passphrase'],
    ['no present passphrase', (a) => change(a, null), 'passphrase-missing'],
    [
      'a typing error on the sheet',
      (a) => change(a, { recovery: { typed: 'x' } }),
      'recovery-key-unreadable',
    ],
    [
      'a new passphrase that other programs take for a key',
      (a) => change(a, { passphrase }, `x'${'0'.repeat(64)}'`),
      'bad-input',
    ],
    [
      'a cancel',
      (a) =>
        changePassphrase(
          a,
          { secret: { passphrase }, newPassphrase: next },
          { signal: AbortSignal.abort(Object.assign(new Error('stop'), { code: 'cancelled' })) },
          () => undefined,
        ),
      'cancelled',
    ],
  ])('with %s changes nothing', async (_name, act, code) => {
    const archive = await withPost();

    expect(await codeOf(() => act(archive))).toBe(code);

    await importPage(archive, 'work goes on');
    checkArchive(archive);
    expect(kinds(archive)).not.toContain('passphrase.changed');
    closeArchive(archive);
    expect(readdirSync(join(archive.path, '..')).sort()).toEqual(['test.holdfast', 'test.holdfast-lock']);
    closeArchive(await openArchive({ path: archive.path, passphrase, person }));
  });

  test('lets nothing be written meanwhile, and goes on as before when it is stopped', async () => {
    const archive = await withPost();
    const stop = new AbortController();
    const codes: Promise<string>[] = [];

    const changing = changePassphrase(
      archive,
      { secret: { passphrase }, newPassphrase: next },
      {
        signal: stop.signal,
        progress: () => {
          codes.push(codeOf(() => importPage(archive, 'words from meanwhile')));
          stop.abort(Object.assign(new Error('stop'), { code: 'cancelled' }));
        },
      },
      () => undefined,
    );

    expect(await codeOf(() => changing)).toBe('cancelled');
    expect(await codes[0]).toBe('archive-busy');
    await importPage(archive, 'words from after');
    expect(archiveStatus(archive).counts.posts).toBe(2);
    expect(archive.db.prepare('SELECT count(*) FROM blob WHERE sha256 IS NULL').pluck().get()).toBe(0);
    checkArchive(archive);
  });

  test('is estimated before: room for a second file, and some time', async () => {
    const archive = await withPost();

    const estimate = estimatePassphraseChange(archive);

    expect(estimate.needed).toBeGreaterThan(statSync(archive.path).size);
    expect(estimate.free).toBeGreaterThan(0);
    expect(estimate.seconds).toBeGreaterThanOrEqual(1);
  });

  test('what a killed change left beside the archive goes at the next opening', async () => {
    const archive = await withPost();
    closeArchive(archive);
    const left = join(archive.path, '..', '.test.holdfast-rekey.partial');
    for (const suffix of ['', '-wal', '-shm']) writeFileSync(`${left}${suffix}`, 'half');

    closeArchive(await openArchive({ path: archive.path, passphrase, person }));

    expect(readdirSync(join(archive.path, '..')).sort()).toEqual(['test.holdfast', 'test.holdfast-lock']);
  });
});

describe('a recovery sheet', () => {
  test.each(['sheet.txt', 'sheet.pdf'])(
    '%s opens the archive and gives it a new passphrase',
    async (name) => {
      const archive = await withPost();
      const path = join(temporaryFolder(), name);

      const report = await writeRecoverySheet(archive, path, { passphrase });

      expect(statSync(path).mode & 0o777).toBe(0o600);
      const sheet = readFileSync(path, 'latin1');
      for (const words of [archive.info.archiveId, report.sheetId, 'lost passphrase', 'sheet useless']) {
        expect(sheet).toContain(words);
      }
      expect(kinds(archive).at(-1)).toBe('recovery.exported');
      const key = keyOnSheet(sheet);
      const document = archive.db.prepare('SELECT document FROM event ORDER BY seq DESC').pluck().get();
      expect(JSON.parse(String(document)).body).toEqual({
        sheet: report.sheetId,
        format: name.endsWith('pdf') ? 'pdf' : 'text',
      });
      closeArchive(archive);
      expect(bySqlCipher(archive.path, key)).toEqual(whole);

      const recovered = await openArchive({
        path: archive.path,
        passphrase: null,
        recovery: { path },
        person,
      });
      const after = await change(recovered, { recovery: { path } });
      checkArchive(after);
      expect(await codeOf(() => change(after, { recovery: { path } }))).toBe('recovery-key-wrong');
      closeArchive(after);

      expect(
        await codeOf(() => openArchive({ path: archive.path, passphrase: null, recovery: { path }, person })),
      ).toBe('recovery-key-wrong');
      closeArchive(await openArchive({ path: archive.path, passphrase: next, person }));
    },
  );

  test('is not written for the wrong passphrase, over a file, or for a plain archive', async () => {
    const archive = await withPost();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'there.txt'), 'mine');
    const plain = await makeArchive({ plain: true });
    const sheet = (a: Archive, name: string, given = passphrase) =>
      codeOf(() => writeRecoverySheet(a, join(folder, name), { passphrase: given }));

    expect(await sheet(archive, 'a.txt', 'wrong')).toBe('wrong-passphrase');
    expect(await sheet(archive, 'there.txt')).toBe('output-exists');
    expect(await sheet(plain, 'b.txt')).toBe('bad-input');

    expect(readdirSync(folder)).toEqual(['there.txt']);
    expect(readFileSync(join(folder, 'there.txt'), 'utf8')).toBe('mine');
  });
});

describe('a backup', () => {
  test('is the archive as it was, opens with the same passphrase and sheet, and the log knows of it', async () => {
    const archive = await withPost();
    const folder = temporaryFolder();
    const path = join(folder, 'backup.holdfast');
    const sheet = join(folder, 'sheet.txt');
    await writeRecoverySheet(archive, sheet, { passphrase });

    const report = await backUp(archive, path);

    const { stdout } = spawnSync('sha256sum', [path], { encoding: 'utf8' });
    expect(stdout.slice(0, 64)).toBe(report.sha256);
    expect(report).toMatchObject({
      size: statSync(path).size,
      head: { size: archiveStatus(archive).counts.events - 1 },
    });
    expect(kinds(archive).at(-1)).toBe('backup.made');
    expect(archiveStatus(archive).lastBackup).toMatchObject({ sha256: report.sha256, size: report.size });
    await importPage(archive, 'words from after');
    checkArchive(archive);
    expect(readdirSync(folder).sort()).toEqual(['backup.holdfast', 'sheet.txt']);
    expect(bySqlCipher(path, passphrase)).toEqual(whole);
    expect(bySqlCipher(path, keyOnSheet(readFileSync(sheet, 'utf8')))).toEqual(whole);

    // While the archive itself is open: the copy is nobody's.
    const copy = await openArchive({ path, passphrase, person });
    expect(archiveStatus(copy).counts.posts).toBe(1);
    checkArchive(copy);
    closeArchive(copy);
  });

  test('is made while work goes on, and holds what was there when it began', async () => {
    const archive = await withPost();
    const path = join(temporaryFolder(), 'backup.holdfast');
    let imported: Promise<unknown> | null = null;

    await backUp(archive, path, {
      progress: () => {
        imported ??= importPage(archive, 'words from meanwhile');
      },
    });
    await imported;

    expect(archiveStatus(archive).counts.posts).toBe(2);
    checkArchive(archive);
    const copy = await openArchive({ path, passphrase, person });
    expect(archiveStatus(copy).counts.posts).toBe(1);
    checkArchive(copy);
    closeArchive(copy);
  });

  test('is one at a time, and never written over a file', async () => {
    const archive = await withPost();
    const folder = temporaryFolder();
    const path = join(folder, 'backup.holdfast');

    const both = await Promise.all([
      codeOf(() => backUp(archive, path)),
      codeOf(() => backUp(archive, join(folder, 'second.holdfast'))),
    ]);

    expect(both).toEqual(['no error', 'archive-busy']);
    expect(await codeOf(() => backUp(archive, path))).toBe('output-exists');
    expect(await codeOf(() => backUp(archive, archive.path))).toBe('output-exists');
    expect(readdirSync(folder)).toEqual(['backup.holdfast']);
    checkArchive(archive);
  });

  test('of a plain archive is plain, and opens', async () => {
    const archive = await withPost({ plain: true });
    const path = join(temporaryFolder(), 'backup.holdfast');

    await backUp(archive, path);

    const copy = await openArchive({ path, passphrase: null, person });
    checkArchive(copy);
    closeArchive(copy);
  });

  test('made before a new passphrase opens with the old one', async () => {
    const archive = await withPost();
    const path = join(temporaryFolder(), 'backup.holdfast');
    await backUp(archive, path);

    closeArchive(await change(archive, { passphrase }));

    closeArchive(await openArchive({ path, passphrase, person }));
  });
});

describe('a restored archive', () => {
  test('goes on from the backup, says so in its log, and leaves the backup untouched', async () => {
    const archive = await withPost();
    const folder = temporaryFolder();
    const backupPath = join(folder, 'backup.holdfast');
    const backup = await backUp(archive, backupPath);
    const bytes = readFileSync(backupPath);
    const path = join(folder, 'restored.holdfast');

    const report = await restoreBackup({ backupPath, path, passphrase, person: { name: 'Rita Restore' } });

    expect(report).toMatchObject({
      path,
      sha256: backup.sha256,
      from: backup.head,
      archiveId: archive.info.archiveId,
    });
    expect(readFileSync(backupPath).equals(bytes)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['backup.holdfast', 'restored.holdfast']);
    const restored = await openArchive({ path, passphrase, person });
    const log = kinds(restored);
    expect(log.slice(backup.head.size, backup.head.size + 2)).toEqual(['session.opened', 'archive.restored']);
    expect(archiveStatus(restored).counts.posts).toBe(1);
    checkArchive(restored);
    closeArchive(restored);
  });

  test.each<[string, (path: string) => void, string, string]>([
    ['a wrong passphrase', () => undefined, 'wrong', 'wrong-passphrase'],
    ['a changed page', (path) => flip(path, pageSize * 5 + 77), passphrase, 'archive-damaged'],
    [
      'a file that is cut',
      (path) => writeFileSync(path, readFileSync(path).subarray(0, -9)),
      passphrase,
      'not-an-archive',
    ],
    ['a log beside it', (path) => writeFileSync(`${path}-wal`, 'x'), passphrase, 'archive-in-use'],
  ])('is not made from a backup with %s', async (_name, damage, given, code) => {
    const archive = await withPost();
    const folder = temporaryFolder();
    const backupPath = join(folder, 'backup.holdfast');
    await backUp(archive, backupPath);
    damage(backupPath);
    const before = readdirSync(folder);

    const path = join(folder, 'restored.holdfast');
    expect(await codeOf(() => restoreBackup({ backupPath, path, passphrase: given, person }))).toBe(code);

    expect(readdirSync(folder)).toEqual(before);
  });

  test('is not made over a file', async () => {
    const archive = await withPost();
    const backupPath = join(temporaryFolder(), 'backup.holdfast');
    await backUp(archive, backupPath);

    expect(await codeOf(() => restoreBackup({ backupPath, path: archive.path, passphrase, person }))).toBe(
      'output-exists',
    );

    checkArchive(archive);
  });
});

/** Changes one byte of a file. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe('a check', () => {
  test.each([false, true])(
    'of a whole archive (plain: %s) finds nothing and changes nothing',
    async (plain) => {
      const archive = await withPost({ plain });
      const before = archiveStatus(archive).counts;

      const report = await checkWhole(archive);

      expect(report).toMatchObject({ ok: true, problems: [], encrypted: !plain, pageSize, artifacts: 1 });
      expect(report.pages * pageSize).toBe(statSync(archive.path).size);
      expect(archiveStatus(archive).counts).toEqual(before);
    },
  );

  test('names a page that was changed on the disk', async () => {
    const archive = await withPost();
    const free =
      'CREATE TABLE aside (bytes BLOB); INSERT INTO aside VALUES (randomblob(100000)); DROP TABLE aside';
    archive.db.exec(free);
    closeArchive(archive);
    const last = statSync(archive.path).size / pageSize;
    flip(archive.path, (last - 1) * pageSize + 100);

    const again = await openArchive({ path: archive.path, passphrase, person });
    const report = await checkWhole(again);

    // Nothing is in this page now, and SQLite would never look at it.
    expect(report.problems).toEqual([
      { code: 'pages', message: expect.stringContaining(`page ${last} of the file`) },
    ]);
    expect(await codeOf(() => backUp(again, join(temporaryFolder(), 'b')))).toBe('archive-damaged');
    expect(await codeOf(() => change(again, { passphrase }))).toBe('archive-damaged');
    closeArchive(again);
  });

  test('of an archive that does not open any more names its pages, and tells damage from a wrong passphrase', async () => {
    const archive = await withPost();
    closeArchive(archive);
    const { path } = archive;
    for (let n = 3; n < statSync(path).size / pageSize; n++) flip(path, (n - 1) * pageSize + 9);

    expect(await codeOf(() => openArchive({ path, passphrase, person }))).toBe('archive-damaged');
    expect(await codeOf(() => openArchive({ path, passphrase: 'wrong', person }))).toBe('wrong-passphrase');
    const report = await checkRuin(path, { passphrase });

    expect(report?.problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^page 3 /));
    expect(await checkRuin(path, { passphrase: 'wrong' })).toBe(null);
  });

  test('finds a changed leaf, a changed document and changed bytes', async () => {
    const archive = await withPost();
    archive.db.exec(`DROP TRIGGER event_no_update; DROP TRIGGER blob_chunk_no_update;
      UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), 'session', 'SESSION') AS BLOB) WHERE seq = 0;
      UPDATE event SET document = x'7b7d' WHERE seq = 1;
      UPDATE blob_chunk SET bytes = x'00' WHERE n = 0`);

    const { ok, problems } = await checkWhole(archive);

    expect(ok).toBe(false);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['log']));
    const found = problems.map(({ message }) => message).join('\n');
    expect(found).toMatch(/^Event 0: .*leaf/m);
    expect(found).toMatch(/^Event 1: .*document/m);
    expect(found).toMatch(/^The bytes of the artifact/m);
  });
});

test('the log is checked in the session in which the passphrase was changed, plain archive or not', async () => {
  for (const plain of [true, false]) {
    const before = await withPost({ plain });
    const after = await change(before, plain ? null : { passphrase });
    await importPage(after, 'more words');

    expect(await verifyLog(after)).toMatchObject({ ok: true, problems: [] });

    closeArchive(after);
  }
});
