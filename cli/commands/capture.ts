/** capture: pages as the network delivers them, recorded by a browser without a window. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Command, Option } from 'commander';
import { recordingSink } from '../../archive/recording/sink.ts';
import { AutopilotControl } from '../../capture/autopilot/control.ts';
import { recordPage } from '../../capture/record-page.ts';
import { toFailure } from '../../contract/errors.ts';
import type { AutopilotLimits } from '../../contract/model/autopilot.ts';
import type { CaptureResult, CaptureSink } from '../../contract/model/recording.ts';
import { captureByApp, findApp } from '../app.ts';
import { findChromium, startChromium } from '../chromium.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { identityPassphrase } from '../passphrase.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, claimedName, credentialsFor, withArchive } from '../with-archive.ts';
import { type AutopilotOptions, addAutopilotOptions, afterAutopilot, autopilotLimits } from './autopilot.ts';
import { archiveCommand } from './command.ts';

interface CaptureOptions extends ArchiveOptions, AutopilotOptions {
  engine?: 'electron' | 'chromium';
  json?: boolean;
}

type Refused = { url: string; code: string; message: string };

/** Records one address in a browser of its own, which is gone afterwards. */
async function captureUrl(
  url: string,
  sink: CaptureSink,
  signal: AbortSignal,
  limits: AutopilotLimits | null,
): Promise<CaptureResult> {
  const bar = meter();
  const control =
    limits === null
      ? null
      : new AutopilotControl(({ posts: done }) =>
          bar.show({ step: 'scrolling, posts', done, total: limits.posts, unit: 'items' }),
        );
  const stopping = afterAutopilot(control, signal);
  const browser = await startChromium(findChromium());
  try {
    return await recordPage({
      session: browser.session,
      url,
      sink,
      engine: browser.engine,
      clock: () => new Date(),
      monotonic: () => performance.now(),
      randomBytes,
      signal: stopping.signal,
      progress: bar.show,
      ...(limits === null || control === null ? {} : { autopilot: { limits, control } }),
    });
  } finally {
    stopping.done();
    bar.stop();
    await browser.close();
  }
}

type Recorded = { captures: CaptureResult[]; refused: Refused[] };

/** By a Chromium of this machine, into the archive that this process opens. */
function recordHere(path: string, urls: readonly string[], options: CaptureOptions): Promise<Recorded> {
  return withArchive(path, options, async (archive, signal) => {
    const recorded: Recorded = { captures: [], refused: [] };
    const sink = recordingSink(archive);
    for (const url of urls) {
      if (signal.aborted) break;
      try {
        recorded.captures.push(await captureUrl(url, sink, signal, autopilotLimits(options)));
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
  addAutopilotOptions(archiveCommand(program, 'capture', 'record pages as the network delivers them'))
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
