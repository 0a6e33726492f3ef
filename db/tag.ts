/** Tags: this post, this clause, this quote, because. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { type CitedClause, type Tag, tagSchema } from '../contract/model/tag.ts';
import { getClause } from './clause.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

export function insertTag(
  db: WritableDb,
  body: EventBody<'tag.set'>,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO tag (id, post_id, clause_id, quote_text, quote_start, quote_end, because, session_id, time, event_seq)
     VALUES (@tag, @post, @clause, @text, @start, @end, @because, @sessionId, @time, @eventSeq)`,
  ).run({
    tag: body.tag,
    post: body.post,
    clause: body.clause,
    because: body.because,
    text: body.quote?.text ?? null,
    start: body.quote?.start ?? null,
    end: body.quote?.end ?? null,
    ...origin,
  });
}

const tagRow = z.object({
  id: z.string(),
  clause_id: z.string(),
  quote_text: z.string().nullable(),
  quote_start: z.number().nullable(),
  quote_end: z.number().nullable(),
  because: z.string(),
  time: z.string(),
  event_seq: z.number(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** The tags of a post, oldest first, each with the event that set it. */
export function listTags(db: ReadableDb, postId: string): { tag: Tag; eventSeq: number }[] {
  return prepared(
    db,
    `SELECT t.id, t.clause_id, t.quote_text, t.quote_start, t.quote_end, t.because, t.time, t.event_seq, s.actor, s.signer
     FROM tag AS t JOIN session AS s ON s.id = t.session_id WHERE t.post_id = ? ORDER BY t.event_seq`,
  )
    .all(postId)
    .map((raw) => {
      const row = tagRow.parse(raw);
      const tag = tagSchema.parse({
        id: row.id,
        postId,
        finding: 'breach',
        clause: citedPackClause(db, row.clause_id),
        quotes:
          row.quote_text === null
            ? []
            : [{ text: row.quote_text, start: row.quote_start, end: row.quote_end }],
        because: row.because,
        ...{ sure: null, account: null, considered: [], dates: [], flags: [], reviews: [] },
        ...{ state: 'unreviewed', batch: null, coding: null, phrase: null, origin: null },
        actor: toActor(row),
        time: row.time,
      });
      return { tag, eventSeq: row.event_seq };
    });
}

function citedPackClause(db: ReadableDb, id: string): CitedClause | null {
  const clause = getClause(db, id);
  if (clause === null) return null;
  const { key, title, platform, policy, role, summary, url } = clause;
  return { key, title, platform, policy, kind: 'rules', role, text: null, version: null, summary, url };
}
