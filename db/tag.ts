/** Tags: this post, this clause, these words, because. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { type Quote, quoteSchema } from '../contract/model/clause.ts';
import {
  consideredSchema,
  datedAnswerSchema,
  findingSchema,
  sureSchema,
  taggedAccountSchema,
  tagOriginSchema,
} from '../contract/model/tag.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

export function insertTag(
  db: WritableDb,
  body: EventBody<'tag.set'>,
  origin: { sessionId: string; time: string; eventSeq: number },
): void {
  prepared(
    db,
    `INSERT INTO tag (id, post_id, finding, clause_id, dated_key, version_id, part, because, sure, account, considered,
       dates, batch, coding, phrase, origin, session_id, time, event_seq)
     VALUES (@tag, @post, @finding, @clause, @key, @version, @part, @because, @sure, @accountJson, @consideredJson,
       @datesJson, @batch, @coding, @phrase, @originJson, @sessionId, @time, @eventSeq)`,
  ).run({
    tag: body.tag,
    post: body.post,
    finding: body.finding ?? 'breach',
    clause: body.clause,
    key: body.dated?.key ?? null,
    version: body.dated?.version ?? null,
    part: body.dated?.part ?? null,
    because: body.because,
    sure: body.sure ?? null,
    accountJson: body.account === undefined ? null : JSON.stringify(body.account),
    consideredJson: JSON.stringify(body.considered ?? []),
    datesJson: JSON.stringify(body.dates ?? []),
    batch: body.batch ?? null,
    coding: body.coding ?? null,
    phrase: body.phrase ?? null,
    originJson: body.origin === undefined ? null : JSON.stringify(body.origin),
    ...origin,
  });
  const quotes = [...(body.quote === null ? [] : [body.quote]), ...(body.quotes ?? [])];
  for (const [n, { text, start, end }] of quotes.entries()) {
    prepared(
      db,
      'INSERT INTO tag_quote (tag_id, n, text, start_point, end_point) VALUES (?, ?, ?, ?, ?)',
    ).run(body.tag, n, text, start, end);
  }
}

const json = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

const tagRow = z.object({
  id: z.string(),
  postId: z.string(),
  finding: findingSchema,
  clauseId: z.string().nullable(),
  datedKey: z.string().nullable(),
  versionId: z.string().nullable(),
  part: z.number().nullable(),
  because: z.string(),
  sure: sureSchema.nullable(),
  account: json(taggedAccountSchema).nullable(),
  considered: json(z.array(consideredSchema)),
  dates: json(z.array(datedAnswerSchema)),
  batch: z.string().nullable(),
  coding: z.string().nullable(),
  phrase: z.string().nullable(),
  origin: json(tagOriginSchema).nullable(),
  time: z.string(),
  eventSeq: z.number(),
  sessionActor: z.string(),
  signer: z.string().nullable(),
});

/** A tag as its event says it. Who set it here: `actor`; who set it elsewhere, where it came in a bundle: `origin`. */
export type StoredTag = ReturnType<typeof toTag>;

function toTag(db: ReadableDb, raw: unknown) {
  const { sessionActor: actor, signer, datedKey: key, versionId: version, part, ...row } = tagRow.parse(raw);
  return {
    ...row,
    dated: key === null || version === null || part === null ? null : { key, version, part },
    quotes: listQuotes(db, row.id),
    actor: toActor({ actor, signer }),
  };
}

function listQuotes(db: ReadableDb, tagId: string): Quote[] {
  return prepared(
    db,
    'SELECT text, start_point AS start, end_point AS "end" FROM tag_quote WHERE tag_id = ? ORDER BY n',
  )
    .all(tagId)
    .map((row) => quoteSchema.parse(row));
}

const select = `SELECT t.id, t.post_id AS postId, t.finding, t.clause_id AS clauseId, t.dated_key AS datedKey,
    t.version_id AS versionId, t.part, t.because, t.sure, t.account, t.considered, t.dates, t.batch, t.coding, t.phrase,
    t.origin, t.time, t.event_seq AS eventSeq, s.actor AS sessionActor, s.signer
  FROM tag AS t JOIN session AS s ON s.id = t.session_id`;

/** The tags of a post, oldest first, each with the event that set it. */
export function listTags(db: ReadableDb, postId: string): StoredTag[] {
  return prepared(db, `${select} WHERE t.post_id = ? ORDER BY t.event_seq`)
    .all(postId)
    .map((row) => toTag(db, row));
}

export function countTags(db: ReadableDb, postId: string): number {
  const count = prepared(db, 'SELECT count(*) FROM tag WHERE post_id = ?').pluck().get(postId);
  return z.number().parse(count);
}

/** A page of all tags, oldest first. */
export function pageOfTags(db: ReadableDb, offset: number, limit: number): StoredTag[] {
  return prepared(db, `${select} ORDER BY t.event_seq LIMIT ? OFFSET ?`)
    .all(limit, offset)
    .map((row) => toTag(db, row));
}

export function getTag(db: ReadableDb, tagId: string): StoredTag | null {
  const row = prepared(db, `${select} WHERE t.id = ?`).get(tagId);
  return row === undefined ? null : toTag(db, row);
}
