/** Reports filed: which posts were reported, to whom, when, with which bundle. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { type ReportFiled, reportFiledSchema } from '../contract/model/tag.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertReport(
  db: WritableDb,
  body: EventBody<'report.filed'>,
  origin: { sessionId: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO report_filed (event_seq, id, to_whom, at, bundle_id, note, session_id)
     VALUES (@eventSeq, @report, @to, @at, @bundle, @note, @sessionId)`,
  ).run({
    report: body.report,
    to: body.to,
    at: body.at,
    bundle: body.bundle,
    note: body.note,
    eventSeq: origin.eventSeq,
    sessionId: origin.sessionId,
  });
  for (const [n, post] of body.posts.entries()) {
    prepared(db, 'INSERT INTO report_post (report_seq, n, post_id) VALUES (?, ?, ?)').run(
      origin.eventSeq,
      n,
      post,
    );
  }
}

const reportRow = z.object({
  seq: z.number(),
  id: z.string(),
  to: z.string(),
  at: z.string(),
  bundle: z.string().nullable(),
  note: z.string().nullable(),
});

/** Reports that name this post, or all; the one that was recorded last first. */
export function listReports(db: ReadableDb, postId: string | null): ReportFiled[] {
  const columns = 'f.event_seq AS seq, f.id, f.to_whom AS "to", f.at, f.bundle_id AS bundle, f.note';
  const rows =
    postId === null
      ? prepared(db, `SELECT ${columns} FROM report_filed AS f ORDER BY f.event_seq DESC`).all()
      : prepared(
          db,
          `SELECT ${columns} FROM report_filed AS f
           WHERE f.event_seq IN (SELECT report_seq FROM report_post WHERE post_id = ?) ORDER BY f.event_seq DESC`,
        ).all(postId);
  return rows.map((raw) => {
    const { seq, ...row } = reportRow.parse(raw);
    const posts = prepared(db, 'SELECT post_id FROM report_post WHERE report_seq = ? ORDER BY n')
      .pluck()
      .all(seq);
    return reportFiledSchema.parse({ ...row, posts });
  });
}

const reportTimeRow = reportRow.pick({ to: true, at: true });

/** To whom a post was reported, and when, without the other posts of the reports. */
export function listReportTimes(db: ReadableDb, postId: string): z.infer<typeof reportTimeRow>[] {
  return prepared(
    db,
    `SELECT f.to_whom AS "to", f.at FROM report_post AS p JOIN report_filed AS f ON f.event_seq = p.report_seq
     WHERE p.post_id = ? ORDER BY f.event_seq DESC`,
  )
    .all(postId)
    .map((row) => reportTimeRow.parse(row));
}
