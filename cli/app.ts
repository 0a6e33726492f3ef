/** Asking the app, started without a window, for what only its own browser can do. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type CaptureJob, type CaptureReport, captureReportSchema } from '../contract/capture-job.ts';
import { fromFailure, HoldfastError } from '../contract/errors.ts';

/** The app's program and the arguments that make it this app; null where none is named or it could draw nowhere. */
export function findApp(
  environment: NodeJS.ProcessEnv = process.env,
): { path: string; args: string[] } | null {
  const path = environment.HOLDFAST_APP;
  if (path === undefined || !existsSync(path)) return null;
  const needsDisplay = process.platform === 'linux';
  if (needsDisplay && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return null;
  return { path, args: z.array(z.string()).parse(JSON.parse(environment.HOLDFAST_APP_ARGUMENTS ?? '[]')) };
}

/**
 * Has the app record pages into an archive, which must not be open elsewhere. Each of `signals` tells it once more to
 * stop: with an autopilot the first ends the scrolling, the next the capture. `onNews` hears of each line that is said
 * before the report. Errors: those of opening the archive, `file-not-found` without an app, `internal` where it answers
 * nothing.
 */
export async function captureByApp(
  job: CaptureJob,
  signals: readonly AbortSignal[],
  onNews: (news: unknown) => void = () => undefined,
): Promise<CaptureReport> {
  const app = findApp();
  if (app === null) {
    throw new HoldfastError(
      'file-not-found',
      'Expected the app and a display to draw on, found none: use --engine chromium, or set DISPLAY.',
    );
  }
  const child = spawn(app.path, [...app.args, '--capture-job'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const stop = (): void => void child.kill('SIGTERM');
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  child.stdin.end(JSON.stringify(job));
  const [report] = await Promise.all([readReport(child.stdout, onNews), text(child.stderr)]);
  for (const signal of signals) signal.removeEventListener('abort', stop);
  if (report === null) {
    throw new HoldfastError(
      'internal',
      'The app ended without an answer. What it had recorded is kept; open the archive to see it.',
    );
  }
  if (report.failure !== null) throw fromFailure(report.failure);
  return report;
}

/** The app says news as it comes, one document a line, and its report last. */
async function readReport(
  lines: NodeJS.ReadableStream,
  onNews: (news: unknown) => void,
): Promise<CaptureReport | null> {
  let report: CaptureReport | null = null;
  for await (const line of createInterface({ input: lines })) {
    if (!line.startsWith('{')) continue;
    const document: unknown = JSON.parse(line);
    const parsed = captureReportSchema.safeParse(document);
    if (parsed.success) report = parsed.data;
    else onNews(document);
  }
  return report;
}
