/** What the app was started for: its window, the holdfast command, or a look at whether this copy works. */

export type RunMode =
  | { kind: 'window' }
  | { kind: 'smoke-test' }
  /** `--capture-job`: the job stands on standard input. */
  | { kind: 'capture-job' }
  /** `--cli -- WORD…`: the words of the command. */
  | { kind: 'command'; args: string[] };

/**
 * Reads the arguments of this process. Behind `--` everything belongs to the command: neither Chromium nor we take a
 * switch from there. (Electron on Windows refuses switches behind an address, except behind `--`.)
 */
export function runMode(argv: readonly string[]): RunMode {
  const own = ownArguments(argv).map((argument) => argument.toLowerCase());
  if (own.includes('--cli')) return { kind: 'command', args: argv.slice(own.length + 1) };
  if (own.includes('--capture-job')) return { kind: 'capture-job' };
  return { kind: own.includes('--smoke-test') ? 'smoke-test' : 'window' };
}

/** What stands before `--`. */
export function ownArguments(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}
