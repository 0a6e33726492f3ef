/**
 * The file of an open archive as bytes that hold still. The one holder folds its write-ahead log into the file and
 * folds no more until it is told: what is written meanwhile goes to the log, and the file is the archive as it was.
 */
import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import { pageSize } from './page-size.ts';
import { requirePlace } from './place.ts';

/** SQLite's own default, in pages. */
const usualCheckpoint = 1000;
const pagesAtATime = 64;
const readBytes = promisify(read);

const checkpointed = z.tuple([z.object({ busy: z.number(), log: z.number() })]);

export interface FrozenFile {
  /** Bytes; a whole number of pages. */
  size: number;
  /** From the beginning, a mebibyte at a time. */
  bytes(): AsyncGenerator<Buffer, void, undefined>;
  /** Page `n`, from 1. Errors: those of the system; `io-failed` where the file is shorter. */
  page(n: number): Buffer;
}

/**
 * Closing any descriptor of a file drops every lock that the process has on it (POSIX), SQLite's too. So the one for
 * reading stays open as long as the archive does.
 */
const descriptors = new WeakMap<Database.Database, number>();
const frozen = new WeakSet<Database.Database>();

function descriptorOf(db: Database.Database): number {
  let file = descriptors.get(db);
  if (file === undefined) {
    file = openSync(db.name, 'r');
    descriptors.set(db, file);
  }
  return file;
}

/** To be called when the handle was closed. */
export function closeFrozen(db: Database.Database): void {
  const file = descriptors.get(db);
  descriptors.delete(db);
  if (file !== undefined) closeSync(file);
}

/**
 * Runs `act` on the file of this archive as it is now, while others go on writing.
 * Errors: `archive-busy` while another copy is being made, `archive-gone`, SQLite's own.
 */
export async function withFrozenFile<T>(
  db: Database.Database,
  act: (file: FrozenFile) => Promise<T>,
): Promise<T> {
  if (frozen.has(db)) {
    throw new HoldfastError(
      'archive-busy',
      'The file of the archive is being copied or checked at this moment. Wait until that has ended.',
    );
  }
  requirePlace(db);
  frozen.add(db);
  try {
    const [{ busy, log }] = checkpointed.parse(db.pragma('wal_checkpoint(TRUNCATE)'));
    if (busy !== 0 || log !== 0) {
      throw new HoldfastError(
        'archive-busy',
        'The archive is being read at leisure at this moment, as by a check of its log. Wait until that has ended.',
      );
    }
    db.pragma('wal_autocheckpoint = 0');
    const file = descriptorOf(db);
    const { size } = fstatSync(file);
    return await act({ size, bytes: () => bytesOf(file, size), page: (n) => pageOf(file, n) });
  } finally {
    if (db.open) db.pragma(`wal_autocheckpoint = ${usualCheckpoint}`);
    frozen.delete(db);
  }
}

function pageOf(file: number, n: number): Buffer {
  const page = Buffer.allocUnsafe(pageSize);
  if (readSync(file, page, 0, pageSize, (n - 1) * pageSize) === pageSize) return page;
  throw new HoldfastError('io-failed', `The file has no whole page ${n}.`);
}

/** The bytes of an open file. Errors: those of the system; `io-failed` when it ends early. */
export async function* bytesOf(file: number, size: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < size; ) {
    const wanted = Math.min(pageSize * pagesAtATime, size - at);
    const chunk = Buffer.allocUnsafe(wanted);
    let got = 0;
    while (got < wanted) {
      const { bytesRead } = await readBytes(file, chunk, got, wanted - got, at + got);
      if (bytesRead === 0) {
        throw new HoldfastError('io-failed', `The file ended at ${at + got} of ${size} bytes.`);
      }
      got += bytesRead;
    }
    at += wanted;
    yield chunk;
  }
}
