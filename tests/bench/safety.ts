/** Keeping an archive of 1.1 GB safe: how long each act takes, done and undone. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Archive } from '../../archive/archive.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { checkWhole } from '../../archive/safety/check.ts';
import { changePassphrase, estimatePassphraseChange } from '../../archive/safety/passphrase.ts';
import { writeRecoverySheet } from '../../archive/safety/recovery.ts';
import { restoreBackup } from '../../archive/safety/restore.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { archiveStatus } from '../../archive/status.ts';

/** Past the page in which SQLite locks, at 1 GiB. */
const files = 5;
const megabytes = 224;
const person = { name: 'Bench' };
const [first, second] = ['bench passphrase', 'another bench passphrase'];

async function timed<T>(what: string, act: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await act();
  console.log(`  ${what.padEnd(52)} ${((performance.now() - started) / 1000).toFixed(2)} s`);
  return result;
}

async function randomFile(path: string): Promise<void> {
  const stream = createWriteStream(path);
  for (let i = 0; i < megabytes; i++)
    if (!stream.write(randomBytes(1024 * 1024))) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

/** The longest time in which nothing else in the process had its turn, in milliseconds. */
async function stalled<T>(act: () => Promise<T>): Promise<{ result: T; longest: number }> {
  let last = performance.now();
  let longest = 0;
  const watch = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 10);
    last = now;
  }, 10);
  try {
    const result = await act();
    longest = Math.max(longest, performance.now() - last - 10);
    return { result, longest };
  } finally {
    clearInterval(watch);
  }
}

async function change(archive: Archive, passphrase: string, newPassphrase: string): Promise<Archive> {
  let after = archive;
  await changePassphrase(archive, { secret: { passphrase }, newPassphrase }, {}, (changed) => {
    after = changed;
  });
  return after;
}

/** Writing and syncing the same bytes with nothing else, to compare with. */
async function bareCopy(from: string, to: string): Promise<void> {
  const out = createWriteStream(to, { flush: true });
  for await (const chunk of createReadStream(from, { highWaterMark: 1024 * 1024 }))
    if (!out.write(chunk)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

export async function benchSafety(folder: string): Promise<void> {
  const path = join(folder, 'a.holdfast');
  const backup = join(folder, 'backup.holdfast');
  const restored = join(folder, 'restored.holdfast');
  const sheet = join(folder, 'sheet.txt');
  let archive = await createArchive({ path, passphrase: first, person, clauses: starterPack });
  for (let n = 0; n < files; n++) {
    const file = join(folder, 'random.bin');
    await randomFile(file);
    await importFiles(archive, [file]);
    rmSync(file);
  }
  writeFileSync(join(folder, 'page.html'), '<p>a page</p>');
  await importFiles(archive, [join(folder, 'page.html')]);
  closeArchive(archive);
  console.log(`\nsafety of an archive of ${(statSync(path).size / 1e9).toFixed(2)} GB`);

  archive = await timed('open by passphrase', () => openArchive({ path, passphrase: first, person }));
  const before = archiveStatus(archive).counts;
  await timed('write the recovery sheet', () => writeRecoverySheet(archive, sheet, { passphrase: first }));
  await timed('copy and sync the same bytes (to compare with)', () => bareCopy(path, join(folder, 'bare')));
  rmSync(join(folder, 'bare'));
  const { longest: inBackup } = await timed('backup', () => stalled(() => backUp(archive, backup)));
  const { longest: inCheck, result } = await timed('check', () => stalled(() => checkWhole(archive)));
  if (!result.ok) throw new Error(`the check found ${JSON.stringify(result.problems)}`);
  const estimate = estimatePassphraseChange(archive);
  const { longest: inChange, result: changed } = await timed(
    `change the passphrase (told before: ${estimate.seconds} s)`,
    () => stalled(() => change(archive, first, second)),
  );
  archive = await timed('change it back', () => change(changed, second, first));
  closeArchive(archive);
  await timed('restore the backup', () =>
    restoreBackup({ backupPath: backup, path: restored, passphrase: first, person }),
  );
  const again = await timed('open the restored archive by the recovery sheet', () =>
    openArchive({ path: restored, passphrase: null, recovery: { path: sheet }, person }),
  );
  const counts = archiveStatus(again).counts;
  if (counts.artifacts !== before.artifacts) throw new Error('the restored archive lacks something');
  closeArchive(again);
  const stalls = { backup: inBackup, check: inCheck, change: inChange };
  for (const [what, longest] of Object.entries(stalls))
    console.log(
      `  longest time without a turn for others, ${what.padEnd(11)} ${(longest / 1000).toFixed(2)} s`,
    );
  console.log(`  peak memory of this process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
}
