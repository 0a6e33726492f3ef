/** Reports of bundles that were printed: which file came of which report. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertPrintedReport(
  db: WritableDb,
  { report, sha256, size, engine }: EventBody<'report.printed'>,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO printed_report (report, sha256, size, engine, event_seq)
     VALUES (@report, unhex(@sha256), @size, @engine, @eventSeq)`,
  ).run({ report, sha256, size, engine, eventSeq });
}

const row = z.object({ sha256: z.string(), size: z.number() });

/** The printed form of the report with this SHA-256 (hexadecimal); null: it was not printed here. */
export function findPrintedReport(db: ReadableDb, report: string): z.infer<typeof row> | null {
  const found = prepared(
    db,
    'SELECT lower(hex(sha256)) AS sha256, size FROM printed_report WHERE report = ?',
  ).get(report);
  return found === undefined ? null : row.parse(found);
}
