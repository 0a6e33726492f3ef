/** Whether this process was started so that a debugger can read what it shows. */
import { app } from 'electron';
import type { PackMark } from './pack-mark.ts';
import { ownArguments } from './run-mode.ts';
import { parseArguments } from './switches.ts';

const switches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
];

/**
 * Why no archive may be unlocked in this run; null when one may. The sources and test packs are there to be looked into.
 * Chromium's own reading of the command line counts as well: it knows forms, such as `/name` on Windows, that ours may not.
 */
export function unlockRefusal(mark: PackMark): string | null {
  if (mark.kind !== 'release') return null;
  const own = parseArguments(ownArguments(process.argv), process.cwd());
  if (!own.remoteDebugging && !switches.some((name) => app.commandLine.hasSwitch(name))) return null;
  return 'Holdfast was started so that a debugger can read what it shows. Start it without those switches to open an archive.';
}
