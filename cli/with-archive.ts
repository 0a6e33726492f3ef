/** Opening the archive that a command names, and closing it whatever happens. */
import { userInfo } from 'node:os';
import type { Archive } from '../archive/archive.ts';
import { readIdentityFile } from '../archive/identity.ts';
import { closeArchive, inspectArchive, openArchive } from '../archive/open.ts';
import { rememberIdentityPath } from '../archive/remember.ts';
import { type Credentials, isPlainArchive } from '../archive/unlock.ts';
import { HoldfastError } from '../contract/errors.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { archivePassphrase, identityPassphrase } from './passphrase.ts';

/** Options that every command on an archive takes. */
export interface ArchiveOptions {
  passphraseFile?: string;
  recoveryKeyFile?: string;
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

/** What opens the archive at `path`: nothing, a recovery sheet, or a passphrase, which may be asked for. */
export async function credentialsFor(path: string, options: ArchiveOptions): Promise<Credentials> {
  if (isPlainArchive(path)) return { passphrase: null };
  if (options.recoveryKeyFile !== undefined) {
    return { passphrase: null, recovery: { path: options.recoveryKeyFile } };
  }
  return { passphrase: await archivePassphrase(options.passphraseFile, false) };
}

/** Runs `act`; a first Ctrl-C cancels it through the signal. */
export async function interruptible<T>(act: (signal: AbortSignal) => Promise<T> | T): Promise<T> {
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

/** What `act` is given beside the archive. */
export interface Opened {
  identity: Identity | null;
  /** What the archive was opened with. */
  credentials: Credentials;
  /** To be told of an archive that takes the place of the one that was handed in. */
  replaced(archive: Archive): void;
}

/** Opens the archive, runs `act`, closes. A first Ctrl-C cancels `act` through the signal. */
export async function withArchive<T>(
  path: string,
  options: ArchiveOptions,
  act: (archive: Archive, signal: AbortSignal, opened: Opened) => Promise<T> | T,
): Promise<T> {
  const credentials = await credentialsFor(path, options);
  const identity = await chosenIdentity(options);
  let archive = await openArchive({ path, ...credentials, person: { name: claimedName(options), identity } });
  if (options.identity !== undefined) rememberIdentityPath(archive, options.identity);
  const replaced = (next: Archive): void => {
    archive = next;
  };
  try {
    return await interruptible((signal) => act(archive, signal, { identity, credentials, replaced }));
  } finally {
    if (archive.db.open) closeArchive(archive);
  }
}

/** Runs `act` on the archive as it lies there, in nobody's name: nothing is recorded, and what is damaged opens. */
export async function withArchiveInspected<T>(
  path: string,
  options: ArchiveOptions,
  act: (archive: Archive, signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const credentials = await credentialsFor(path, options);
  return inspectArchive({ path, ...credentials }, (archive) =>
    interruptible((signal) => act(archive, signal)),
  );
}
