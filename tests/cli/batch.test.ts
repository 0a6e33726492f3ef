/** Batches and the watch list on the command line, as far as no browser is needed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBatch } from '../../archive/batch/batch.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { batchOrderSchema } from '../../contract/model/batch.ts';
import { testPack } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

/** A plain archive with a batch of two addresses that was begun. */
async function desk() {
  const line = commandLine({});
  const archive = await createArchive({
    path: join(line.folder, 'a.holdfast'),
    passphrase: null,
    person: { name: 'Tess Ter' },
    clauses: testPack,
  });
  const addresses = ['https://social.example/1', 'https://social.example/2'];
  const which = { kind: 'list' as const, name: 'list\u001b[2J.txt', addresses };
  const { batch } = openBatch(archive, batchOrderSchema.parse({ which }));
  closeArchive(archive);
  return { ...line, batch: batch.id };
}

test('a list that holds nothing to capture, or that contradicts itself, is refused before a browser starts', async () => {
  const { run, folder } = await desk();
  writeFileSync(join(folder, 'bad.txt'), '# nothing\nnot one\n');
  writeFileSync(join(folder, 'binary.txt'), Buffer.from('h\0t\0t\0p\0', 'utf8'));
  const capture = (...args: string[]) => run('capture', 'a.holdfast', ...args, '--engine', 'chromium');

  const bad = capture('--from', 'bad.txt');
  expect(bad.stdout).toContain('line 2  refused  not one: Expected one address');
  expect(bad.stderr).toContain('[nothing-to-do]');
  expect(bad.status).toBe(1);
  expect(capture('--from', 'binary.txt').stderr).toContain('UTF-8');
  expect(capture('--from', 'missing.txt').stderr).toContain('[file-unreadable]');
  for (const args of [
    [],
    ['https://social.example/1', '--from', 'bad.txt'],
    ['https://social.example/1', '--resume'],
    ['--resume', 'the last'],
    ['https://social.example/1', '--jobs', '9'],
  ]) {
    expect(capture(...args), args.join(' ')).toMatchObject({ status: 2 });
  }
});

test('batches are listed, shown and ended; what stands in them is no escape sequence', async () => {
  const { run, json, batch } = await desk();
  expect(run('batch', 'list', 'a.holdfast').stdout).toContain('list\ufffd[2J.txt, 2 addresses: 2 waiting');
  expect(json('batch', 'show', 'a.holdfast', batch)).toMatchObject({
    batch: { id: batch, addresses: 2 },
    items: [{ n: 0, state: 'waiting', captureId: null }, { n: 1 }],
  });
  expect(json('batch', 'end', 'a.holdfast', batch)).toMatchObject({ ended: true });
  const resumed = run('capture', 'a.holdfast', '--resume', '--engine', 'chromium');
  expect(resumed.stderr).toMatch(/nothing-to-do|file-not-found/);
  expect(resumed.status).toBe(1);
});

test('the watch list is filled, shown, paused, resumed and ended', async () => {
  const { run, json } = await desk();
  const add = (...args: string[]) => run('watch', 'add', 'a.holdfast', ...args);
  const url = ['--url', 'https://social.example/1'];
  expect(add(...url, '--every', '6 hours')).toMatchObject({ status: 2 });
  expect(add(...url, '--every', '6h', '--jitter', '4h')).toMatchObject({ status: 2 });
  expect(add(...url, '--every', '6h', '--hours', '8-8')).toMatchObject({ status: 2 });
  expect(add('--every', '6h')).toMatchObject({ status: 2 });
  const hours = ['--hours', '22-6', '--time-zone', 'Europe/Berlin'];
  const added = json('watch', 'add', 'a.holdfast', ...url, '--every', '6h', ...hours) as { id: string };
  expect(added).toMatchObject({
    schedule: {
      everyMinutes: 360,
      jitterMinutes: 36,
      hours: { from: 22, to: 6, timeZone: 'Europe/Berlin' },
    },
  });
  const { stdout } = run('watch', 'due', 'a.holdfast');
  expect(stdout).toContain('due since');
  expect(stdout).toContain(
    'every 6 hours, up to 36 minutes earlier or later, from 22:00 to 6:00 (Europe/Berlin)',
  );
  expect(json('watch', 'pause', 'a.holdfast', added.id)).toMatchObject({ state: 'paused', nextAt: null });
  expect(json('watch', 'due', 'a.holdfast')).toEqual({ watches: [] });
  expect(json('watch', 'end', 'a.holdfast', added.id)).toMatchObject({ state: 'ended' });
  expect(run('watch', 'resume', 'a.holdfast', added.id)).toMatchObject({ status: 1 });
  expect(run('watch', 'run', 'a.holdfast')).toMatchObject({ status: 2 });
});
