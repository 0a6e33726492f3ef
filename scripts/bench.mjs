/** `npm run bench`: sets up what is missing, then measures. An argument names one part: page-size, archive, safety. */
import { passOn, projectEnvironment, projectNode, root, runScript } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async (args) => {
  await setup({ quiet: true, task: 'bench' });
  return passOn(projectNode(), ['tests/bench/run.ts', ...args], { cwd: root, env: projectEnvironment() });
});
