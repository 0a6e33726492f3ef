/** Bundles that were taken in, and the heads of foreign logs that they showed. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertImportedBundle(
  db: WritableDb,
  body: EventBody<'bundle.imported'>,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO imported_bundle (event_seq, id, archive, capture, sha256, signer, verdict)
     VALUES (@eventSeq, @bundle, @archive, @capture, @sha256, @signer, @verdict)`,
  ).run({ ...body, eventSeq });
  for (const { origin, vkey, checkpoints } of body.logs) {
    for (const { size, root, note } of checkpoints) {
      // A head that was shown before stays as it was first shown: an importer has compared them.
      prepared(
        db,
        `INSERT INTO foreign_log (origin, size, root, vkey, note, bundle, event_seq)
         VALUES (@origin, @size, @root, @vkey, @note, @bundle, @eventSeq) ON CONFLICT DO NOTHING`,
      ).run({ origin, vkey, size, root, note, bundle: body.bundle, eventSeq });
    }
  }
}

const importedRow = z.object({ capture: z.string(), verdict: z.enum(['trusted', 'consistent']) });

/**
 * The capture that holds the zip file with this SHA-256 (hexadecimal), and what its check said; null where it was not
 * taken in.
 */
export function findImportedBundle(db: ReadableDb, sha256: string): z.infer<typeof importedRow> | null {
  const found = prepared(db, 'SELECT capture, verdict FROM imported_bundle WHERE sha256 = ?').get(sha256);
  return found === undefined ? null : importedRow.parse(found);
}

const headRow = z.object({
  size: z.number(),
  root: z.string(),
  vkey: z.string(),
  note: z.string(),
  bundle: z.string(),
});
export type ForeignHead = z.infer<typeof headRow>;

/** What is remembered of a foreign log, smallest head first. */
export function foreignHeads(db: ReadableDb, origin: string): ForeignHead[] {
  return prepared(db, 'SELECT size, root, vkey, note, bundle FROM foreign_log WHERE origin = ? ORDER BY size')
    .all(origin)
    .map((row) => headRow.parse(row));
}

const shownRow = z.object({ event_seq: z.number(), size: z.number() });

/** Sizes of the heads under this key that each bundle showed together, in the order in which they were taken in. */
export function sizesShown(db: ReadableDb, vkey: string): number[][] {
  const rows = prepared(
    db,
    `SELECT imported_bundle.event_seq, head.value ->> 'size' AS size
     FROM imported_bundle JOIN event ON event.seq = imported_bundle.event_seq,
          json_each(CAST(event.document AS TEXT), '$.body.logs') AS log, json_each(log.value, '$.checkpoints') AS head
     WHERE log.value ->> 'vkey' = ?
     ORDER BY imported_bundle.event_seq`,
  ).all(vkey);
  const byBundle = new Map<number, number[]>();
  for (const row of rows) {
    const { event_seq, size } = shownRow.parse(row);
    byBundle.set(event_seq, [...(byBundle.get(event_seq) ?? []), size]);
  }
  return [...byBundle.values()];
}

/** Whether a bundle that was taken in named this archive. */
export function isArchiveKnown(db: ReadableDb, archive: string): boolean {
  return prepared(db, 'SELECT 1 FROM imported_bundle WHERE archive = ? LIMIT 1').get(archive) !== undefined;
}

/** Whether the fork that the zip file with this SHA-256 shows stands in the log. */
export function isForkKnown(db: ReadableDb, sha256: string): boolean {
  const found = prepared(
    db,
    `SELECT 1 FROM event WHERE kind = 'log.forked' AND json_extract(CAST(document AS TEXT), '$.body.sha256') = ?`,
  ).get(sha256);
  return found !== undefined;
}
