/**
 * `npm run campaign`: sets up what is missing, then runs the long campaigns, or the parts that are named: kills
 * (kills-electron, kills-chromium, kills-persona-electron, kills-persona-chromium, kills-import, kills-compile, kills-passphrase, kills-backup, kills-restore),
 * durability (durability-import, durability-capture, durability-passphrase),
 * autopilot (autopilot-electron, autopilot-chromium), large-bundle, verify-page, city-electron, city-chromium, tamper, tag-thousand, tag-at-pace, readers. `-- --count 20 --seed 7` runs
 * less, and the same again.
 */
import { passOn, projectEnvironment, projectNode, root, runScript } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async (args) => {
  await setup({ quiet: true, task: 'campaign' });
  return passOn(projectNode(), ['tests/campaign/run.ts', ...args], { cwd: root, env: projectEnvironment() });
});
