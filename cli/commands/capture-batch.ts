/** capture --from, --resume: many addresses, some at a time, gone on with where it was stopped. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { Archive } from '../../archive/archive.ts';
import { batchOutcome, openBatch, requireBatch } from '../../archive/batch/batch.ts';
import { type RecordFor, withinPace, workOnBatch } from '../../capture/batch/work.ts';
import { findChromium } from '../../capture/chromium.ts';
import { type AddressList, parseAddressList } from '../../contract/address-list.ts';
import { type BatchNews, batchNewsSchema } from '../../contract/capture-job.ts';
import { type Failure, HoldfastError } from '../../contract/errors.ts';
import {
  type Batch,
  type BatchOrder,
  type BatchPace,
  batchOrderSchema,
  usualPace,
} from '../../contract/model/batch.ts';
import { idSchema } from '../../contract/model/common.ts';
import { askApp } from '../app-job.ts';
import { type ChromiumOrder, captureByChromium, still } from '../capture-by-chromium.ts';
import type { Engine } from '../engine-option.ts';
import { exitCode, oneLine, output } from '../output.ts';
import { paceDesk } from '../pace-desk.ts';
import { waitingLine } from '../progress.ts';
import { type ArchiveOptions, withArchive } from '../with-archive.ts';
import { wholeNumber } from './number.ts';

export interface BatchOptions extends ArchiveOptions {
  json?: boolean;
  from?: string;
  resume?: string | true;
  anew?: boolean;
  retryFailed?: boolean;
  jobs?: number;
  limit?: number;
}

/** How each address is captured. */
type How = Pick<ChromiumOrder, 'circumstances' | 'autopilot'> & { engine: Engine };

export function batchOptions(command: Command): Command {
  return command
    .option(
      '--from <file>',
      "a list of addresses, one a line; '-': standard input. Lines with # are comments",
    )
    .option('--resume [batch]', 'go on with a batch: the newest that has something left, or this one')
    .option('--anew', 'capture a list again, also what an unfinished batch of it has done')
    .option('--retry-failed', 'also what was tried before and failed')
    .option('--jobs <n>', `captures at the same time (default: ${usualPace.jobs})`, wholeNumber(1, 8))
    .option(
      '--limit <seconds>',
      `stop one capture after so long and keep what it has (default: ${usualPace.limit})`,
      wholeNumber(1, 86_400),
    );
}

export function isBatch({ from, resume, jobs, anew, retryFailed, limit }: BatchOptions): boolean {
  return [from, resume, jobs, anew, retryFailed, limit].some((option) => option !== undefined);
}

const empty: AddressList = { addresses: [], bad: [], duplicates: [] };

async function readList(from: string | undefined, urls: readonly string[]): Promise<AddressList> {
  if (from === undefined) return parseAddressList(urls.join('\n'));
  if (urls.length > 0) throw new HoldfastError('bad-usage', 'Give addresses or --from, not both.');
  if (from === '-') return parseAddressList(await text(process.stdin));
  try {
    return parseAddressList(readFileSync(from, 'utf8'));
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('file-unreadable', `The list ${from} cannot be read. Check its path.`, { cause });
  }
}

function orderOf(options: BatchOptions, { addresses }: AddressList, urls: readonly string[]): BatchOrder {
  const retryFailed = options.retryFailed === true;
  if (options.resume !== undefined) {
    if (options.from !== undefined || urls.length > 0 || options.anew === true) {
      throw new HoldfastError(
        'bad-usage',
        '--resume goes on with what the archive holds: give no addresses with it.',
      );
    }
    const batchId = options.resume === true ? null : options.resume;
    if (batchId !== null && !idSchema.safeParse(batchId).success) {
      throw new HoldfastError('bad-usage', `Expected the id of a batch behind --resume, found ${batchId}.`);
    }
    return { which: { kind: 'batch', batchId }, retryFailed };
  }
  const isFile = options.from !== undefined && options.from !== '-';
  const name = isFile ? basename(options.from ?? '').slice(0, 255) : null;
  return { which: { kind: 'list', name, addresses, anew: options.anew === true }, retryFailed };
}

function outcomeLine({ n, url, result, failure }: Extract<BatchNews, { news: 'outcome' }>): string {
  const place = `${n + 1}`.padStart(5);
  if (result === null)
    return `${place}  refused     ${oneLine(url, 100)}: ${failure?.message ?? ''} [${failure?.code ?? ''}]`;
  const { id, posts, reasons } = result;
  const why = reasons.length === 0 ? '' : ` [${[...new Set(reasons.map(({ code }) => code))].join(', ')}]`;
  return `${place}  ${batchOutcome(result).padEnd(11)}  ${id}  ${posts.length} posts  ${oneLine(url, 100)}${why}`;
}

