/** The main process of an app that runs the program beside it, as a current Electron would run the command. */
import { join } from 'node:path';
import { app } from 'electron';
import { runHere } from '../../../main/command-line.ts';
import { runAndExit } from '../../../main/without-window.ts';

const args = process.argv.slice(process.argv.indexOf('--') + 1);
const programPath = join(app.getAppPath(), 'program.cjs');
runAndExit({
  profilePath: join(app.getPath('appData'), 'run-here'),
  unlockRefused: null,
  work: () => runHere(programPath, args),
});
