/** The database handle. A function's signature shows whether it writes. */
import type Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';
import { requirePlace } from './place.ts';

declare const writes: unique symbol;

/** A handle for reading. */
export type ReadableDb = Database.Database;
/** A handle for writing. Whoever takes one writes inside the caller's transaction. */
export type WritableDb = Database.Database & { readonly [writes]: true };

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** The prepared statement for this text, made once per handle. */
export function prepared(db: ReadableDb, sql: string): Database.Statement {
  let known = statements.get(db);
  if (known === undefined) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}

/** Archives whose file is about to be replaced: what is written into them now would be lost. */
const still = new WeakSet<Database.Database>();

/** Lets nothing be written to `db` through `inTransaction` until `act` has ended. */
export async function keepStill<T>(db: WritableDb, act: () => Promise<T>): Promise<T> {
  still.add(db);
  try {
    return await act();
  } finally {
    still.delete(db);
  }
}

/**
 * Runs `act` in one immediate transaction: all of it or nothing. `act` must not be asynchronous.
 * Errors: `archive-busy` while the archive must not change, `archive-gone` where the file is no longer where it was opened; then nothing was written.
 */
export function inTransaction<T>(db: WritableDb, act: () => T): T {
  if (still.has(db)) {
    throw new HoldfastError(
      'archive-busy',
      'The passphrase is being changed; nothing can be written until that has ended. Try again then.',
    );
  }
  return db
    .transaction(() => {
      const done = act();
      // Last before the commit: what is committed into a file that nobody can reach any more is lost.
      requirePlace(db);
      return done;
    })
    .immediate();
}

/** Statements hold the schema they were made for: to be called after tables were dropped and made again. */
export function forgetStatements(db: ReadableDb): void {
  statements.delete(db);
}
