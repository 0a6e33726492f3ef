import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postPage } from '../support/archive.ts';
import { commandLine, program } from '../support/cli.ts';
import { findTraces, madeSince } from '../support/traces.ts';

/** Folders that the machine's programs share; a marker is unique, so what others write there is not found. */
const shared = ['/dev/shm', '/tmp', '/var/tmp'].filter((path) => existsSync(path));

/** Many posts that hold the marker, enough for SQLite to sort and spill. */
function sourcePages(folder: string, marker: string): string {
  const pages = join(folder, 'source');
  mkdirSync(pages);
  for (let i = 0; i < 40; i++)
    writeFileSync(join(pages, `${i}.html`), postPage(`${marker} ${i} ${'words '.repeat(2000)}`));
  return pages;
}

/** Everything found but the source itself. */
function traces(marker: string, folder: string, pages: string, since: number): { path: string }[] {
  const found = findTraces(marker, [folder, ...shared.flatMap((path) => madeSince(path, since))]);
  return found.filter(({ path }) => !path.startsWith(pages));
}

test('the search itself finds a marker in each encoding, across the border of two reads', () => {
  const { folder } = commandLine();
  const marker = `marker-${randomUUID()}`;
  writeFileSync(join(folder, 'a'), Buffer.concat([Buffer.alloc(8 * 1024 * 1024 - 5), Buffer.from(marker)]));
  writeFileSync(join(folder, 'b'), Buffer.from(marker, 'utf16le'));

  expect(findTraces(marker, [folder])).toEqual([
    { path: join(folder, 'a'), encoding: 'utf8' },
    { path: join(folder, 'b'), encoding: 'utf16le' },
  ]);
});

test('after a run nothing of the posts stands in clear anywhere', () => {
  const since = Date.now();
  const { folder, run } = commandLine();
  const marker = `marker-${randomUUID()}`;
  const pages = sourcePages(folder, marker);

  run('init', 'a.holdfast');
  const imported = run('import', 'a.holdfast', pages);
  const found = run('search', 'a.holdfast', marker);
  run('rebuild', 'a.holdfast');

  expect(imported.status).toBe(0);
  expect(found.stdout).toContain('40 posts');
  expect(traces(marker, folder, pages, since)).toEqual([]);
});

test('after a kill in the middle nothing of the posts stands in clear anywhere, the write-ahead log included', async () => {
  const since = Date.now();
  const { folder, run, environment } = commandLine();
  const marker = `marker-${randomUUID()}`;
  const pages = sourcePages(folder, marker);
  run('init', 'a.holdfast');
  const wal = join(folder, 'a.holdfast-wal');

  const child = spawn(process.execPath, [program, 'import', 'a.holdfast', pages], {
    cwd: folder,
    env: environment,
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (child.exitCode === null && !(existsSync(wal) && readFileSync(wal).length > 400_000)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill('SIGKILL');
  await gone;

  expect(existsSync(wal)).toBe(true);
  expect(traces(marker, folder, pages, since)).toEqual([]);
});
