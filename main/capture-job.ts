/** `--capture-job`: records pages for the command line, in a browser that nobody sees. */
import { text } from 'node:stream/consumers';
import { BrowserWindow, session } from 'electron';
import { AutopilotControl } from '../capture/autopilot/control.ts';
import { type CaptureReport, type Circumstances, captureJobSchema } from '../contract/capture-job.ts';
import { fromFailure, HoldfastError, toFailure } from '../contract/errors.ts';
import type { AutopilotLimits } from '../contract/model/autopilot.ts';
import type { CaptureResult } from '../contract/model/recording.ts';
import { CaptureSession } from './capture-view/capture-session.ts';
import type { RecordPage } from './capture-view/capture-view.ts';
import { pagePreferences } from './capture-view/page-preferences.ts';
import { circumstancesOf, dress, keep, notApplied, wear } from './capture-view/worn.ts';
import type { HostClient } from './host-client.ts';

/** CSS pixels of the page: what most desktops show of one. */
const viewport = { width: 1280, height: 1024 };

async function recordOne(
  host: HostClient,
  record: RecordPage,
  url: string,
  { persona, access, lookOnly }: Circumstances,
  { limits, control, signal }: Stopping,
): Promise<CaptureResult> {
  const worn = persona === null ? null : await wear(host, persona, session.defaultSession.getUserAgent());
  const capture = new CaptureSession(() => undefined, worn);
  capture.lookOnly.isOn = lookOnly;
  await capture.ready();
  // Pictures of a window that was never shown hang; an offscreen one is drawn without being shown.
  const window = new BrowserWindow({
    ...viewport,
    show: false,
    webPreferences: { ...pagePreferences(capture.session), offscreen: true },
  });
  try {
    await window.loadURL('about:blank');
    const { webContents: contents } = window;
    contents.on('did-navigate', (_event, visited) => capture.visited(visited));
    const dresser = await dress(contents, capture).catch((cause: unknown) => {
      throw notApplied(cause);
    });
    dresser?.pause();
    return await record({
      contents,
      url,
      certificates: capture.certificates,
      session: dresser?.session ?? null,
      circumstances: circumstancesOf(capture, url, access),
      signal,
      onProgress: () => undefined,
      autopilot: limits === null ? null : { limits, control },
    }).finally(() => keep(host, capture));
  } finally {
    window.destroy();
    await capture.end();
  }
}

interface Stopping {
  limits: AutopilotLimits | null;
  control: AutopilotControl;
  signal: AbortSignal;
}

/** Milliseconds in which one Ctrl-C comes twice: from the terminal, and from the command that it reached as well. */
const sameOrder = 1000;

/**
 * Hears of every order to stop: the first ends the scrolling of an autopilot, where there is one, else the capture; so
 * does the next. `current`: the page that is recorded.
 */
class Orders {
  readonly #abort = new AbortController();
  #last = Number.NEGATIVE_INFINITY;
  #current: Stopping | null = null;
  #isStopping = false;

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#stop());
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  next(limits: AutopilotLimits | null): Stopping {
    this.#current = { limits, control: new AutopilotControl(), signal: this.#abort.signal };
    return this.#current;
  }

  #stop(): void {
    const now = performance.now();
    if (now - this.#last < sameOrder) return;
    this.#last = now;
    this.#isStopping = true;
    const current = this.#current;
    if (current !== null && current.limits !== null && !current.control.isStopped) current.control.stop();
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
  const { circumstances, urls, autopilot = null } = asked;
  for (const url of urls) {
    if (orders.isStopping) break;
    try {
      report.captures.push(await recordOne(host, record, url, circumstances, orders.next(autopilot)));
    } catch (error) {
      const { code, message } = toFailure(error);
      report.refused.push({ url, code, message });
    }
  }
  return report;
}

/** Writes a `CaptureReport` to standard output; the exit code, 0 when there is one. */
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
