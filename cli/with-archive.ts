/** Opening the archive that a command names, and closing it whatever happens. */
import { userInfo } from 'node:os';
import type { Archive } from '../archive/archive.ts';
import { readIdentityFile } from '../archive/identity.ts';
import { closeArchive, inspectArchive, isPlainArchive, openArchive } from '../archive/open.ts';
import { rememberIdentityPath } from '../archive/remember.ts';
import { HoldfastError } from '../contract/errors.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { archivePassphrase, identityPassphrase } from './passphrase.ts';

/** Options that every command on an archive takes. */
export interface ArchiveOptions {
  passphraseFile?: string;
  identity?: string;
  identityPassphraseFile?: string;
  as?: string;
}

/** Who works: as said, as the environment says, or as the system calls the user; claimed in each case. */
export function claimedName(options: ArchiveOptions): string {
  return options.as ?? process.env.HOLDFAST_NAME ?? userInfo().username;
}

/** The signer that `--identity` names, if any. Errors: those of `readIdentityFile`. */
export async function chosenIdentity(options: ArchiveOptions): Promise<Identity | null> {
  if (options.identity === undefined) return null;
  const passphrase = await identityPassphrase(options.identityPassphraseFile, options.passphraseFile);
  return readIdentityFile(options.identity, passphrase);
}

/** Opens the archive, runs `act`, closes. A first Ctrl-C cancels `act` through the signal. */
export async function withArchive<T>(
  path: string,
  options: ArchiveOptions,
  act: (archive: Archive, signal: AbortSignal, identity: Identity | null) => Promise<T> | T,
): Promise<T> {
  const passphrase = isPlainArchive(path) ? null : await archivePassphrase(options.passphraseFile, false);
  const identity = await chosenIdentity(options);
  const archive = await openArchive({ path, passphrase, person: { name: claimedName(options), identity } });
  if (options.identity !== undefined) rememberIdentityPath(archive, options.identity);
  try {
    return await untilInterrupted((signal) => act(archive, signal, identity));
  } finally {
    closeArchive(archive);
  }
}

/** Runs `act` on the archive as it lies there, in nobody's name: nothing is recorded, and what is damaged opens. */
export async function withArchiveInspected<T>(
  path: string,
  options: ArchiveOptions,
  act: (archive: Archive, signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const passphrase = isPlainArchive(path) ? null : await archivePassphrase(options.passphraseFile, false);
  return inspectArchive({ path, passphrase }, (archive) =>
    untilInterrupted((signal) => act(archive, signal)),
  );
}

async function untilInterrupted<T>(act: (signal: AbortSignal) => Promise<T> | T): Promise<T> {
  const abort = new AbortController();
  const stop = (): void => abort.abort(new HoldfastError('cancelled', 'Stopped.'));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await act(abort.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
