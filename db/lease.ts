/** The lease inside the archive: who has it open, and whose staging is whose. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export interface Lease {
  holder: string;
  pid: number;
  /** Which run of which machine, and which run of this process id: see `processRun`. */
  boot: string;
  since: string;
}

const leaseRow = z.object({ holder: z.string(), pid: z.number(), boot: z.string(), since: z.string() });

/** Linux names each start of the system; elsewhere the machine's name has to do. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return hostname();
  }
}

/** State and start, in clock ticks since the start of the system, as proc_pid_stat(5) says; '' where nothing is known. */
function statOf(pid: number): { state: string; start: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold spaces and brackets; the state is the third, the start the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return { state: '', start: '' };
  }
}

/** Names a process for good. Its number alone is used again, by a program that has nothing to do with the archive. */
export function processRun(pid: number): string {
  return `${bootId()} ${statOf(pid).start}`;
}

/** One that has ended keeps its number until its parent looks, which a parent may never do; it holds nothing. */
function isAlive(pid: number): boolean {
  if (/[ZX]/.test(statOf(pid).state)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function currentLease(db: ReadableDb): Lease | null {
  const row = prepared(db, 'SELECT holder, pid, boot, since FROM lease WHERE one = 1').get();
  return row === undefined ? null : leaseRow.parse(row);
}

/**
 * Takes the lease, and removes the staging of dead holders. To be called with the lock held.
 * Errors: `archive-in-use` when the lock says free but another live process of this machine holds the lease, as
 * happens on file systems whose locks do nothing.
 */
export function takeLease(db: WritableDb, lease: Lease): { blobsRemoved: number } {
  const held = currentLease(db);
  const isOurs = held?.pid === lease.pid;
  if (held !== null && !isOurs && held.boot === processRun(held.pid) && isAlive(held.pid)) {
    throw new HoldfastError(
      'archive-in-use',
      `The archive is open in process ${held.pid} since ${held.since}. Close it there first.`,
    );
  }
  prepared(
    db,
    `INSERT INTO lease (one, holder, pid, boot, since) VALUES (1, @holder, @pid, @boot, @since)
     ON CONFLICT (one) DO UPDATE SET holder = excluded.holder, pid = excluded.pid, boot = excluded.boot, since = excluded.since`,
  ).run(lease);
  // What belongs to a recording is no orphan: it is sealed as an interrupted capture (archive/recording).
  const orphans = `SELECT id FROM blob WHERE sha256 IS NULL
    AND id NOT IN (SELECT blob_id FROM recorded_exchange) AND id NOT IN (SELECT blob_id FROM recorded_artifact)`;
  prepared(db, `DELETE FROM blob_chunk WHERE blob_id IN (${orphans})`).run();
  const { changes } = prepared(db, `DELETE FROM blob WHERE id IN (${orphans})`).run();
  return { blobsRemoved: changes };
}

/** Gives the lease back, as the last act before closing. */
export function dropLease(db: WritableDb): void {
  prepared(db, 'DELETE FROM lease').run();
}
