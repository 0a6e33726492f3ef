/** Timestamps: requests, tokens, and their exact bytes. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  revocationStateSchema,
  type TimestampSubject,
  type TimestampToken,
} from '../contract/model/timestamp.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

/** Keeps bytes under their hash; the same bytes once. */
export function keepTimestampFile(db: WritableDb, sha256: Uint8Array, bytes: Uint8Array): void {
  prepared(db, 'INSERT INTO timestamp_file (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    sha256,
    bytes,
  );
}

/** The bytes with this hash (hexadecimal); null where they are not kept. */
export function getTimestampFile(db: ReadableDb, sha256: string): Uint8Array | null {
  const bytes: unknown = prepared(db, 'SELECT bytes FROM timestamp_file WHERE sha256 = unhex(?)')
    .pluck()
    .get(sha256);
  return bytes === undefined ? null : z.instanceof(Uint8Array).parse(bytes);
}

const fileRow = z.object({ sha256: z.instanceof(Uint8Array), bytes: z.instanceof(Uint8Array) });

/** All files that timestamps name, by hash, one at a time. */
export function* eachTimestampFile(db: ReadableDb): Generator<{ sha256: Uint8Array; bytes: Uint8Array }> {
  let last: Uint8Array = new Uint8Array();
  for (;;) {
    const row = prepared(
      db,
      'SELECT sha256, bytes FROM timestamp_file WHERE sha256 > ? ORDER BY sha256 LIMIT 1',
    ).get(last);
    if (row === undefined) return;
    const file = fileRow.parse(row);
    last = file.sha256;
    yield file;
  }
}

export function insertTimestampRequest(
  db: WritableDb,
  { request, subject, digest, nonce, tsq }: EventBody<'timestamp.requested'>,
  requestedAt: string,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO timestamp_request (id, size, renews, bundle, digest, nonce, tsq, requested_at, event_seq)
     VALUES (@request, @size, @renews, @bundle, unhex(@digest), @nonce, unhex(@tsq), @requestedAt, @eventSeq)`,
  ).run({
    request,
    size: subject.kind === 'checkpoint' ? subject.size : null,
    renews: subject.kind === 'renewal' ? subject.token : null,
    bundle: subject.kind === 'bundle' ? subject.bundle : null,
    digest,
    nonce,
    tsq,
    requestedAt,
    eventSeq,
  });
}

export function insertTimestampToken(
  db: WritableDb,
  body: EventBody<'timestamp.attached'>,
  attachedAt: string,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO timestamp_token (id, request_id, tsr, attached_at, gen_time, accuracy, authority, fingerprint, not_after,
       policy, serial, trusted, qualified, revocation, answers, event_seq)
     VALUES (@token, @request, unhex(@tsr), @attachedAt, @genTime, @accuracy, @name, @fingerprint, @notAfter,
       @policy, @serial, @trustedBit, @qualifiedBit, @revocation, @answersJson, @eventSeq)`,
  ).run({
    token: body.token,
    request: body.request,
    tsr: body.tsr,
    attachedAt,
    genTime: body.genTime,
    accuracy: body.accuracy,
    ...body.authority,
    policy: body.policy,
    serial: body.serial,
    trustedBit: Number(body.trusted),
    qualifiedBit: Number(body.qualified),
    revocation: body.revocation,
    answersJson: JSON.stringify(body.answers),
    eventSeq,
  });
}

export interface StoredToken extends TimestampToken {
  /** SHA-256 of the revocation answers kept with it. */
  answerFiles: string[];
}

export interface StoredRequest {
  id: string;
  subject: TimestampSubject;
  /** In hexadecimal, as the nonce. */
  digest: string;
  nonce: string;
  tsq: string;
  requestedAt: string;
  token: StoredToken | null;
}

const requestRow = z.object({
  id: z.string(),
  size: z.number().nullable(),
  renews: z.string().nullable(),
  bundle: z.string().nullable(),
  digest: z.string(),
  nonce: z.string(),
  tsq: z.string(),
  requested_at: z.string(),
});

const tokenRow = z.object({
  token_id: z.string(),
  tsr: z.string(),
  attached_at: z.string(),
  gen_time: z.string(),
  accuracy: z.number().nullable(),
  authority: z.string(),
  fingerprint: z.string(),
  not_after: z.string(),
  policy: z.string(),
  serial: z.string(),
  trusted: z.number(),
  qualified: z.number(),
  revocation: revocationStateSchema,
  answers: z.string(),
});

