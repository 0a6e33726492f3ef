/** Tags as the inbox and the samples see them: who, of which post, within which sample, and what reviews made of it. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { personOf } from '../contract/model/actor.ts';
import { type InboxFilter, tagStateSchema } from '../contract/model/tag.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { personOfSession } from './session.ts';

export function insertJudgement(
  db: WritableDb,
  body: EventBody<'tag.set'>,
  { sessionId, eventSeq }: { sessionId: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO judgement (event_seq, tag_id, post_id, person, coding_id, version_id, part, state)
     VALUES (@eventSeq, @tag, @post, @person, @coding, @version, @part, 'unreviewed')`,
  ).run({
    eventSeq,
    tag: body.tag,
    post: body.post,
    person: body.origin === undefined ? personOfSession(db, sessionId) : personOf(body.origin.actor),
    coding: body.coding ?? null,
    version: body.dated?.version ?? null,
    part: body.dated?.part ?? null,
  });
}

const judgementRow = z.object({
  tagId: z.string(),
  postId: z.string(),
  person: z.string(),
  coding: z.string().nullable(),
  state: tagStateSchema,
});
export type Judgement = z.infer<typeof judgementRow>;

const columns = 'tag_id AS tagId, post_id AS postId, person, coding_id AS coding, state';

/** Null: there is no such tag. */
export function getJudgement(db: ReadableDb, tagId: string): Judgement | null {
  const row = prepared(db, `SELECT ${columns} FROM judgement WHERE tag_id = ?`).get(tagId);
  return row === undefined ? null : judgementRow.parse(row);
}

/** Of one post, oldest first. */
export function judgementsOf(db: ReadableDb, postId: string): Judgement[] {
  return prepared(db, `SELECT ${columns} FROM judgement WHERE post_id = ? ORDER BY event_seq`)
    .all(postId)
    .map((row) => judgementRow.parse(row));
}

const citedRow = z.object({ version: z.string(), part: z.number() });
export type Cited = z.infer<typeof citedRow>;

/** The places in versions of the library that tags cite which were set after the event `after`, each once. */
export function citedPlaces(db: ReadableDb, after: number): Cited[] {
  return prepared(
    db,
    'SELECT DISTINCT version_id AS version, part FROM judgement WHERE event_seq > ? AND version_id IS NOT NULL',
  )
    .all(after)
    .map((row) => citedRow.parse(row));
}

/** The event of the tag that was set last; −1: there is none. */
export function lastJudgement(db: ReadableDb): number {
  return z.number().parse(prepared(db, 'SELECT coalesce(max(event_seq), -1) FROM judgement').pluck().get());
}

export interface InboxQuestion {
  /** Who asks, as `personOf` names it. */
  person: string;
  /** Only tags that somebody else set. */
  others: boolean;
  /** Cited words that are no longer those of their clause. */
  changed: readonly Cited[];
  /** Samples whose judgements by others are not shown, and those of whose posts nothing is that others said. */
  sealed: readonly string[];
  underWay: readonly string[];
}

const visible = `(person = @person OR (
    (coding_id IS NULL OR coding_id NOT IN (SELECT value FROM json_each(@sealed)))
    AND post_id NOT IN (SELECT post_id FROM coding_post WHERE coding_id IN (SELECT value FROM json_each(@underWay)))))
  AND (@others = 0 OR person <> @person)`;
const isChanged = `(state <> 'withdrawn' AND version_id IS NOT NULL AND (version_id, part) IN (
    SELECT value ->> 'version', value ->> 'part' FROM json_each(@changed)))`;
const conditions: Record<InboxFilter, string> = {
  unreviewed: `state = 'unreviewed'`,
  disputed: `state = 'disputed'`,
  withdrawn: `state = 'withdrawn'`,
  changed: isChanged,
  all: 'true',
};

function bound({ person, others, changed, sealed, underWay }: InboxQuestion) {
  return {
    person,
    others: others ? 1 : 0,
    changed: JSON.stringify(changed),
    sealed: JSON.stringify(sealed),
    underWay: JSON.stringify(underWay),
  };
}

const countsRow = z.object({
  unreviewed: z.number(),
  disputed: z.number(),
  changed: z.number(),
  withdrawn: z.number(),
  all: z.number(),
});

/** How many tags each filter lets through. */
export function countInbox(db: ReadableDb, question: InboxQuestion): Record<InboxFilter, number> {
  return countsRow.parse(
    prepared(
      db,
      `SELECT count(*) AS "all", count(*) FILTER (WHERE state = 'unreviewed') AS unreviewed,
         count(*) FILTER (WHERE state = 'disputed') AS disputed,
         count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn,
         count(*) FILTER (WHERE ${isChanged}) AS changed
       FROM judgement WHERE ${visible}`,
    ).get(bound(question)),
  );
}

const inboxRow = z.object({ tagId: z.string(), postId: z.string() });

/** A page of them, newest first. */
export function listInbox(
  db: ReadableDb,
  question: InboxQuestion,
  filter: InboxFilter,
  offset: number,
  limit: number,
): z.infer<typeof inboxRow>[] {
  return prepared(
    db,
    `SELECT tag_id AS tagId, post_id AS postId FROM judgement WHERE ${conditions[filter]} AND ${visible}
     ORDER BY event_seq DESC LIMIT @limit OFFSET @offset`,
  )
    .all({ ...bound(question), offset, limit })
    .map((row) => inboxRow.parse(row));
}
