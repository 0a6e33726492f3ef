/** capture: pages as the network delivers them, recorded by a browser without a window. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type Command, Option } from 'commander';
import { recordingSink } from '../../archive/recording/sink.ts';
import { recordPage } from '../../capture/record-page.ts';
import { toFailure } from '../../contract/errors.ts';
import type { CaptureResult, CaptureSink } from '../../contract/model/recording.ts';
import { findChromium, startChromium } from '../chromium.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { meter } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

interface CaptureOptions extends ArchiveOptions {
  engine: 'chromium';
  json?: boolean;
}

type Refused = { url: string; code: string; message: string };

/** Records one address in a browser of its own, which is gone afterwards. */
async function captureUrl(url: string, sink: CaptureSink, signal: AbortSignal): Promise<CaptureResult> {
  const bar = meter();
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
  archiveCommand(program, 'capture', 'record pages as the network delivers them')
    .argument('<archive>')
    .argument('<url...>', 'addresses, http or https')
    .addOption(
      new Option(
        '--engine <engine>',
        'which browser: a Chrome or Chromium of this machine, with a profile that is thrown away',
      )
        .choices(['chromium'])
        .default('chromium'),
    )
    .action(async (path: string, urls: string[], options: CaptureOptions) => {
      const captures: CaptureResult[] = [];
      const refused: Refused[] = [];
      await withArchive(path, options, async (archive, signal) => {
        const sink = recordingSink(archive);
        for (const url of urls) {
          if (signal.aborted) break;
          try {
            captures.push(await captureUrl(url, sink, signal));
          } catch (error) {
            const { code, message } = toFailure(error);
            refused.push({ url, code, message });
          }
        }
      });
      output(options.json ?? false).result({ captures, refused }, lines(captures, refused));
      const failed = refused.length > 0 || captures.some(({ verdict }) => verdict === 'failed');
      process.exitCode = failed ? exitCode.refused : exitCode.done;
    });
}