const select = `SELECT r.id, r.size, r.renews, r.bundle, lower(hex(r.digest)) AS digest, r.nonce, lower(hex(r.tsq)) AS tsq, r.requested_at,
    t.id AS token_id, lower(hex(t.tsr)) AS tsr, t.attached_at, t.gen_time, t.accuracy, t.authority, t.fingerprint, t.not_after,
    t.policy, t.serial, t.trusted, t.qualified, t.revocation, t.answers
  FROM timestamp_request AS r LEFT JOIN timestamp_token AS t ON t.request_id = r.id`;

function toRequest(row: unknown): StoredRequest {
  const { requested_at: requestedAt, size, renews, bundle, ...rest } = requestRow.parse(row);
  const token = tokenRow.safeParse(row);
  return {
    ...rest,
    subject: toSubject(size, renews, bundle, rest.digest),
    requestedAt,
    token: token.success ? toToken(token.data) : null,
  };
}

function toSubject(
  size: number | null,
  renews: string | null,
  bundle: string | null,
  digest: string,
): TimestampSubject {
  if (bundle !== null) return { kind: 'bundle', bundle, signature: digest };
  return renews === null ? { kind: 'checkpoint', size: size ?? 0 } : { kind: 'renewal', token: renews };
}

function toToken(row: z.infer<typeof tokenRow>): StoredToken {
  const answerFiles = z.array(z.string()).parse(JSON.parse(row.answers));
  return {
    id: row.token_id,
    sha256: row.tsr,
    attachedAt: row.attached_at,
    genTime: row.gen_time,
    accuracy: row.accuracy,
    authority: row.authority,
    fingerprint: row.fingerprint,
    notAfter: row.not_after,
    policy: row.policy,
    serial: row.serial,
    trusted: row.trusted === 1,
    qualified: row.qualified === 1,
    revocation: row.revocation,
    answers: answerFiles.length,
    answerFiles,
  };
}

/** All requests, newest first, each with its token if it has one. */
export function listTimestamps(db: ReadableDb): StoredRequest[] {
  return prepared(db, `${select} ORDER BY r.event_seq DESC`).all().map(toRequest);
}

/** Requests for this digest (hexadecimal), newest first. */
export function findTimestampRequests(db: ReadableDb, digest: string): StoredRequest[] {
  return prepared(db, `${select} WHERE r.digest = unhex(?) ORDER BY r.event_seq DESC`)
    .all(digest)
    .map(toRequest);
}

/** The request that this token answers, with it; null where there is no such token. */
export function getTimestampOfToken(db: ReadableDb, tokenId: string): StoredRequest | null {
  const row = prepared(db, `${select} WHERE t.id = ?`).get(tokenId);
  return row === undefined ? null : toRequest(row);
}

/**
 * The stamped checkpoint with the earliest time among those of at least `size` leaves, by an authority that the user
 * had named where there is one: any other's time is worth nothing. Null: none.
 */
export function earliestStampCovering(db: ReadableDb, size: number): StoredRequest | null {
  const row = prepared(
    db,
    `${select} WHERE r.size >= ? AND t.id IS NOT NULL ORDER BY t.trusted DESC, t.gen_time, r.size LIMIT 1`,
  ).get(size);
  return row === undefined ? null : toRequest(row);
}

/** The stamp with the earliest time over a bundle that holds the capture, chosen as above. Null: none. */
export function earliestBundleStamp(db: ReadableDb, captureId: string): StoredRequest | null {
  const row = prepared(
    db,
    `${select} WHERE t.id IS NOT NULL AND r.bundle IN (
       SELECT b.id FROM bundle AS b, json_each(b.captures) AS c WHERE c.value = ?)
     ORDER BY t.trusted DESC, t.gen_time LIMIT 1`,
  ).get(captureId);
  return row === undefined ? null : toRequest(row);
}

const uncoveredRow = z.object({ captures: z.number(), since: z.string().nullable() });

/** Captures whose event is not among the first `size` leaves. */
export function capturesAfter(db: ReadableDb, size: number): { captures: number; since: string | null } {
  return uncoveredRow.parse(
    prepared(
      db,
      'SELECT count(*) AS captures, min(received_at) AS since FROM capture WHERE event_seq >= ?',
    ).get(size),
  );
}
