/** Each step of a purge on the disk broken in turn, and the process killed at each: all of it is gone, or nothing. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { getCapture } from '../../db/capture.ts';
import { needsCleaning } from '../../db/purge.ts';
import { checkArchive, importPage, passphrase, testPack } from '../support/archive.ts';
import { clearTraces } from '../support/clear-pages.ts';
import { recordItem } from '../support/purge.ts';
import { runBroken } from '../support/strace.ts';
import { temporaryFolder } from '../support/temporary.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const person = { name: 'Tess Ter' };
const word = 'vxwordsthatgo';
const environment = { PATH: process.env.PATH, HOLDFAST_PASSPHRASE: passphrase, HOLDFAST_NAME: 'Tess Ter' };
let made: string;
let captureId: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'holdfast-purge-'));
  const archive = await createArchive({
    path: join(made, 'a.holdfast'),
    passphrase,
    person,
    clauses: testPack,
  });
  for (let i = 0; i < 20; i++) await importPage(archive, `${i} words that stay`);
  captureId = (await recordItem(archive, word)).captureId;
  for (let i = 20; i < 40; i++) await importPage(archive, `${i} words that stay`);
  closeArchive(archive);
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

const cleared = '.a.holdfast-cleared.partial';
const steps = [
  ['the first write into the log', 'a.holdfast-wal', 'pwrite64', '1', false],
  ['the transaction itself', 'a.holdfast-wal', 'pwrite64', '12+', false],
  ['folding the log into the file', 'a.holdfast', 'pwrite64', '3+', true],
  ['making the file of cleared pages', cleared, 'openat', '1', true],
  ['its first write', cleared, 'pwrite64', '1', true],
  ['syncing it', cleared, 'fsync', '1', true],
  ['reading it back', cleared, 'pread64', '1', true],
  ['taking it away', cleared, 'unlink', '1', true],
] as const;

/** An error leaves what a kill leaves; where that is not plain, both are tried. */
const faults = steps.flatMap(([name, file, syscall, when, isPurged]) =>
  (name === 'the transaction itself' || name === 'folding the log into the file' || name === 'syncing it'
    ? (['signal=SIGKILL', 'error=EIO'] as const)
    : (['signal=SIGKILL'] as const)
  ).map((how) => ({ name, file, syscall, when, isPurged, how })),
);

test.each(faults)('at $name: $how', async ({ file, syscall, when, isPurged, how }) => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const folder = temporaryFolder();
  const path = join(folder, 'a.holdfast');
  copyFileSync(join(made, 'a.holdfast'), path);

  const { hit } = runBroken(
    { paths: [join(folder, file)], syscall, when, how },
    ['purge', path, captureId, '--because', 'x', '--authority', 'y', '--confirm', captureId],
    environment,
  );

  expect(hit).toBe(true);
  const archive = await openArchive({ path, passphrase, person });
  warned.mockRestore();
  const isThere = getCapture(archive.db, captureId) !== null;
  expect(isThere).toBe(!isPurged);
  expect(clearTraces(archive, word.slice(2))).toBe(isThere);
  expect(needsCleaning(archive.db)).toBe(false);
  checkArchive(archive);
  closeArchive(archive);
  expect(readdirSync(folder).sort()).toEqual(['a.holdfast', 'a.holdfast-lock']);
});
