/** What the app is told about the archive when it is asked to record: where it is, what opens it, who works. */
import { resolve } from 'node:path';
import type { CaptureJob, CaptureReport } from '../contract/capture-job.ts';
import { captureByApp } from './app.ts';
import { identityPassphrase } from './passphrase.ts';
import { type ArchiveOptions, claimedName, credentialsFor, interruptible } from './with-archive.ts';

/** What is to be done, once the archive is open. */
type Work = Pick<CaptureJob, 'batch' | 'watch'> & { urls?: string[] };

/** Has the app open the archive and do the work; Ctrl-C stops it in order. Errors: those of `captureByApp`. */
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
  return interruptible((signal) => captureByApp({ ...job, urls: [], ...work }, signal, onNews));
}
