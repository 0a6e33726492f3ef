/**
 * Migrations: numbered SQL files, run in order, each archive once. `user_version` counts those that ran,
 * `application_id` says whose file this is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import type { ReadableDb, WritableDb } from './handle.ts';

/** 'HOLD' */
export const applicationId = 0x484f4c44;

const folder = join(import.meta.dirname, 'migrations');

export function migrationFiles(): { version: number; name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((name) => /^\d{3}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name, i) => ({ version: i + 1, name, sql: readFileSync(join(folder, name), 'utf8') }));
}

function number(db: ReadableDb, pragma: string): number {
  return Number(db.pragma(pragma, { simple: true }));
}

/** What the file says it is. Errors: `not-an-archive`, `archive-newer`. */
export function checkIdentity(db: ReadableDb, path: string): { version: number } {
  const newest = migrationFiles().length;
  const version = number(db, 'user_version');
  if (number(db, 'application_id') !== applicationId) {
    throw new HoldfastError('not-an-archive', `${path} is an SQLite file, but not a Holdfast archive.`);
  }
  if (version > newest) {
    throw new HoldfastError(
      'archive-newer',
      `${path} was written by a newer Holdfast (schema ${version}; this one knows ${newest}). Update Holdfast; the file was not touched.`,
      { details: { found: version, known: newest } },
    );
  }
  return { version };
}

/**
 * Brings the schema to the newest version, in one exclusive transaction with checks before the commit.
 * Errors: `archive-damaged` when a check fails; then nothing has changed.
 */
export function migrate(db: WritableDb, path: string): { from: number; to: number } {
  const from = number(db, 'user_version');
  const pending = migrationFiles().filter((file) => file.version > from);
  const last = pending.at(-1);
  if (last === undefined) return { from, to: from };
  // SQLite cannot switch foreign keys inside a transaction; they are checked as a whole before the commit instead.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const file of pending) db.exec(file.sql);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${last.version}`);
      const integrity: unknown = db.pragma('integrity_check', { simple: true });
      const dangling = db.pragma('foreign_key_check');
      if (integrity !== 'ok' || (Array.isArray(dangling) && dangling.length > 0)) {
        throw new HoldfastError(
          'archive-damaged',
          `${path} did not pass the checks after an update of its schema (${String(integrity)}). It was left as it was.`,
        );
      }
    }).exclusive();
  } finally {
    db.pragma('foreign_keys = ON');
  }
  return { from, to: last.version };
}
