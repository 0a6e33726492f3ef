/** `--capture-job`: records pages for the command line, in a browser that nobody sees. */
import { text } from 'node:stream/consumers';
import { workOnBatch, workOnWatches } from '../capture/batch/work.ts';
import { type CaptureReport, captureJobSchema } from '../contract/capture-job.ts';
import { fromFailure, HoldfastError, toFailure } from '../contract/errors.ts';
import { hostDesk, unseenRecorder } from './batch/desk.ts';
import { recordUnseen } from './batch/record-unseen.ts';
import type { RecordPage } from './capture-view/capture-view.ts';
import type { HostClient } from './host-client.ts';

async function work(host: HostClient, record: RecordPage, signal: AbortSignal): Promise<CaptureReport> {
  const report: CaptureReport = { captures: [], refused: [], failure: null };
  const job = captureJobSchema.safeParse(JSON.parse(await text(process.stdin)));
  if (!job.success)
    throw new HoldfastError('bad-usage', 'Expected the job of `holdfast capture` on standard input.');
  const { archivePath: path, passphrase, recovery, actorName, identity, urls, batch, watch } = job.data;
  await host.start();
  const opened = await host.call('archive.open', { path, passphrase, recovery, actorName, identity });
  if (!opened.ok) throw fromFailure(opened.error);
  const unseen = { desk: hostDesk(host), record: unseenRecorder(record), signal, onNews: tell };
  if (batch !== undefined) await workOnBatch({ ...unseen, ...batch });
  if (watch !== undefined) await workOnWatches({ ...unseen, ...watch });
  for (const url of urls) {
    if (signal.aborted) break;
    try {
      report.captures.push(await recordUnseen(record, { url, signal }));
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
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  let report: CaptureReport;
  try {
    report = await work(host, record, abort.signal);
  } catch (error) {
    report = { captures: [], refused: [], failure: toFailure(error) };
  }
  await new Promise<void>((resolve) => process.stdout.write(`${JSON.stringify(report)}\n`, () => resolve()));
  return report.failure === null ? 0 : 1;
}
