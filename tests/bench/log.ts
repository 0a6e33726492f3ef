/**
 * The custody log at one million leaves, in an encrypted archive: a leaf added, against a bare insert of the same rows;
 * proofs, against reading as many hashes by their keys as a proof has.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendLeaf, nodeSource } from '../../archive/log/append.ts';
import { connect } from '../../db/connection.ts';
import { insertEvent, type StoredEvent } from '../../db/event.ts';
import { inTransaction, type WritableDb } from '../../db/handle.ts';
import { getLogNode } from '../../db/log.ts';
import { migrate } from '../../db/migrate.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { newId } from '../../evidence/id.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../evidence/log/merkle.ts';
import { consistencyPath, inclusionPath, rootAt } from '../../evidence/log/tree.ts';
import { median, report, rounds } from './measure.ts';

/** `npm run bench log 100000` takes less time. */
const leaves = Number(process.argv[3] ?? 1_000_000);
/** Hashes in a proof, about. */
const depth = Math.floor(Math.log2(leaves)) + 1;
const batch = 20_000;
const added = 2_000;
const proofs = 500;
const bare = `bare reads of ${depth} hashes by key`;

/** About as large as the event of a tag. */
function eventAt(seq: number): StoredEvent {
  // The index by session looks into it.
  const document = Buffer.from(`{"session":"s${seq % 50}","x":"${randomBytes(180).toString('hex')}"}`);
  const leaf = Buffer.from(`{"seq":${seq},"subjects":["${randomBytes(120).toString('hex')}"]}`);
  const id = newId();
  const time = new Date(seq).toISOString();
  return {
    seq,
    id,
    kind: 'tag.set',
    time,
    document,
    salt: randomBytes(32),
    leaf,
    leafHash: leafHash(nodeSha256, leaf),
  };
}

/**
 * By the way that every event takes, many in one transaction: waiting for the disk a million times is not what is measured.
 * The events of a real archive fill the cache's size as well, but over months: here it would be read and written again and
 * again, so for the filling it is large.
 */
function fill(db: WritableDb): void {
  const started = performance.now();
  const kept = db.pragma('cache_size', { simple: true });
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  for (let seq = 0; seq < leaves; ) {
    const end = Math.min(seq + batch, leaves);
    inTransaction(db, () => {
      for (; seq < end; seq++) {
        const event = eventAt(seq);
        insertEvent(db, event);
        appendLeaf(db, seq, event.leafHash);
      }
    });
    const seconds = (performance.now() - started) / 1000;
    if (seq % (batch * 5) === 0 || seq === leaves) console.log(`  filled ${seq} in ${seconds.toFixed(0)} s`);
  }
  db.pragma('synchronous = FULL');
  db.pragma(`cache_size = ${kept}`);
}

/** Runs `act` in a transaction that is taken back, so that every round starts from the same million. */
function takenBack(db: WritableDb, act: () => void): void {
  db.exec('BEGIN');
  act();
  db.exec('ROLLBACK');
}

function perOne(seconds: readonly number[] | undefined, count: number): string {
  return `${((median(seconds ?? []) / count) * 1000).toFixed(3)} ms each`;
}

export async function benchLog(folder: string): Promise<void> {
  const path = join(folder, 'log.db');
  const db = connect(path, 'bench');
  migrate(db, path);
  fill(db);
  const events = Array.from({ length: added }, (_, i) => eventAt(leaves + i));
  const append = await rounds(
    {
      'bare insert of the same rows': () =>
        takenBack(db, () => {
          for (const event of events) insertEvent(db, event);
        }),
      'holdfast: event, nodes and head': () =>
        takenBack(db, () => {
          for (const event of events) {
            insertEvent(db, event);
            appendLeaf(db, event.seq, event.leafHash);
          }
        }),
    },
    5,
  );
  report(
    `add ${added} leaves to ${leaves}`,
    append,
    'holdfast: event, nodes and head',
    ['bare insert of the same rows'],
    5,
  );
  console.log(`  ${perOne(append['holdfast: event, nodes and head'], added)}`);

  const source = nodeSource(db);
  const root = rootAt(nodeSha256, source, leaves);
  const bareReads = (): void => {
    for (let i = 0; i < proofs; i++) {
      for (let level = 0; level < depth; level++)
        getLogNode(db, level, randomInt(Math.floor(leaves / 2 ** level)));
    }
  };
  const inclusion = await rounds(
    {
      [bare]: bareReads,
      'holdfast: inclusion, made and checked': () => {
        for (let i = 0; i < proofs; i++) {
          const index = randomInt(leaves);
          const leaf = source.node(0, index);
          const path = inclusionPath(nodeSha256, source, index, leaves);
          if (!verifyInclusion(nodeSha256, { leaf, index, size: leaves, path, root }))
            throw new Error('no proof');
        }
      },
    },
    5,
  );
  report(
    `${proofs} inclusion proofs at ${leaves}`,
    inclusion,
    'holdfast: inclusion, made and checked',
    [bare],
    3,
  );
  console.log(`  ${perOne(inclusion['holdfast: inclusion, made and checked'], proofs)}`);

  const to = { size: leaves, root };
  const consistency = await rounds(
    {
      [bare]: bareReads,
      'holdfast: consistency, made and checked': () => {
        for (let i = 0; i < proofs; i++) {
          const size = 1 + randomInt(leaves - 1);
          const from = { size, root: rootAt(nodeSha256, source, size) };
          const path = consistencyPath(nodeSha256, source, size, leaves);
          if (!verifyConsistency(nodeSha256, { from, to, path })) throw new Error('no proof');
        }
      },
    },
    5,
  );
  report(
    `${proofs} consistency proofs up to ${leaves}`,
    consistency,
    'holdfast: consistency, made and checked',
    [bare],
    3,
  );
  console.log(`  ${perOne(consistency['holdfast: consistency, made and checked'], proofs)}`);
  db.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}
