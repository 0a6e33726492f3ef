/** The holdfast command, as a user has it, with what it printed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../../../capture/chromium.ts';
import { projectRoot } from '../../support/electron.ts';

/** `--json` is added; what it says on standard error is dropped. */
export async function runCommand(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<{ status: number | null; printed: unknown }> {
  const child = spawn(process.execPath, [join(projectRoot, 'cli', 'holdfast.mjs'), ...args, '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [printed, status] = await Promise.all([text(child.stdout), ended]);
  return { status, printed: JSON.parse(printed) };
}

export interface CommandHome {
  /** Home of whoever runs the command; goes with `end`. */
  folder: string;
  /** With a display to draw on, that home, and the passphrase. */
  environment: NodeJS.ProcessEnv;
  end(): void;
}

/** Where commands are run that start a browser. */
export async function makeCommandHome(passphrase: string): Promise<CommandHome> {
  const { ensureDisplay } = await import('../../../scripts/display.mjs');
  const display = await ensureDisplay();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-command-'));
  return {
    folder,
    environment: { ...process.env, ...display.environment, HOME: folder, HOLDFAST_PASSPHRASE: passphrase },
    end: () => {
      display.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface RuntimeScript {
  resolveElectron(): { path: string };
  sandboxArguments(electronPath: string): string[];
}

/** What makes both engines of the command start with these switches besides; `folder` for a program that does so. */
export async function withSwitches(
  switches: readonly string[],
  folder: string,
): Promise<Record<'HOLDFAST_CHROMIUM' | 'HOLDFAST_APP' | 'HOLDFAST_APP_ARGUMENTS', string>> {
  const chromium = join(folder, 'chromium-with-switches');
  const quoted = switches.map((one) => `'${one}'`).join(' ');
  writeFileSync(chromium, `#!/bin/sh\nexec '${findChromium()}' ${quoted} "$@"\n`, { mode: 0o755 });
  const script = pathToFileURL(join(projectRoot, 'scripts', 'electron-runtime.mjs')).href;
  const runtime: RuntimeScript = await import(script);
  const { path } = runtime.resolveElectron();
  const args = [...runtime.sandboxArguments(path), ...switches, projectRoot];
  return {
    HOLDFAST_CHROMIUM: chromium,
    HOLDFAST_APP: path,
    HOLDFAST_APP_ARGUMENTS: JSON.stringify(args),
  };
}
