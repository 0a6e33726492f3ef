/** Policies and norms, their versions, and the parts of each version's text. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { clauseRoleSchema } from '../contract/model/clause.ts';
import {
  clauseMatchSchema,
  policyKindSchema,
  seenSchema,
  versionCauseSchema,
  versionSourceSchema,
} from '../contract/model/policy.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertPolicy(db: WritableDb, body: EventBody<'policy.added'>, eventSeq: number): void {
  prepared(
    db,
    `INSERT INTO policy (id, platform, name, kind, jurisdiction, event_seq)
     VALUES (@policy, @platform, @name, @kind, @jurisdiction, @eventSeq)`,
  ).run({ ...body, eventSeq });
}

export function insertPolicyVersion(
  db: WritableDb,
  body: EventBody<'version.added'>,
  eventSeq: number,
): void {
  const { seen, source, parts, ...version } = body;
  prepared(
    db,
    `INSERT INTO policy_version (event_seq, id, policy_id, sha256, size, title, seen_at, precision, in_force_from, cause,
       source, splitter)
     VALUES (@eventSeq, @version, @policy, unhex(@sha256), @size, @title, @at, @precision, @inForceFrom, @cause,
       @sourceJson, @splitter)`,
  ).run({ ...version, ...seen, sourceJson: JSON.stringify(source), eventSeq });
  const insert = prepared(
    db,
    `INSERT INTO policy_part (version_seq, n, kind, title, level, key, role, match, likeness, words, start_byte, bytes,
       start_point, points)
     VALUES (@eventSeq, @n, @kind, @title, @level, @key, @role, @match, @likeness, @words, @startByte, @bytes,
       @startPoint, @points)`,
  );
  const none = { level: null, key: null, role: null, match: null, likeness: null, words: null };
  let [startByte, startPoint] = [0, 0];
  for (const [n, part] of parts.entries()) {
    insert.run({ ...none, ...part, n, startByte, startPoint, eventSeq });
    startByte += part.bytes;
    startPoint += part.points;
  }
}

const policyRow = z.object({
  id: z.string(),
  platform: z.string(),
  name: z.string(),
  kind: policyKindSchema,
  jurisdiction: z.string().nullable(),
});
export type StoredPolicy = z.infer<typeof policyRow>;

/** All of them, or those of one platform. */
export function listPolicies(db: ReadableDb, platform: string | null): StoredPolicy[] {
  return prepared(
    db,
    `SELECT id, platform, name, kind, jurisdiction FROM policy WHERE ? IS NULL OR platform = ?
     ORDER BY kind DESC, platform, name`,
  )
    .all(platform, platform)
    .map((row) => policyRow.parse(row));
}

const versionRow = z.object({
  seq: z.number(),
  id: z.string(),
  policyId: z.string(),
  sha256: z.string(),
  size: z.number(),
  title: z.string(),
  seen: z.string().transform((text) => seenSchema.parse(JSON.parse(text))),
  inForceFrom: z.string().nullable(),
  cause: versionCauseSchema.nullable(),
  source: z.string().transform((text) => versionSourceSchema.parse(JSON.parse(text))),
});
export type StoredVersion = z.infer<typeof versionRow>;

const selectVersion = `SELECT event_seq AS seq, id, policy_id AS policyId, lower(hex(sha256)) AS sha256, size, title,
  json_object('at', seen_at, 'precision', precision) AS seen, in_force_from AS inForceFrom, cause, source
  FROM policy_version`;

/** The versions of a policy in the order in which they were seen. */
export function listVersions(db: ReadableDb, policyId: string): StoredVersion[] {
  return prepared(db, `${selectVersion} WHERE policy_id = ? ORDER BY seen_at, precision, event_seq`)
    .all(policyId)
    .map((row) => versionRow.parse(row));
}

export function getVersion(db: ReadableDb, id: string): StoredVersion | null {
  const row = prepared(db, `${selectVersion} WHERE id = ?`).get(id);
  return row === undefined ? null : versionRow.parse(row);
}

const partRow = z.object({
  n: z.number(),
  kind: z.enum(['heading', 'clause']),
  title: z.string(),
  level: z.number().nullable(),
  key: z.string().nullable(),
  role: clauseRoleSchema.nullable(),
  match: clauseMatchSchema.nullable(),
  likeness: z.number().nullable(),
  words: z.string().nullable(),
  startByte: z.number(),
  bytes: z.number(),
  startPoint: z.number(),
  points: z.number(),
});
export type StoredPart = z.infer<typeof partRow>;
const keyedPartRow = partRow.extend({ versionSeq: z.number() });

/** The parts of a version in order. */
export function listParts(db: ReadableDb, versionSeq: number): StoredPart[] {
  return prepared(
    db,
    `SELECT n, kind, title, level, key, role, match, likeness, words, start_byte AS startByte, bytes,
       start_point AS startPoint, points FROM policy_part WHERE version_seq = ? ORDER BY n`,
  )
    .all(versionSeq)
    .map((row) => partRow.parse(row));
}

/** The clauses that were recorded with this key, each with the event of its version. */
export function listPartsByKey(db: ReadableDb, key: string): [versionSeq: number, part: StoredPart][] {
  return prepared(
    db,
    `SELECT version_seq AS versionSeq, n, kind, title, level, key, role, match, likeness, words,
       start_byte AS startByte, bytes, start_point AS startPoint, points FROM policy_part WHERE key = ?`,
  )
    .all(key)
    .map((row) => {
      const { versionSeq, ...part } = keyedPartRow.parse(row);
      return [versionSeq, part];
    });
}

/** Of which policy a clause with this key was recorded; null: of none. */
export function policyOfKey(db: ReadableDb, key: string): string | null {
  const id: unknown = prepared(
    db,
    `SELECT v.policy_id FROM policy_part AS p JOIN policy_version AS v ON v.event_seq = p.version_seq WHERE p.key = ?
     UNION SELECT policy_id FROM clause_correction WHERE change ->> 'key' = ? LIMIT 1`,
  )
    .pluck()
    .get(key, key);
  return id === undefined ? null : z.string().parse(id);
}

/** Every key that was ever given on a platform. */
export function keysOf(db: ReadableDb, platform: string): string[] {
  return prepared(
    db,
    `SELECT DISTINCT key FROM policy_part WHERE key >= @from AND key < @to
     UNION SELECT change ->> 'key' FROM clause_correction WHERE change ->> 'key' >= @from AND change ->> 'key' < @to`,
  )
    .pluck()
    .all({ from: `${platform}/`, to: `${platform}0` })
    .map((key) => z.string().parse(key));
}

/** The title of a clause in the version that has it and was seen last; null: none has it, but perhaps by a correction. */
export function lastTitleOfKey(db: ReadableDb, key: string): string | null {
  const title: unknown = prepared(
    db,
    `SELECT p.title FROM policy_part AS p JOIN policy_version AS v ON v.event_seq = p.version_seq
     WHERE p.key = ? ORDER BY v.seen_at DESC, v.event_seq DESC LIMIT 1`,
  )
    .pluck()
    .get(key);
  return title === undefined ? null : z.string().parse(title);
}
