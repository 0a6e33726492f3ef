/** `npm start`: sets up what is missing, then opens the window. Arguments go to the app. */
import { sandboxArguments } from './electron-runtime.mjs';
import { passOn, projectEnvironment, root, runScript, SetupError } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async (args) => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupError(
      'A window needs a display and none is set: set DISPLAY, or try `npm run demo`, which needs none.',
    );
  }
  const { electron } = await setup({ task: 'start' });
  return passOn(electron.path, [...sandboxArguments(electron.path), root, ...args], {
    env: projectEnvironment(),
  });
});
