/** What the app is told about the archive when it is asked to record: where it is, what opens it, who works. */
import { resolve } from 'node:path';
import type { CaptureJob, CaptureReport } from '../contract/capture-job.ts';
import { captureByApp } from './app.ts';
import { identityPassphrase } from './passphrase.ts';
import { type ArchiveOptions, claimedName, credentialsFor } from './with-archive.ts';

/** What is to be done, once the archive is open. */
type Work = Pick<CaptureJob, 'batch' | 'watch' | 'circumstances' | 'autopilot'> & { urls?: string[] };

/**
 * Has the app open the archive and do the work; Ctrl-C stops it in order: with an autopilot the first ends the
 * scrolling, the next the capture. Errors: those of `captureByApp`.
 */
export async function askApp(
  path: string,
  options: ArchiveOptions,
  work: Work,
  onNews: (news: unknown) => void = () => undefined,
): Promise<CaptureReport> {
  const credentials = await credentialsFor(path, options);
  const identity =
    options.identity === undefined
      ? null
      : {
          path: resolve(options.identity),
          passphrase: await identityPassphrase(options.identityPassphraseFile, options.passphraseFile),
        };
  const job = { archivePath: resolve(path), ...credentials, actorName: claimedName(options), identity };
  const stops = [new AbortController(), new AbortController()];
  const stop = (): void => stops.find(({ signal }) => !signal.aborted)?.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const signals = stops.map(({ signal }) => signal);
    return await captureByApp({ ...job, urls: [], ...work }, signals, onNews);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
