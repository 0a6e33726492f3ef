/** An archive while it is open. One process, one connection. */

import type { Recovery } from '../contract/model/safety.ts';
import type { ArchiveInfo } from '../db/archive-info.ts';
import type { ArchiveKey } from '../db/cipher.ts';
import type { WritableDb } from '../db/handle.ts';
import type { ArchiveLock } from '../db/lock.ts';
import type { Identity } from '../evidence/identity/identity.ts';

/** What use cases need: the handle, who works, and the clock. */
export interface Archive {
  readonly db: WritableDb;
  readonly path: string;
  readonly info: ArchiveInfo;
  /** In memory as long as SQLite's own copy of it; null for a plain archive. */
  readonly key: ArchiveKey | null;
  /** Marks the staging of this opening. */
  readonly holder: string;
  readonly sessionId: string;
  readonly clock: () => Date;
  readonly lock: ArchiveLock;
}

export interface Person {
  /** As typed: claimed. */
  name: string;
  /** Where given, its key signs the opening of the session: proven. */
  identity?: Identity | null;
}

export interface OpenOptions {
  path: string;
  /** Null for a plain archive, or where `recovery` opens it. */
  passphrase: string | null;
  /** Instead of the passphrase: what a recovery sheet says. */
  recovery?: Recovery | undefined;
  person: Person;
  clock?: () => Date;
}
