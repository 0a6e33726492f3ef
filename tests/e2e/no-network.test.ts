/** The window, watched from outside: it asks nobody anything. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { postPage } from '../support/archive.ts';
import { launchApp } from '../support/electron.ts';
import { readTrace } from '../support/no-network.ts';
import { answerOpenDialog, makeArchiveInWindow } from '../support/window-steps.ts';

/** An idle window of Chromium's looks for a spelling dictionary, for updates and for the time within seconds. */
const watched = 10_000;

test('the window makes no request, at work or idle', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-traced-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'network.log');
  writeFileSync(
    join(folder, 'post.html'),
    `${postPage('some mispelled wrods')}<img src="https://image.example/a.png">`,
  );
  const { app, page, close } = await launchApp({ networkLog: log });
  await answerOpenDialog(app, [join(folder, 'post.html')]);
  await makeArchiveInWindow(page, join(folder, 'case.holdfast'));
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.locator('#post-row-0').click();
  // Text that a spelling checker would look at.
  await page.getByLabel('Because').fill('mispelled wrods hier und da');

  // Not a wait for something to happen, but how long we watch that nothing does.
  await after(watched);
  await close();

  const text = readFileSync(log, 'utf8');
  const trace = readTrace(text);
  // The trace is of the whole app, and in the form that is read: local connections stand in it.
  expect(text).toMatch(/connect\(\d+<UNIX/);
  expect(trace.outside).toEqual([]);
  expect(trace.names).toEqual([]);
});
