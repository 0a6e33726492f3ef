/** Before the first test: both packs, made by the script that a person would call, and a display to start them on. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureDisplay } from '../../../scripts/display.mjs';
import { projectRoot } from '../../support/electron.ts';

export default async function makePacks(): Promise<() => void> {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectRoot, 'scripts', 'pack.mjs')], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`scripts/pack.mjs ended with ${status}:\n${stdout}${stderr}`);
  const { environment, stop } = await ensureDisplay();
  // Vitest's workers are started after this and inherit it.
  Object.assign(process.env, environment);
  return stop;
}
