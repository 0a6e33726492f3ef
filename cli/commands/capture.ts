/** capture: pages as the network delivers them, recorded by a browser without a window. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { recordingSink } from '../../archive/recording/sink.ts';
import { recordPage } from '../../capture/record-page.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { CaptureResult, CaptureSink } from '../../contract/model/recording.ts';
import { askApp } from '../app-job.ts';
import { findChromium, startChromium } from '../chromium.ts';
import { chosenEngine, type Engine, engineOption } from '../engine-option.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { withArchive } from '../with-archive.ts';
import { type BatchOptions, batchOptions, captureBatch, isBatch, type RecordInto } from './capture-batch.ts';
import { archiveCommand } from './command.ts';

interface CaptureOptions extends BatchOptions {
  engine?: Engine;
}

type Refused = { url: string; code: string; message: string };

/** Records one address in a browser of its own, which is gone afterwards. */
async function captureUrl(
  url: string,
  sink: CaptureSink,
  signal: AbortSignal,
  bar = meter(),
): Promise<CaptureResult> {
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
      signal,
      progress: bar.show,
    });
  } finally {
    bar.stop();
    await browser.close();
  }
}

/** One of several: their progress would be written over each other. */
export const recordInto: RecordInto = (archive) => (url, purpose, signal) =>
  captureUrl(url, withPurpose(recordingSink(archive), purpose), signal, {
    show: () => undefined,
    stop: () => undefined,
  });

type Recorded = { captures: CaptureResult[]; refused: Refused[] };

/** By a Chromium of this machine, into the archive that this process opens. */
function recordHere(path: string, urls: readonly string[], options: CaptureOptions): Promise<Recorded> {
  return withArchive(path, options, async (archive, signal) => {
    const recorded: Recorded = { captures: [], refused: [] };
    const sink = recordingSink(archive);
    for (const url of urls) {
      if (signal.aborted) break;
      try {
        recorded.captures.push(await captureUrl(url, sink, signal));
      } catch (error) {
        const { code, message } = toFailure(error);
        recorded.refused.push({ url, code, message });
      }
    }
    return recorded;
  });
}

/** By the app's own browser: the app opens the archive. */
function recordByApp(path: string, urls: string[], options: CaptureOptions): Promise<Recorded> {
  return askApp(path, options, { urls });
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
  const command = archiveCommand(program, 'capture', 'record pages as the network delivers them')
    .argument('<archive>')
    .argument('[url...]', 'addresses, http or https');
  batchOptions(engineOption(command)).action(
    async (path: string, urls: string[], options: CaptureOptions) => {
      const engine = chosenEngine(options.engine);
      if (isBatch(options)) {
        return captureBatch(path, urls, options, engine, recordInto);
      }
      if (urls.length === 0)
        throw new HoldfastError('bad-usage', 'Give an address, or --from a list, or --resume.');
      const record = engine === 'electron' ? recordByApp : recordHere;
      const { captures, refused } = await record(path, urls, options);
      output(options.json ?? false).result({ engine, captures, refused }, lines(captures, refused));
      const failed = refused.length > 0 || captures.some(({ verdict }) => verdict === 'failed');
      process.exitCode = failed ? exitCode.refused : exitCode.done;
    },
  );
}