/** One line for each thing that is told, as text or as a JSON document. */
class Teller {
  readonly #json: boolean;
  /** Addresses that could not be captured in this run. */
  refused = 0;

  constructor(json: boolean) {
    this.#json = json;
  }

  #line(document: unknown, text: string): void {
    // One document a line: the list may be long, and whoever reads along wants each as it comes.
    if (this.#json) process.stdout.write(`${JSON.stringify(document)}\n`);
    else output(false).result(null, [text]);
  }

  list({ bad, duplicates }: AddressList): void {
    for (const { line, found, message } of bad) {
      this.#line(
        { news: 'bad-line', line, found, message },
        `line ${line}  refused  ${oneLine(found, 100)}: ${message} [bad-input]`,
      );
    }
    for (const { line, of, url } of duplicates) {
      this.#line(
        { news: 'duplicate', line, of, url },
        `line ${line}  left out: the same address as line ${of}  ${oneLine(url, 100)}`,
      );
    }
  }

  news(news: BatchNews): void {
    if (news.news === 'opened') {
      const { batch, todo } = news;
      const done = batch.addresses - todo;
      this.#line(
        news,
        `batch ${batch.id}: ${todo} of ${batch.addresses} addresses to capture${done > 0 ? `, ${done} done before` : ''}`,
      );
    } else if (news.news === 'waiting') {
      if (news.until !== null) this.#line(news, waitingLine(news.url, news.until));
    } else if (news.news === 'outcome') {
      if (news.result === null) this.refused += 1;
      this.#line(news, outcomeLine(news));
    } else {
      this.#line(news, endLine(news.batch, news.stopped));
    }
  }
}

function endLine(batch: Batch, stopped: Failure | null): string {
  const { complete = 0, incomplete = 0, failed = 0, interrupted = 0, waiting = 0 } = batch.counts;
  const left = interrupted + waiting;
  const rest = left === 0 ? '' : `, ${left} left: the same command, or --resume, goes on with them`;
  const why = stopped === null ? '' : `\nstopped: ${stopped.message} [${stopped.code}]`;
  return `batch ${batch.id}: ${complete} complete, ${incomplete} incomplete, ${failed} failed${rest}${why}`;
}

/** 0: everything complete. 4: everything captured, something incomplete. 1: something failed, was refused or is left. */
function codeFor(batch: Batch, refused: number): number {
  const { incomplete = 0, failed = 0, interrupted = 0, waiting = 0 } = batch.counts;
  if (refused + failed + interrupted + waiting > 0) return exitCode.refused;
  return incomplete > 0 ? exitCode.incomplete : exitCode.done;
}

function archiveDesk(archive: Archive) {
  return {
    openBatch: async (order: BatchOrder) => openBatch(archive, batchOrderSchema.parse(order)),
    ...paceDesk(archive),
    getBatch: async (batchId: string) => requireBatch(archive, batchId),
  };
}

/**
 * Captures what is left of a batch. Errors: those of opening the archive and of `openBatch`, `bad-usage`, `bad-input`
 * and `file-unreadable` for the list; what becomes of one address is a line.
 */
export async function captureBatch(
  path: string,
  urls: readonly string[],
  options: BatchOptions,
  { engine, circumstances, autopilot }: How,
): Promise<void> {
  const list = options.resume === undefined ? await readList(options.from, urls) : empty;
  const teller = new Teller(options.json ?? false);
  teller.list(list);
  if (options.resume === undefined && list.addresses.length === 0) {
    throw new HoldfastError('nothing-to-do', 'The list holds no address that can be captured.');
  }
  const order = orderOf(options, list, urls);
  const pace: BatchPace = {
    jobs: options.jobs ?? usualPace.jobs,
    limit: options.limit ?? usualPace.limit,
  };
  const how = { circumstances, autopilot: withinPace(autopilot, pace) };
  let end: Batch | null = null;
  const onNews = (news: BatchNews): void => {
    teller.news(news);
    if (news.news === 'ended') end = news.batch;
  };
  if (engine === 'electron') {
    const work = { batch: { order, pace }, ...how };
    await askApp(path, options, work, (said) => onNews(batchNewsSchema.parse(said)));
  } else {
    findChromium();
    await withArchive(path, options, (archive, signal) => {
      const record: RecordFor = (url, purpose, taskSignal) =>
        captureByChromium(archive, { ...how, url, purpose, bar: still }, taskSignal);
      return workOnBatch({
        desk: archiveDesk(archive),
        order,
        pace,
        signal,
        record,
        persona: circumstances.persona,
        onNews,
      });
    });
  }
  process.exitCode = end === null ? exitCode.refused : codeFor(end, teller.refused + list.bad.length);
}
