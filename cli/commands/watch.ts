/** watch add, list, show, due, run, pause, resume, end: posts that are captured again and again. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import { toldChecks } from '../../archive/watch/told.ts';
import {
  addWatch,
  checkDiff,
  dueWatches,
  listWatches,
  readWatch,
  setWatch,
} from '../../archive/watch/watch.ts';
import { type RecordFor, workOnWatches } from '../../capture/batch/work.ts';
import { findChromium } from '../../capture/chromium.ts';
import { circumstancesSchema, type WatchNews, watchNewsSchema } from '../../contract/capture-job.ts';
import { HoldfastError } from '../../contract/errors.ts';
import { idSchema } from '../../contract/model/common.ts';
import type { WordChange } from '../../contract/model/policy.ts';
import {
  networkSchema,
  type ToldCheck,
  type Watch,
  type WatchCheck,
  type WatchState,
  watchDraftSchema,
} from '../../contract/model/watch.ts';
import { checkWords, goneWords, scheduleWords, toldWords } from '../../contract/watch-words.ts';
import { askApp } from '../app-job.ts';
import { captureByChromium } from '../capture-by-chromium.ts';
import { chosenEngine, type Engine, engineOption } from '../engine-option.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { paceDesk } from '../pace-desk.ts';
import { sayWaiting } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { archiveCommand } from './command.ts';

type Options = ArchiveOptions & { json?: boolean };

const unitMinutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const;

function duration(text: string): number {
  const found = /^(\d{1,5})(m|h|d|w)$/.exec(text);
  const unit = found?.[2];
  if (unit !== 'm' && unit !== 'h' && unit !== 'd' && unit !== 'w') {
    throw new InvalidArgumentError('expected a number with m, h, d or w, such as 30m or 6h');
  }
  return Number(found?.[1]) * unitMinutes[unit];
}

function hoursOf(text: string): { from: number; to: number } {
  const [, from = '', to = ''] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const hours = { from: Number(from), to: Number(to) % 24 };
  if (from === '' || hours.from > 23 || Number(to) > 24 || hours.from === hours.to) {
    throw new InvalidArgumentError('expected two different hours, such as 8-20');
  }
  return hours;
}

function idOf(text: string): string {
  if (!idSchema.safeParse(text).success) throw new InvalidArgumentError('expected an id');
  return text;
}

const utc = (instant: string): string => instant;

function watchLines(watch: Watch): string[] {
  const { id, url, state, nextAt, overdue, checks, missed, lastCheck, since, schedule } = watch;
  const next =
    nextAt === null ? state : overdue > 0 ? `due since ${nextAt}, ${overdue} overdue` : `next ${nextAt}`;
  const last = lastCheck === null ? 'not checked yet' : oneLine(checkWords(lastCheck, utc), 400);
  const gone = goneWords(watch, utc);
  return [
    `${id}  ${next}  ${oneLine(url, 200)}`,
    `  ${scheduleWords(schedule)}; ${checks} checks${missed > 0 ? `, ${missed} missed` : ''}`,
    `  ${last}${since === null || since === lastCheck?.at ? '' : ` (the same since ${since})`}`,
    ...(lastCheck?.outcome.measures ?? []).map(({ kind, text }) => `  ${kind}: ${oneLine(text, 200)}`),
    ...(gone === null ? [] : [`  ${oneLine(gone, 600)}`]),
  ];
}

function diffText(changes: readonly WordChange[]): string[] {
  if (changes.length === 0) return [];
  const marks = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const;
  return [`    ${oneLine(changes.map(({ op, text }) => marks[op].join(text)).join(''), 2000)}`];
}

function checkLines(archive: Archive, check: WatchCheck): string[] {
  const { captureId, dueAt, missed, outcome } = check;
  return [
    `  ${check.at}  ${captureId}  ${oneLine(checkWords(check, utc), 400)}`,
    ...(missed > 0 ? [`    due at ${dueAt ?? ''}; ${missed} checks were missed since`] : []),
    ...outcome.measures.map(({ kind, text }) => `    ${kind}: ${oneLine(text, 200)}`),
    ...(outcome.kind === 'edited' ? diffText(checkDiff(archive, captureId)) : []),
  ];
}

interface AddOptions extends Options {
  post?: string;
  url?: string;
  every: number;
  jitter?: number;
  hours?: { from: number; to: number };
  timeZone?: string;
  persona?: string;
}

function draftOf(options: AddOptions) {
  const { post, url, every, hours, persona } = options;
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const draft = watchDraftSchema.safeParse({
    postId: post ?? null,
    url: url ?? null,
    persona: persona ?? null,
    schedule: {
      everyMinutes: every,
      jitterMinutes: options.jitter ?? Math.min(60, Math.floor(every / 10)),
      hours: hours === undefined ? null : { ...hours, timeZone },
    },
  });
  if (draft.success) return draft.data;
  const issue = draft.error.issues[0];
  throw new HoldfastError(
    'bad-usage',
    `This cannot be watched: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

function addAdd(watch: Command): void {
  archiveCommand(watch, 'add', 'put a post, or an address, on the watch list')
    .argument('<archive>')
    .option('--post <post>', 'a post of the archive, by its id', idOf)
    .option('--url <url>', 'an address; with --post, where that post is to be looked at')
    .requiredOption('--every <time>', 'from one check to the next: 30m, 6h, 1d, 2w', duration)
    .option(
      '--jitter <time>',
      'each check up to so much earlier or later (default: a tenth, at most 1h)',
      duration,
    )
    .option('--hours <from-to>', 'only between these hours: 8-20', hoursOf)
    .option('--time-zone <zone>', 'of the hours (default: of this computer)')
    .option('--persona <id>', 'the persona under which it is looked at', idOf)
    .action(async (path: string, options: AddOptions) => {
      const draft = draftOf(options);
      const added = await withArchive(path, options, (archive) => addWatch(archive, draft));
      output(options.json ?? false).result(added, watchLines(added));
    });
}

function toldLine({ at, by, check }: ToldCheck): string {
  return `${at}  by ${oneLine(by, 60)}, as claimed  ${oneLine(toldWords(check), 400)}  ${oneLine(check.url, 200)}`;
}

const mostListed = 100_000;

function addReading(watch: Command): void {
  archiveCommand(watch, 'list', 'the watch list, what is checked next first')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const { watches } = await withArchive(path, options, (archive) => listWatches(archive, 0, mostListed));
      output(options.json ?? false).result({ watches }, watches.flatMap(watchLines));
    });
  archiveCommand(watch, 'due', 'what is to be checked by now, the longest overdue first')
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const watches = await withArchive(path, options, dueWatches);
      output(options.json ?? false).result({ watches }, watches.flatMap(watchLines));
    });
  archiveCommand(
    watch,
    'told',
    'checks that others made, as their bundles told them, what was taken in last first',
  )
    .argument('<archive>')
    .action(async (path: string, options: Options) => {
      const told = await withArchive(path, options, (archive) => toldChecks(archive, null));
      output(options.json ?? false).result(told, told.checks.map(toldLine));
    });
  archiveCommand(
    watch,
    'show',
    'one of the watch list with its checks, the newest first, and what each edit changed',
  )
    .argument('<archive>')
    .argument('<watch>', 'its id')
    .action(async (path: string, watchId: string, options: Options) => {
      const { lines, ...shown } = await withArchive(path, options, (archive) => {
        const { watch, checks } = readWatch(archive, watchId, 1000);
        const changes = checks.map((check) => ({
          ...check,
          changes: check.outcome.kind === 'edited' ? checkDiff(archive, check.captureId) : [],
        }));
        return {
          watch,
          checks: changes,
          lines: [...watchLines(watch), ...checks.flatMap((check) => checkLines(archive, check))],
        };
      });
      output(options.json ?? false).result(shown, lines);
    });
}

function addSetting(watch: Command): void {
  const states: readonly [string, WatchState, string][] = [
    ['pause', 'paused', 'check it no more until it is resumed'],
    ['resume', 'active', 'go on with what was paused'],
    ['end', 'ended', 'check it no more, for good; its checks stay'],
  ];
  for (const [name, state, description] of states) {
    archiveCommand(watch, name, description)
      .argument('<archive>')
      .argument('<watch>', 'its id')
      .action(async (path: string, watchId: string, options: Options) => {
        const set = await withArchive(path, options, (archive) => setWatch(archive, watchId, state));
        output(options.json ?? false).result(set, watchLines(set));
      });
  }
}

type CheckedNews = Extract<WatchNews, { news: 'checked' }>;

interface RunOptions extends Options {
  due?: boolean;
  network?: string;
  engine?: Engine;
}

async function runHere(
  path: string,
  options: RunOptions,
  ids: string[] | null,
  network: string | null,
  onNews: (news: WatchNews) => void,
): Promise<void> {
  findChromium();
  await withArchive(path, options, (archive, signal) => {
    const record: RecordFor = (url, purpose, checkSignal, persona = null) => {
      const circumstances = circumstancesSchema.parse({ persona });
      return captureByChromium(archive, { url, circumstances, autopilot: null, purpose }, checkSignal);
    };
    const desk = {
      dueWatches: async () => dueWatches(archive),
      ...paceDesk(archive),
      getWatch: async (id: string) => readWatch(archive, id, 1).watch,
    };
    return workOnWatches({ desk, ids, network, signal, record, onNews });
  });
}

function addRun(watch: Command): void {
  const run = archiveCommand(watch, 'run', 'check now: what is due, or these; each check is a capture')
    .argument('<archive>')
    .argument('[watch...]', 'ids; left out with --due')
    .option('--due', 'what is due by now, for a scheduler such as cron')
    .option('--network <words>', 'from where it is looked at, as you would state it: "VPN, Germany"');
  engineOption(run).action(async (path: string, ids: string[], options: RunOptions) => {
    if ((ids.length === 0) === (options.due !== true)) {
      throw new HoldfastError('bad-usage', 'Give the ids of what is to be checked, or --due.');
    }
    const network = options.network === undefined ? null : networkSchema.safeParse(options.network.trim());
    if (network?.success === false)
      throw new HoldfastError('bad-usage', 'Say the network in 1 to 200 characters.');
    const checked: CheckedNews[] = [];
    const onNews = (news: WatchNews): void => {
      if (news.news === 'checked') checked.push(news);
      else sayWaiting(news.url, news.until);
    };
    const order = { ids: options.due === true ? null : ids, network: network?.data ?? null };
    if (chosenEngine(options.engine) === 'electron') {
      await askApp(path, options, { watch: order }, (news) => onNews(watchNewsSchema.parse(news)));
    } else {
      await runHere(path, options, order.ids, order.network, onNews);
    }
    const lines = checked.flatMap(({ watch: seen, failure }) => [
      ...watchLines(seen),
      ...(failure === null ? [] : [`  not checked: ${failure.message} [${failure.code}]`]),
    ]);
    output(options.json ?? false).result({ checked }, checked.length === 0 ? ['Nothing is due.'] : lines);
    const failed = checked.some(({ failure }) => failure !== null);
    process.exitCode = failed ? exitCode.refused : exitCode.done;
  });
}

export function addWatchCommands(program: Command): void {
  const watch = program.command('watch').description('posts that are captured again and again');
  addAdd(watch);
  addReading(watch);
  addRun(watch);
  addSetting(watch);
}
