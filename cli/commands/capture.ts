/** capture: pages as the network delivers them, recorded by a browser without a window. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { toFailure } from '../../contract/errors.ts';
import type { CaptureResult } from '../../contract/model/recording.ts';
import { captureByApp, findApp } from '../app.ts';
import { captureByChromium } from '../capture-by-chromium.ts';
import { type CircumstanceOptions, circumstancesOf, withCircumstances } from '../circumstances.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { identityPassphrase } from '../passphrase.ts';
import { type ArchiveOptions, claimedName, credentialsFor, withArchive } from '../with-archive.ts';
import { type AutopilotOptions, addAutopilotOptions, autopilotLimits } from './autopilot.ts';
import { archiveCommand } from './command.ts';

interface CaptureOptions extends ArchiveOptions, AutopilotOptions, CircumstanceOptions {
  engine?: 'electron' | 'chromium';
  json?: boolean;
}

type Refused = { url: string; code: string; message: string };

type Recorded = { captures: CaptureResult[]; refused: Refused[] };

/** By a Chromium of this machine, into the archive that this process opens. */
function recordHere(path: string, urls: readonly string[], options: CaptureOptions): Promise<Recorded> {
  return withArchive(path, options, async (archive, signal) => {
    const recorded: Recorded = { captures: [], refused: [] };
    const circumstances = circumstancesOf(options);
    const limits = autopilotLimits(options);
    for (const url of urls) {
      if (signal.aborted) break;
      try {
        recorded.captures.push(await captureByChromium(archive, url, circumstances, limits, signal));
      } catch (error) {
        const { code, message } = toFailure(error);
        recorded.refused.push({ url, code, message });
      }
    }
    return recorded;
  });
}

/** By the app's own browser: the app opens the archive. */
async function recordByApp(path: string, urls: string[], options: CaptureOptions): Promise<Recorded> {
  const credentials = await credentialsFor(path, options);
  const identity =
    options.identity === undefined
      ? null
      : {
          path: resolve(options.identity),
          passphrase: await identityPassphrase(options.identityPassphraseFile, options.passphraseFile),
        };
  const stops = [new AbortController(), new AbortController()];
  const stop = (): void => stops.find(({ signal }) => !signal.aborted)?.abort();
  process.on('SIGINT', stop);
  try {
    return await captureByApp(
      {
        archivePath: resolve(path),
        ...credentials,
        actorName: claimedName(options),
        identity,
        circumstances: circumstancesOf(options),
        urls,
        autopilot: autopilotLimits(options),
      },
      stops.map(({ signal }) => signal),
    );
  } finally {
    process.off('SIGINT', stop);
  }
}

function lines(captures: readonly CaptureResult[], refused: readonly Refused[]): string[] {
  return [
    ...captures.flatMap(({ id, verdict, posts, exchanges, url, reasons }) => [
      `${id}  ${verdict.padEnd(10)} ${posts.length} posts, ${exchanges} exchanges  ${oneLine(url, 100)}`,
      ...reasons.map(({ code, message }) => `  ${oneLine(message, 200)} [${code}]`),
    ]),
    ...refused.map(({ url, code, message }) => `refused  ${oneLine(url, 100)}: ${message} [${code}]`),
  ];
}

export function addCaptureCommand(program: Command): void {
  const command = archiveCommand(program, 'capture', 'record pages as the network delivers them');
  withCircumstances(addAutopilotOptions(command))
    .argument('<archive>')
    .argument('<url...>', 'addresses, http or https')
    .addOption(
      new Option(
        '--engine <engine>',
        'which browser: the app’s own, or a Chrome or Chromium of this machine with a profile that is thrown away (default: the app’s where it can run)',
      ).choices(['electron', 'chromium']),
    )
    .action(async (path: string, urls: string[], options: CaptureOptions) => {
      const engine = options.engine ?? (findApp() === null ? 'chromium' : 'electron');
      const record = engine === 'electron' ? recordByApp : recordHere;
      const { captures, refused } = await record(path, urls, options);
      output(options.json ?? false).result({ engine, captures, refused }, lines(captures, refused));
      const failed = refused.length > 0 || captures.some(({ verdict }) => verdict === 'failed');
      process.exitCode = failed ? exitCode.refused : exitCode.done;
    });
}
