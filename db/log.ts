/** The custody log's tree, keys and checkpoints. */
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

const bytes = z.instanceof(Uint8Array);

export interface LogHead {
  /** Leaves. */
  size: number;
  root: Uint8Array;
}

const headRow = z.object({ size: z.number(), root: bytes });

/** Null before the first leaf. */
export function getLogHead(db: ReadableDb): LogHead | null {
  const row = prepared(db, 'SELECT size, root FROM log_head WHERE one = 1').get();
  return row === undefined ? null : headRow.parse(row);
}

/**
 * Moves the head from where the caller found it (null: nowhere yet). Errors: `archive-damaged` where it stands elsewhere
 * by now: two writers, of which only one may win.
 */
export function moveLogHead(db: WritableDb, from: LogHead | null, to: LogHead): void {
  const { changes } =
    from === null
      ? prepared(
          db,
          'INSERT INTO log_head (one, size, root) VALUES (1, @size, @root) ON CONFLICT DO NOTHING',
        ).run(to)
      : prepared(
          db,
          'UPDATE log_head SET size = @size, root = @root WHERE one = 1 AND size = @fromSize AND root = @fromRoot',
        ).run({ ...to, fromSize: from.size, fromRoot: from.root });
  if (changes !== 1) {
    throw new HoldfastError(
      'archive-damaged',
      `The head of the custody log is not at ${from?.size ?? 0} leaves, where it was a moment ago. Nothing was recorded.`,
    );
  }
}

export function insertLogNode(
  db: WritableDb,
  node: { level: number; index: number; hash: Uint8Array },
): void {
  prepared(db, 'INSERT INTO log_node (level, n, hash) VALUES (@level, @index, @hash)').run(node);
}

/** The hash of a complete subtree, a leaf's on level 0; null where it is not there. */
export function getLogNode(db: ReadableDb, level: number, index: number): Uint8Array | null {
  const hash: unknown =
    level === 0
      ? prepared(db, 'SELECT leaf_hash FROM event WHERE seq = ?').pluck().get(index)
      : prepared(db, 'SELECT hash FROM log_node WHERE level = ? AND n = ?').pluck().get(level, index);
  return hash === undefined ? null : bytes.parse(hash);
}

export interface LogKey {
  /** The event `log.started` from which it holds. */
  eventSeq: number;
  origin: string;
  /** Its verifier key. */
  vkey: string;
  /** PKCS#8 in DER, unencrypted: the archive around it is encrypted. */
  pkcs8: Uint8Array;
}

const keyRow = z.object({ event_seq: z.number(), origin: z.string(), vkey: z.string(), pkcs8: bytes });

function toKey(row: unknown): LogKey {
  const { event_seq: eventSeq, ...rest } = keyRow.parse(row);
  return { eventSeq, ...rest };
}

export function insertLogKey(db: WritableDb, key: LogKey): void {
  prepared(
    db,
    'INSERT INTO log_key (event_seq, origin, vkey, pkcs8) VALUES (@eventSeq, @origin, @vkey, @pkcs8)',
  ).run(key);
}

/** All keys, oldest first. */
export function listLogKeys(db: ReadableDb): LogKey[] {
  return prepared(db, 'SELECT event_seq, origin, vkey, pkcs8 FROM log_key ORDER BY event_seq')
    .all()
    .map(toKey);
}

/** The key that signs; null where the log was not started yet. */
export function activeLogKey(db: ReadableDb): LogKey | null {
  return listLogKeys(db).at(-1) ?? null;
}

export interface StoredCheckpoint {
  /** Leaves. */
  size: number;
  origin: string;
  root: Uint8Array;
  /** The signed note, exactly. */
  note: Uint8Array;
  /** UTC with milliseconds, by this computer's clock. */
  madeAt: string;
}

const checkpointRow = z.object({
  size: z.number(),
  origin: z.string(),
  root: bytes,
  note: bytes,
  made_at: z.string(),
});
const checkpointColumns = 'size, origin, root, note, made_at';

function toCheckpoint(row: unknown): StoredCheckpoint {
  const { made_at: madeAt, ...rest } = checkpointRow.parse(row);
  return { ...rest, madeAt };
}

export function insertCheckpoint(db: WritableDb, checkpoint: StoredCheckpoint): void {
  prepared(
    db,
    `INSERT INTO log_checkpoint (${checkpointColumns}) VALUES (@size, @origin, @root, @note, @madeAt)`,
  ).run(checkpoint);
}

/** All checkpoints, smallest first. */
export function listCheckpoints(db: ReadableDb): StoredCheckpoint[] {
  return prepared(db, `SELECT ${checkpointColumns} FROM log_checkpoint ORDER BY size`)
    .all()
    .map(toCheckpoint);
}

export function getCheckpoint(db: ReadableDb, size: number): StoredCheckpoint | null {
  const row = prepared(db, `SELECT ${checkpointColumns} FROM log_checkpoint WHERE size = ?`).get(size);
  return row === undefined ? null : toCheckpoint(row);
}

export function newestCheckpoint(db: ReadableDb): StoredCheckpoint | null {
  const row = prepared(
    db,
    `SELECT ${checkpointColumns} FROM log_checkpoint ORDER BY size DESC LIMIT 1`,
  ).get();
  return row === undefined ? null : toCheckpoint(row);
}

export function countCheckpoints(db: ReadableDb): number {
  return z.number().parse(prepared(db, 'SELECT count(*) FROM log_checkpoint').pluck().get());
}
