/** capture: pages as the network delivers them, recorded by a browser without a window. */
import type { Command } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import { waitForTurn } from '../../capture/persona/pace.ts';
import { waitingNewsSchema } from '../../contract/capture-job.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { CaptureResult } from '../../contract/model/recording.ts';
import { askApp } from '../app-job.ts';
import { captureByChromium } from '../capture-by-chromium.ts';
import { type CircumstanceOptions, circumstancesOf, withCircumstances } from '../circumstances.ts';
import { chosenEngine, type Engine, engineOption } from '../engine-option.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { paceDesk } from '../pace-desk.ts';
import { sayWaiting } from '../progress.ts';
import { openDoor } from '../second-door.ts';
import { withArchive } from '../with-archive.ts';
import { type AutopilotOptions, addAutopilotOptions, autopilotLimits } from './autopilot.ts';
import { type BatchOptions, batchOptions, captureBatch, isBatch } from './capture-batch.ts';
import { archiveCommand } from './command.ts';

interface CaptureOptions extends BatchOptions, AutopilotOptions, CircumstanceOptions {
  engine?: Engine;
  profile?: string;
  signIn?: boolean;
}

type Refused = { url: string; code: string; message: string };

function howOf(options: CaptureOptions) {
  return { circumstances: circumstancesOf(options), autopilot: autopilotLimits(options) };
}

type Recorded = { captures: CaptureResult[]; refused: Refused[] };

/** How each address is recorded by a browser that runs, and how that ends. */
interface Here {
  record(url: string): Promise<CaptureResult>;
  close(): Promise<void>;
}

async function browserFor(archive: Archive, options: CaptureOptions, signal: AbortSignal): Promise<Here> {
  const { profile, signIn = false } = options;
  if (profile === undefined) {
    return {
      record: (url) => captureByChromium(archive, { url, ...howOf(options) }, signal),
      close: async () => undefined,
    };
  }
  const door = await openDoor(archive, { ...howOf(options), profile, signIn });
  return { record: (url) => door.record(url, signal), close: door.close };
}

/** By a Chromium of this machine, into the archive that this process opens. */
function recordHere(path: string, urls: readonly string[], options: CaptureOptions): Promise<Recorded> {
  return withArchive(path, options, async (archive, signal) => {
    const here = await browserFor(archive, options, signal);
    try {
      return await recordEach(archive, here, urls, options, signal);
    } finally {
      await here.close();
    }
  });
}

async function recordEach(
  archive: Archive,
  here: Here,
  urls: readonly string[],
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<Recorded> {
  const recorded: Recorded = { captures: [], refused: [] };
  for (const url of urls) {
    if (signal.aborted) break;
    try {
      await waitForTurn(paceDesk(archive), options.persona ?? null, signal, (until) =>
        sayWaiting(url, until),
      );
      recorded.captures.push(await here.record(url));
    } catch (error) {
      const { code, message } = toFailure(error);
      recorded.refused.push({ url, code, message });
    }
  }
  return recorded;
}

/** By the app's own browser: the app opens the archive. */
function recordByApp(path: string, urls: string[], options: CaptureOptions): Promise<Recorded> {
  return askApp(path, options, { urls, ...howOf(options) }, (news) => {
    const waiting = waitingNewsSchema.safeParse(news).data;
    if (waiting !== undefined) sayWaiting(waiting.url, waiting.until);
  });
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
  command
    .option(
      '--profile <folder>',
      'in your own Chrome or Chromium with a window, on the profile in this folder, which you keep. COOKIES AND STORED PAGES LIE IN IT IN THE OPEN',
    )
    .option(
      '--sign-in',
      'with --profile: open the first address and wait for Enter before anything is recorded',
    );
  withCircumstances(addAutopilotOptions(batchOptions(engineOption(command)))).action(
    async (path: string, urls: string[], options: CaptureOptions) => {
      const { profile, signIn } = options;
      if (profile !== undefined && (options.engine === 'electron' || isBatch(options)))
        throw new HoldfastError(
          'bad-usage',
          '--profile is for --engine chromium, and for addresses, not lists.',
        );
      if (profile === undefined && signIn)
        throw new HoldfastError('bad-usage', '--sign-in needs a profile to sign in with: give --profile.');
      const engine = profile === undefined ? chosenEngine(options.engine) : 'chromium';
      if (isBatch(options)) {
        return captureBatch(path, urls, options, { engine, ...howOf(options) });
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
