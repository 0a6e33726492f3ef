/**
 * Passphrases of identities in the system's keychain: only where a user asked for it, and only where there is a
 * keychain that protects them. The file holds nothing in clear, not even which identity files they are.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import type { KeychainStatus } from '../../contract/model/identity.ts';

/** What of Electron's `safeStorage` is used; the backend is asked for on Linux alone. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?(): string;
  encryptString(plain: string): Buffer;
  decryptString(sealed: Buffer): string;
}

const fileSchema = z.strictObject({
  v: z.literal(1),
  /** `id`: a hash of the path, so that an entry can be forgotten that can no longer be opened. */
  entries: z.array(z.strictObject({ id: z.string(), sealed: z.base64() })),
});
type Entry = z.infer<typeof fileSchema>['entries'][number];

const entrySchema = z.strictObject({ path: z.string(), passphrase: z.string() });

function idOf(path: string): string {
  return createHash('sha256').update(`holdfast/keychain/1\0${path}`).digest('hex');
}

export class Keychain {
  readonly #safe: SafeStorage;
  readonly #file: string;
  readonly #platform: NodeJS.Platform;

  constructor(safe: SafeStorage, file: string, platform: NodeJS.Platform) {
    this.#safe = safe;
    this.#file = file;
    this.#platform = platform;
  }

  status(): KeychainStatus {
    const reason = this.#whyNot();
    const opened = reason === null ? this.#entries().map((entry) => this.#open(entry)) : [];
    return {
      available: reason === null,
      reason,
      paths: opened.flatMap((entry) => (entry === null ? [] : [entry.path])),
    };
  }

  /** Errors: `keychain-not-available`. */
  keep(path: string, passphrase: string): void {
    const reason = this.#whyNot();
    if (reason !== null) throw new HoldfastError('keychain-not-available', reason);
    const sealed = this.#safe.encryptString(JSON.stringify({ path, passphrase })).toString('base64');
    const others = this.#entries().filter(({ id }) => id !== idOf(path));
    this.#write([...others, { id: idOf(path), sealed }]);
  }

  /** Does nothing for a path whose passphrase is not kept. Works without a keychain, too. */
  forget(path: string): void {
    this.#write(this.#entries().filter(({ id }) => id !== idOf(path)));
  }

  /** Null: it is not kept, or cannot be opened any more. */
  passphraseFor(path: string): string | null {
    if (this.#whyNot() !== null) return null;
    const entry = this.#entries().find(({ id }) => id === idOf(path));
    return entry === undefined ? null : (this.#open(entry)?.passphrase ?? null);
  }

  /** Null where the system has a keychain that protects what is put into it; else why not. */
  #whyNot(): string | null {
    if (!this.#safe.isEncryptionAvailable()) {
      return 'This system offers no keychain that is unlocked: Holdfast keeps no passphrase then, and nothing was stored.';
    }
    if (this.#platform !== 'linux') return null;
    const backend = this.#safe.getSelectedStorageBackend?.() ?? 'unknown';
    if (backend === 'basic_text') {
      return 'Without a keyring this system would hide the passphrase under a key that everybody knows (basic_text). Holdfast refuses that; nothing was stored.';
    }
    if (backend === 'unknown') {
      return 'This system does not say how its keychain protects a passphrase. Holdfast refuses that; nothing was stored.';
    }
    return null;
  }

  #entries(): Entry[] {
    if (!existsSync(this.#file)) return [];
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).entries;
    } catch {
      // Anybody who writes to the profile may have written this: the passphrases are typed again then.
      return [];
    }
  }

  #open(entry: Entry): z.infer<typeof entrySchema> | null {
    try {
      const opened = entrySchema.parse(
        JSON.parse(this.#safe.decryptString(Buffer.from(entry.sealed, 'base64'))),
      );
      // An entry that was put under another path's name would open an identity with a passphrase not its own.
      return idOf(opened.path) === entry.id ? opened : null;
    } catch {
      return null;
    }
  }

  /** Whole or not at all; without entries there is no file. */
  #write(entries: Entry[]): void {
    if (entries.length === 0) {
      rmSync(this.#file, { force: true });
      return;
    }
    mkdirSync(dirname(this.#file), { recursive: true });
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify({ v: 1, entries }), { mode: 0o600 });
    renameSync(temporary, this.#file);
  }
}
