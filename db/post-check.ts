/** Whether posts were still there: checks of this archive's own watches and out of bundles, as they may leave in bundles. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { type KnownCheck, knownCheckSchema } from '../contract/model/watch.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertPostCheck(db: WritableDb, body: EventBody<'post.checked'>, eventSeq: number): void {
  const { capture, kind, confirms, url, post, read, comparedWith, platform, platformId } = body;
  prepared(
    db,
    `INSERT INTO post_check
       (event_seq, capture_id, kind, confirms, url, post_id, read_id, compared_with, platform, platform_id)
     VALUES (@eventSeq, @capture, @kind, @confirms, @url, @post, @read, @comparedWith, @platform, @platformId)`,
  ).run({ eventSeq, capture, kind, confirms, url, post, read, comparedWith, platform, platformId });
}

/** Whether the check that made this capture, here or in another archive, is known. */
export function isCheckKnown(db: ReadableDb, capture: string): boolean {
  return prepared(db, 'SELECT 1 FROM post_check WHERE capture_id = ?').get(capture) !== undefined;
}

const select = `SELECT event_seq AS seq, capture_id AS capture, kind, confirms, url, post_id AS post, read_id AS read,
    compared_with AS comparedWith, platform, platform_id AS platformId FROM post_check`;
const storedCheckSchema = knownCheckSchema.extend({ seq: z.number() });
type StoredCheck = z.infer<typeof storedCheckSchema>;

/** Checks that may be of these posts, by their ids or by what platforms call them, in the order of the log. */
export function checksOfPosts(
  db: ReadableDb,
  ids: readonly string[],
  names: readonly { platform: string | null; platformId: string | null }[],
): StoredCheck[] {
  const posts = 'SELECT value FROM json_each(@ids)';
  return prepared(
    db,
    `${select} WHERE event_seq IN (
       SELECT event_seq FROM post_check WHERE post_id IN (${posts})
       UNION SELECT event_seq FROM post_check WHERE read_id IN (${posts})
       UNION SELECT event_seq FROM post_check WHERE compared_with IN (${posts})
       UNION SELECT c.event_seq FROM json_each(@names) AS n JOIN post_check AS c
         ON c.platform_id = n.value ->> '$.platformId' AND c.platform = n.value ->> '$.platform')
     ORDER BY event_seq`,
  )
    .all({ ids: JSON.stringify(ids), names: JSON.stringify(names) })
    .map((row) => storedCheckSchema.parse(row));
}

/** The check that `check` says it confirms, and all that may be of the same post, in the order of the log. */
export function checksBehind(db: ReadableDb, check: KnownCheck): KnownCheck[] {
  const { confirms, platform, platformId, post, comparedWith, url } = check;
  return prepared(
    db,
    `${select} WHERE event_seq IN (
       SELECT event_seq FROM post_check WHERE capture_id = @confirms
       UNION SELECT event_seq FROM post_check WHERE platform_id = @platformId AND platform = @platform
       UNION SELECT event_seq FROM post_check WHERE coalesce(post_id, compared_with, url) = @subject)
     ORDER BY event_seq`,
  )
    .all({ confirms, platform, platformId, subject: post ?? comparedWith ?? url })
    .map((row) => storedCheckSchema.parse(row));
}

/** Where the log has checks that others made, the newest first: none of this archive's captures is theirs. */
export function checksOfOthers(db: ReadableDb): number[] {
  return prepared(
    db,
    `SELECT event_seq FROM post_check WHERE capture_id NOT IN (SELECT capture_id FROM watch_check)
     ORDER BY event_seq DESC`,
  )
    .pluck()
    .all()
    .map((seq) => z.number().parse(seq));
}
