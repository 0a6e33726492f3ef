/** Reviews: what people said of a tag, one beside the other. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { personOf } from '../contract/model/actor.ts';
import { type Review, reviewSchema, tagOriginSchema } from '../contract/model/tag.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { personOfSession, toActor } from './session.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

/** The review, and the state of its tag with it; what the state is stands in evidence/review/state.ts too, for one tag. */
export function insertReview(db: WritableDb, body: EventBody<'tag.reviewed'>, origin: Origin): void {
  const from = body.origin ?? null;
  prepared(
    db,
    `INSERT INTO review (event_seq, id, tag_id, act, because, person, said_at, session_id, time, origin)
     VALUES (@eventSeq, @review, @tag, @act, @because, @person, @saidAt, @sessionId, @time, @originJson)`,
  ).run({
    review: body.review,
    tag: body.tag,
    act: body.act,
    because: body.because,
    person: from === null ? personOfSession(db, origin.sessionId) : personOf(from.actor),
    saidAt: from?.time ?? origin.time,
    originJson: from === null ? null : JSON.stringify(from),
    ...origin,
  });
  prepared(
    db,
    `UPDATE judgement SET state = CASE
       WHEN EXISTS (SELECT 1 FROM review WHERE tag_id = @tag AND act = 'withdraw') THEN 'withdrawn'
       WHEN EXISTS (SELECT 1 FROM review AS r WHERE r.tag_id = @tag AND r.act = 'dispute' AND NOT EXISTS (
         SELECT 1 FROM review AS later WHERE later.tag_id = @tag AND later.person = r.person
           AND (later.said_at, later.id) > (r.said_at, r.id))) THEN 'disputed'
       ELSE 'agreed' END
     WHERE tag_id = @tag`,
  ).run({ tag: body.tag });
}

const reviewRow = z.object({
  id: z.string(),
  tag_id: z.string(),
  act: z.string(),
  because: z.string(),
  time: z.string(),
  origin: z
    .string()
    .transform((text) => tagOriginSchema.parse(JSON.parse(text)))
    .nullable(),
  actor: z.string(),
  signer: z.string().nullable(),
});

/** The reviews of a tag in the order in which they came into this archive. */
export function listReviews(db: ReadableDb, tagId: string): Review[] {
  return prepared(
    db,
    `SELECT r.id, r.tag_id, r.act, r.because, r.time, r.origin, s.actor, s.signer
     FROM review AS r JOIN session AS s ON s.id = r.session_id WHERE r.tag_id = ? ORDER BY r.event_seq`,
  )
    .all(tagId)
    .map((raw) => {
      const { tag_id: tagId, actor, signer, ...row } = reviewRow.parse(raw);
      return reviewSchema.parse({ ...row, tagId, actor: toActor({ actor, signer }) });
    });
}
