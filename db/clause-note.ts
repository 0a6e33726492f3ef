/** What people say of clauses of the library: corrections, links, statements of platforms. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type ClauseLink,
  clauseLinkSchema,
  correctionChangeSchema,
  type Statement,
  statementSchema,
} from '../contract/model/policy.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertCorrection(
  db: WritableDb,
  body: EventBody<'clause.corrected'>,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO clause_correction (event_seq, id, policy_id, version_id, key, change, because)
     VALUES (@eventSeq, @correction, @policy, @version, @key, @changeJson, @because)`,
  ).run({
    correction: body.correction,
    policy: body.policy,
    version: body.version,
    key: body.key,
    because: body.because,
    changeJson: JSON.stringify(body.change),
    eventSeq,
  });
}

export function insertClauseLink(db: WritableDb, body: EventBody<'clause.linked'>, eventSeq: number): void {
  prepared(
    db,
    `INSERT INTO clause_link (event_seq, id, from_key, to_key, kind, because)
     VALUES (@eventSeq, @link, @from, @to, @kind, @because)`,
  ).run({ ...body, eventSeq });
}

export function insertStatement(db: WritableDb, body: EventBody<'statement.added'>, eventSeq: number): void {
  prepared(
    db,
    `INSERT INTO statement (event_seq, id, key, speaker, said_on, text, reported_in, address, capture_id, effect, older_posts)
     VALUES (@eventSeq, @statement, @key, @speaker, @saidOn, @text, @reportedIn, @address, @capture, @effect, @older)`,
  ).run({ ...body, older: body.olderPosts === undefined ? null : JSON.stringify(body.olderPosts), eventSeq });
}

const correctionRow = z.object({
  seq: z.number(),
  version: z.string(),
  key: z.string(),
  change: z.string().transform((text) => correctionChangeSchema.parse(JSON.parse(text))),
});
export type StoredCorrection = z.infer<typeof correctionRow>;

/** The corrections to clauses of a policy, in the order in which they were made. */
export function listCorrections(db: ReadableDb, policyId: string): StoredCorrection[] {
  return prepared(
    db,
    'SELECT event_seq AS seq, version_id AS version, key, change FROM clause_correction WHERE policy_id = ? ORDER BY event_seq',
  )
    .all(policyId)
    .map((row) => correctionRow.parse(row));
}

/** All links that people set, oldest first. */
export function listClauseLinks(db: ReadableDb): ClauseLink[] {
  return prepared(
    db,
    `SELECT id, from_key AS "from", to_key AS "to", kind, 'set' AS basis, because FROM clause_link ORDER BY event_seq`,
  )
    .all()
    .map((row) => clauseLinkSchema.parse(row));
}

const statementRow = z.looseObject({ older: z.string().nullable() });

/** Statements about one clause, or about all, by the day on which they were made. */
export function listStatements(db: ReadableDb, key: string | null): Statement[] {
  return prepared(
    db,
    `SELECT id, key, speaker, said_on AS saidOn, text, reported_in AS reportedIn, address, capture_id AS capture, effect,
       older_posts AS older
     FROM statement WHERE ? IS NULL OR key = ? ORDER BY said_on, event_seq`,
  )
    .all(key, key)
    .map((raw) => {
      const { older, ...row } = statementRow.parse(raw);
      return statementSchema.parse(older === null ? row : { ...row, olderPosts: JSON.parse(older) });
    });
}
