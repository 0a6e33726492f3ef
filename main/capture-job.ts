/** `--capture-job`: records pages for the command line, in a browser that nobody sees. */
import { text } from 'node:stream/consumers';
import { AutopilotControl } from '../capture/autopilot/control.ts';
import { workOnBatch, workOnWatches } from '../capture/batch/work.ts';
import { waitForTurn } from '../capture/persona/pace.ts';
import { type CaptureReport, captureJobSchema, type WaitingNews } from '../contract/capture-job.ts';
import { fromFailure, HoldfastError, toFailure } from '../contract/errors.ts';
import type { AutopilotLimits } from '../contract/model/autopilot.ts';
import { hostDesk, unseenRecorder } from './batch/desk.ts';
import { recordUnseen } from './batch/record-unseen.ts';
import type { RecordPage } from './capture-view/capture-view.ts';
import type { HostClient } from './host-client.ts';

interface Stopping {
  control: AutopilotControl;
  signal: AbortSignal;
}

/** Milliseconds in which one Ctrl-C comes twice: from the terminal, and from the command that it reached as well. */
const sameOrder = 1000;

/**
 * Hears of every order to stop: the first ends the scrolling of an autopilot, where there is one, else the capture; so
 * does the next.
 */
class Orders {
  readonly #abort = new AbortController();
  #last = Number.NEGATIVE_INFINITY;
  #scrolling: AutopilotControl | null = null;
  #isStopping = false;

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#stop());
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** For work of many pages at once, which no autopilot stands before. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  next(limits: AutopilotLimits | null): Stopping {
    const control = new AutopilotControl();
    this.#scrolling = limits === null ? null : control;
    return { control, signal: this.#abort.signal };
  }

  #stop(): void {
    const now = performance.now();
    if (now - this.#last < sameOrder) return;
    this.#last = now;
    this.#isStopping = true;
    const scrolling = this.#scrolling;
    if (scrolling !== null && !scrolling.isStopped) scrolling.stop();
    else this.#abort.abort();
  }
}

async function work(host: HostClient, record: RecordPage, orders: Orders): Promise<CaptureReport> {
  const report: CaptureReport = { captures: [], refused: [], failure: null };
  const job = captureJobSchema.safeParse(JSON.parse(await text(process.stdin)));
  if (!job.success)
    throw new HoldfastError('bad-usage', 'Expected the job of `holdfast capture` on standard input.');
  const { archivePath: path, passphrase, recovery, actorName, identity, ...asked } = job.data;
  await host.start();
  const opened = await host.call('archive.open', { path, passphrase, recovery, actorName, identity });
  if (!opened.ok) throw fromFailure(opened.error);
  const { circumstances, urls, autopilot = null, batch, watch } = asked;
  const how = { circumstances, autopilot };
  const desk = hostDesk(host);
  const { persona } = circumstances;
  const unseen = { desk, persona, record: unseenRecorder(host, record, how), onNews: tell };
  if (batch !== undefined) await workOnBatch({ ...unseen, ...batch, signal: orders.signal });
  if (watch !== undefined) await workOnWatches({ ...unseen, ...watch, signal: orders.signal });
  for (const url of urls) {
    if (orders.isStopping) break;
    try {
      const onWaiting = (until: string | null) => tell({ news: 'waiting', url, until } satisfies WaitingNews);
      await waitForTurn(desk, persona, orders.signal, onWaiting);
      report.captures.push(await recordUnseen(host, record, { ...how, url, ...orders.next(autopilot) }));
    } catch (error) {
      const { code, message } = toFailure(error);
      report.refused.push({ url, code, message });
    }
  }
  return report;
}

function tell(news: unknown): void {
  process.stdout.write(`${JSON.stringify(news)}\n`);
}

/** Writes news, then a `CaptureReport`, to standard output; the exit code, 0 when there is one. */
export async function runCaptureJob(host: HostClient, record: RecordPage): Promise<number> {
  const orders = new Orders();
  let report: CaptureReport;
  try {
    report = await work(host, record, orders);
  } catch (error) {
    report = { captures: [], refused: [], failure: toFailure(error) };
  }
  await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(report)}\n`, () => resolve()));
  return report.failure === null ? 0 : 1;
}
