/** The app is killed in the middle of its work: nothing acknowledged is lost, nothing stands in clear. */

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { archiveStatus } from '../../archive/status.ts';
import { checkArchive, postPage } from '../support/archive.ts';
import { launchApp } from '../support/electron.ts';
import { findTraces } from '../support/traces.ts';
import { answerOpenDialog, makeArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

test('killed while a post is shown', async () => {
  const marker = `marker-${randomUUID()}`;
  const { app, page, home, close } = await launchApp();
  const desk = join(home, 'desk');
  const source = join(desk, 'source');
  mkdirSync(source, { recursive: true });
  for (let i = 0; i < 20; i++) writeFileSync(join(source, `${i}.html`), postPage(`${marker} ${i}`));
  await answerOpenDialog(app, [source]);
  const path = join(desk, 'case.holdfast');
  await makeArchiveInWindow(page, path);
  await page.getByRole('button', { name: 'Import files' }).first().click();
  await page.getByText('20 posts', { exact: true }).waitFor();
  await page.locator('#post-row-0').click();
  await page
    .getByRole('group', { name: /^Text of the post/ })
    .getByText(marker)
    .waitFor();

  const main = app.process();
  const gone = once(main, 'exit');
  // Everything that the app started, the archive host among it, at the same moment.
  spawnSync('sh', ['-c', `kill -9 ${main.pid} $(pgrep -f "${home}") $(pgrep -P ${main.pid})`]);
  await gone;

  const found = findTraces(marker, [home, '/dev/shm']).filter((trace) => !trace.path.startsWith(source));
  expect(found).toEqual([]);
  // The lock falls with the host, which the system may end a moment after main.
  const archive = await vi.waitFor(
    () => openArchive({ path, passphrase: windowPassphrase, person: { name: 'Tess Ter' } }),
    20_000,
  );
  expect(archiveStatus(archive).counts).toMatchObject({ captures: 20, posts: 20 });
  checkArchive(archive);
  closeArchive(archive);
  await close().catch(() => undefined);
});
