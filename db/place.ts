/**
 * Where an open archive lies. SQLite goes on writing into a file whose folder was moved away, unmounted or removed,
 * and says that all is well; whoever acknowledges an act must know better.
 */
import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { HoldfastError } from '../contract/errors.ts';

interface Place {
  path: string;
  /** Which file it was: device and number. */
  file: string;
}

const places = new WeakMap<Database.Database, Place>();

function fileAt(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** Remembers which file this handle has open. */
export function rememberPlace(db: Database.Database, path: string): void {
  const file = fileAt(path);
  if (file !== null) places.set(db, { path, file });
}

/** Errors: `archive-gone` when another file, or none, is now where this one was opened. */
export function requirePlace(db: Database.Database): void {
  const place = places.get(db);
  if (place === undefined) return;
  let found: string | null;
  try {
    found = fileAt(place.path);
  } catch (cause) {
    throw gone(place.path, cause);
  }
  if (found !== place.file) throw gone(place.path);
}

/** Whether this file is still where it was opened. */
export function isInPlace(db: Database.Database): boolean {
  try {
    requirePlace(db);
    return true;
  } catch {
    return false;
  }
}

function gone(path: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'archive-gone',
    `${path} is no longer where it was opened: it or its folder was moved, removed, or its disk disconnected. Nothing more is written. What was acknowledged before is in the file: bring it back, lock the archive, and open it again.`,
    { cause },
  );
}
