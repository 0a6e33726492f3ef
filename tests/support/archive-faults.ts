/** What must hold of any archive at any time. */
import { z } from 'zod';
import type { Archive } from '../../archive/archive.ts';
import { readBlob } from '../../archive/blobs.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { eachEvent } from '../../db/event.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { leafHash } from '../../evidence/log/merkle.ts';

const blobRow = z.object({ id: z.number(), sha256: z.instanceof(Uint8Array), size: z.number() });

/**
 * What is wrong, in words; nothing where SQLite's own check passes, every sealed blob hashes to what it says, there
 * is no staging, every leaf hash fits its leaf, and every table is as the events say.
 */
export function archiveFaults(archive: Archive): string[] {
  const { db } = archive;
  const faults: string[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') faults.push(`integrity check: ${integrity}`);
  if (z.array(z.unknown()).parse(db.pragma('foreign_key_check')).length > 0) faults.push('foreign keys');
  const staged = z.number().parse(db.prepare('SELECT count(*) FROM blob WHERE sha256 IS NULL').pluck().get());
  if (staged > 0) faults.push(`${staged} staged blobs`);
  for (const blob of z.array(blobRow).parse(db.prepare('SELECT id, sha256, size FROM blob').all())) {
    const { size, sha256 } = hashOf(readBlob(archive, blob.id));
    if (size !== blob.size || sha256 !== toHex(blob.sha256)) faults.push(`blob ${blob.id} is not its hash`);
  }
  for (const { seq, leaf, leafHash: kept } of eachEvent(db))
    if (toHex(kept) !== toHex(leafHash(nodeSha256, leaf))) faults.push(`event ${seq} is not its leaf hash`);
  for (const { table, first } of rebuild(archive).differences) faults.push(`${table}: ${first}`);
  return faults;
}

/** SHA-256, hexadecimal, and bytes of what comes in pieces. */
export function hashOf(pieces: Iterable<Uint8Array>): { size: number; sha256: string } {
  const hash = nodeSha256.start();
  let size = 0;
  for (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: toHex(hash.digest()) };
}
