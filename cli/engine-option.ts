/** Which browser records: an option of every command that captures. */
import { type Command, Option } from 'commander';
import { findApp } from './app.ts';

export type Engine = 'electron' | 'chromium';

export function engineOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--engine <engine>',
      'which browser: the app’s own, or a Chrome or Chromium of this machine with a profile that is thrown away (default: the app’s where it can run)',
    ).choices(['electron', 'chromium']),
  );
}

/** The one that was asked for, else the app's where it can run. */
export function chosenEngine(asked: Engine | undefined): Engine {
  return asked ?? (findApp() === null ? 'chromium' : 'electron');
}
