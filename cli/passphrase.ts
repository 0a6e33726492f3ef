/** Passphrases: from a file, the environment, or typed without an echo; never from an argument. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { HoldfastError } from '../contract/errors.ts';

function fromFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HoldfastError('file-unreadable', `The passphrase file ${path} cannot be read.`, { cause });
  }
  // One line end is the editor's, not the passphrase's.
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase === '')
    throw new HoldfastError('passphrase-missing', `The passphrase file ${path} is empty.`);
  return passphrase;
}

async function typed(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}

/** The archive's passphrase. Errors: `passphrase-missing`, `file-unreadable`. */
export async function archivePassphrase(file: string | undefined, isNew: boolean): Promise<string> {
  if (file !== undefined) return fromFile(file);
  const fromEnvironment = process.env.HOLDFAST_PASSPHRASE;
  if (fromEnvironment) return fromEnvironment;
  if (process.stdin.isTTY) {
    const passphrase = await typed('Passphrase of the archive');
    if (isNew && passphrase !== (await typed('The same again'))) {
      throw new HoldfastError('bad-input', 'The two passphrases differ. Nothing was made.');
    }
    if (passphrase !== '') return passphrase;
  }
  throw new HoldfastError(
    'passphrase-missing',
    'No passphrase: give --passphrase-file FILE or set HOLDFAST_PASSPHRASE.',
  );
}

/** A new passphrase for an archive: from a file, HOLDFAST_NEW_PASSPHRASE, or typed twice. Errors: as above, `bad-input`. */
export async function newPassphrase(file: string | undefined): Promise<string> {
  if (file !== undefined) return fromFile(file);
  const fromEnvironment = process.env.HOLDFAST_NEW_PASSPHRASE;
  if (fromEnvironment) return fromEnvironment;
  if (process.stdin.isTTY) {
    const passphrase = await typed('New passphrase of the archive');
    if (passphrase !== (await typed('The same again'))) {
      throw new HoldfastError('bad-input', 'The two passphrases differ. Nothing was changed.');
    }
    if (passphrase !== '') return passphrase;
  }
  throw new HoldfastError(
    'passphrase-missing',
    'No new passphrase: give --new-passphrase-file FILE or set HOLDFAST_NEW_PASSPHRASE.',
  );
}

/**
 * A passphrase that a command has beside the archive's and the identity's own: from the file, or the environment
 * variable of this name, or typed after `question`. Errors: `passphrase-missing`, `file-unreadable`.
 */
export async function otherPassphrase(
  file: string | undefined,
  variable: string,
  option: string,
  question: string,
): Promise<string> {
  if (file !== undefined) return fromFile(file);
  const fromEnvironment = process.env[variable];
  if (fromEnvironment) return fromEnvironment;
  if (process.stdin.isTTY) {
    const passphrase = await typed(question);
    if (passphrase !== '') return passphrase;
  }
  throw new HoldfastError('passphrase-missing', `No passphrase: give ${option} FILE or set ${variable}.`);
}

/** The identity's passphrase; where none of its own is given, the archive's. */
export async function identityPassphrase(
  file: string | undefined,
  archiveFile: string | undefined,
): Promise<string> {
  if (file !== undefined) return fromFile(file);
  return process.env.HOLDFAST_IDENTITY_PASSPHRASE || archivePassphrase(archiveFile, false);
}
