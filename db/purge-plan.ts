/** What a purge of captures would take, and what it cannot: asked before it, and by it. */
import { z } from 'zod';
import { type OutOfReach, outOfReachSchema } from '../contract/model/purge.ts';
import { prepared, type ReadableDb } from './handle.ts';

/** As SQL: the ids of the captures, bound as JSON; and their posts. */
const chosen = 'SELECT value FROM json_each(@captures)';
const posts = `SELECT id FROM post WHERE capture_id IN (${chosen})`;
/** Addresses that were asked for and reached. */
const addresses = `SELECT url FROM capture WHERE id IN (${chosen}) AND url IS NOT NULL
  UNION SELECT recording ->> '$.requestedUrl' FROM capture WHERE id IN (${chosen}) AND recording IS NOT NULL`;
/** Reports that name one of the posts, and no other post that is still there. */
const reports = `SELECT DISTINCT r.report_seq FROM report_post AS r WHERE r.post_id IN (${posts})
  AND NOT EXISTS (SELECT 1 FROM report_post AS o WHERE o.report_seq = r.report_seq AND o.post_id NOT IN (${posts}))`;

/** Printed reports of bundles that hold one of the captures, or of which nobody knows what they held. */
const printed = `SELECT r.event_seq FROM printed_report AS r JOIN event AS e ON e.seq = r.event_seq
    LEFT JOIN bundle AS b ON b.id = json_extract(CAST(e.document AS TEXT), '$.body.bundle')
  WHERE b.id IS NULL OR EXISTS (SELECT 1 FROM json_each(b.captures) AS c WHERE c.value IN (${chosen}))`;
/** As SQL: the member of the body of an event `e`. */
const member = (name: string): string => `json_extract(CAST(e.document AS TEXT), '$.body.${name}')`;

const doomedRow = z.object({
  seq: z.number(),
  session: z.string(),
  posts: z.number().nullable(),
  kind: z.string(),
});
export type DoomedEvent = z.infer<typeof doomedRow>;

/** The events whose documents speak of these captures and of nothing else, in the order of the log. */
export function doomedEvents(db: ReadableDb, captures: readonly string[]): DoomedEvent[] {
  return prepared(
    db,
    `WITH doomed (seq, posts) AS (
       SELECT event_seq, NULL FROM capture WHERE id IN (${chosen})
       UNION ALL SELECT e.seq, NULL FROM event AS e JOIN capture AS c ON e.seq = c.event_seq + 1
         WHERE c.id IN (${chosen}) AND e.kind = 'artifacts.committed'
       UNION ALL SELECT event_seq, posts FROM reading WHERE capture_id IN (${chosen})
       UNION ALL SELECT event_seq, NULL FROM tag WHERE post_id IN (${posts})
       UNION ALL SELECT event_seq, NULL FROM review WHERE tag_id IN (SELECT id FROM tag WHERE post_id IN (${posts}))
       UNION ALL SELECT event_seq, NULL FROM statement WHERE capture_id IN (${chosen})
       UNION ALL SELECT event_seq, NULL FROM persona_use WHERE capture_id IN (${chosen})
       UNION ALL SELECT event_seq, NULL FROM watch_check WHERE capture_id IN (${chosen})
       UNION ALL SELECT event_seq, NULL FROM redaction WHERE capture_id IN (${chosen})
       UNION ALL SELECT lifted_seq, NULL FROM redaction WHERE capture_id IN (${chosen}) AND lifted_seq IS NOT NULL
       UNION ALL SELECT report_seq, NULL FROM (${reports})
       UNION ALL SELECT event_seq, NULL FROM (${printed})
       UNION ALL SELECT event_seq, NULL FROM post_check
         WHERE capture_id IN (${chosen}) OR post_id IN (${posts}) OR read_id IN (${posts})
       UNION ALL SELECT e.seq, NULL FROM event AS e WHERE e.kind = 'exhibit.noted' AND e.document IS NOT NULL
         AND ${member('exhibit')} IN (SELECT id FROM exhibit WHERE capture_id IN (${chosen})))
     SELECT e.seq, e.kind, json_extract(CAST(e.document AS TEXT), '$.session') AS session, d.posts
     FROM doomed AS d JOIN event AS e ON e.seq = d.seq ORDER BY e.seq`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => doomedRow.parse(row));
}

const blobRow = z.object({ id: z.number(), size: z.number() });
export type DoomedBlob = z.infer<typeof blobRow>;

/** Sealed blobs that only these captures, or printed reports that show them, use as a whole. */
export function doomedBlobs(db: ReadableDb, captures: readonly string[]): DoomedBlob[] {
  return prepared(
    db,
    `SELECT b.id, b.size FROM blob AS b
     WHERE (b.sha256 IN (SELECT sha256 FROM artifact WHERE capture_id IN (${chosen}))
         OR b.sha256 IN (SELECT sha256 FROM printed_report WHERE event_seq IN (${printed})))
       AND NOT EXISTS (SELECT 1 FROM artifact AS o WHERE o.sha256 = b.sha256 AND o.capture_id NOT IN (${chosen}))
       AND NOT EXISTS (SELECT 1 FROM printed_report AS r WHERE r.sha256 = b.sha256 AND r.event_seq NOT IN (${printed}))
       AND NOT EXISTS (SELECT 1 FROM policy_version AS v WHERE v.sha256 = b.sha256) ORDER BY b.id`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => blobRow.parse(row));
}

const neededRow = z.object({
  sha256: z.instanceof(Uint8Array),
  blobId: z.number(),
  offset: z.number(),
  size: z.number(),
  mediaType: z.string(),
});

/** Bytes inside those blobs that another capture, or a version of a policy, has nowhere else. */
export function neededParts(
  db: ReadableDb,
  captures: readonly string[],
  blobs: readonly number[],
): z.infer<typeof neededRow>[] {
  return prepared(
    db,
    `SELECT p.sha256, p.blob_id AS blobId, p.offset, p.size, p.media_type AS mediaType FROM blob_part AS p
     WHERE p.blob_id IN (SELECT value FROM json_each(@blobs))
       AND (EXISTS (SELECT 1 FROM artifact AS a WHERE a.sha256 = p.sha256 AND a.capture_id NOT IN (${chosen}))
         OR EXISTS (SELECT 1 FROM exchange AS x WHERE x.sha256 = p.sha256 AND x.capture_id NOT IN (${chosen}))
         OR EXISTS (SELECT 1 FROM policy_version AS v WHERE v.sha256 = p.sha256))
       AND NOT EXISTS (SELECT 1 FROM blob AS b
         WHERE b.sha256 = p.sha256 AND b.id NOT IN (SELECT value FROM json_each(@blobs)))
       AND NOT EXISTS (SELECT 1 FROM blob_part AS o
         WHERE o.sha256 = p.sha256 AND o.blob_id NOT IN (SELECT value FROM json_each(@blobs)))
     GROUP BY p.sha256`,
  )
    .all({ captures: JSON.stringify(captures), blobs: JSON.stringify(blobs) })
    .map((row) => neededRow.parse(row));
}

const staysRow = z.object({
  artifacts: z.number(),
  reports: z.number(),
  addresses: z.number(),
  versions: z.number(),
  exhibits: z.number(),
});

/** What has to do with these captures and stays. */
export function whatStays(db: ReadableDb, captures: readonly string[]): z.infer<typeof staysRow> {
  return staysRow.parse(
    prepared(
      db,
      `SELECT
         (SELECT count(DISTINCT a.sha256) FROM artifact AS a WHERE a.capture_id IN (${chosen}) AND (
            EXISTS (SELECT 1 FROM artifact AS o WHERE o.sha256 = a.sha256 AND o.capture_id NOT IN (${chosen}))
            OR EXISTS (SELECT 1 FROM policy_version AS v WHERE v.sha256 = a.sha256))) AS artifacts,
         (SELECT count(DISTINCT report_seq) FROM report_post WHERE post_id IN (${posts})
            AND report_seq NOT IN (${reports})) AS reports,
         (SELECT count(*) FROM batch_address WHERE url IN (${addresses}) OR capture_id IN (${chosen}))
           + (SELECT count(*) FROM watch WHERE url IN (${addresses}) OR post_id IN (${posts})) AS addresses,
         (SELECT count(*) FROM policy_version AS v WHERE EXISTS (
            SELECT 1 FROM json_each(@captures) AS c WHERE instr(v.source, c.value) > 0)) AS versions,
         (SELECT count(*) FROM exhibit WHERE capture_id IN (${chosen})) AS exhibits`,
    ).get({ captures: JSON.stringify(captures) }),
  );
}

const ids = z.array(z.string());

/** Watches that look at one of the posts, made one of the captures, or have an address of one; ended ones too. */
export function watchesOf(db: ReadableDb, captures: readonly string[]): string[] {
  return ids.parse(
    prepared(
      db,
      `SELECT id FROM watch WHERE post_id IN (${posts})
         OR id IN (SELECT watch_id FROM watch_check WHERE capture_id IN (${chosen}))
         OR url IN (${addresses})
       ORDER BY event_seq`,
    )
      .pluck()
      .all({ captures: JSON.stringify(captures) }),
  );
}

const alsoRow = z.object({ captureId: z.string(), sourceName: z.string(), receivedAt: z.string() });

/** Other captures that show one of the posts, by the platform's id of it. */
export function alsoIn(db: ReadableDb, captures: readonly string[]): z.infer<typeof alsoRow>[] {
  return prepared(
    db,
    `SELECT DISTINCT c.id AS captureId, c.source_name AS sourceName, c.received_at AS receivedAt
     FROM post AS p JOIN post AS q ON q.platform = p.platform AND q.platform_id = p.platform_id
       JOIN capture AS c ON c.id = q.capture_id
     WHERE p.capture_id IN (${chosen}) AND p.platform_id IS NOT NULL AND q.capture_id NOT IN (${chosen})
     ORDER BY c.event_seq LIMIT 100`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => alsoRow.parse(row));
}

const bundleRow = outOfReachSchema.extend({ bundleId: z.string() });

/** Bundles that were made here with one of the captures in them, the newest first. */
export function bundlesOf(db: ReadableDb, captures: readonly string[]): z.infer<typeof bundleRow>[] {
  return prepared(
    db,
    `SELECT b.id AS bundleId, e.time AS at, b.sha256, b.size FROM bundle AS b JOIN event AS e ON e.seq = b.event_seq
     WHERE EXISTS (SELECT 1 FROM json_each(b.captures) AS c WHERE c.value IN (${chosen})) ORDER BY b.event_seq DESC`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => bundleRow.parse(row));
}

/**
 * Backups that hold one of the captures, or may hold pieces of it, as they were made since it began; and the one that
 * this archive came out of. The newest first.
 */
export function backupsOf(db: ReadableDb, captures: readonly string[]): OutOfReach[] {
  const first = `SELECT min(event_seq) FROM capture WHERE id IN (${chosen})`;
  return prepared(
    db,
    `SELECT time AS at, sha256, size, event_seq FROM backup
     WHERE leaves > (${first}) OR time >= (SELECT min(received_at) FROM capture WHERE id IN (${chosen}))
     UNION ALL
     SELECT time, json_extract(CAST(document AS TEXT), '$.body.sha256'), NULL, seq FROM event
     WHERE kind = 'archive.restored' AND json_extract(CAST(document AS TEXT), '$.body.from.size') > (${first})
     ORDER BY 4 DESC`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => outOfReachSchema.parse(row));
}

const importedRow = z.object({
  captureId: z.string(),
  blobId: z.number(),
  size: z.number(),
  sourceName: z.string(),
});

/** The files of bundles that were taken in and are still there. */
export function bundleFiles(db: ReadableDb): z.infer<typeof importedRow>[] {
  return prepared(
    db,
    `SELECT c.id AS captureId, b.id AS blobId, b.size, c.source_name AS sourceName
     FROM capture AS c JOIN artifact AS a ON a.capture_id = c.id JOIN blob AS b ON b.sha256 = a.sha256
     WHERE c.format = 'bundle' AND a.role = 'original' ORDER BY c.event_seq`,
  )
    .all()
    .map((row) => importedRow.parse(row));
}

/** SHA-256 (hexadecimal) of the artifacts that no other capture has. */
export function exclusiveArtifacts(db: ReadableDb, captureId: string): string[] {
  return ids.parse(
    prepared(
      db,
      `SELECT DISTINCT lower(hex(a.sha256)) FROM artifact AS a WHERE a.capture_id = @captureId
         AND NOT EXISTS (SELECT 1 FROM artifact AS o WHERE o.sha256 = a.sha256 AND o.capture_id <> @captureId)`,
    )
      .pluck()
      .all({ captureId }),
  );
}

/** Ids of the readings of these captures. */
export function readingsOf(db: ReadableDb, captures: readonly string[]): string[] {
  return ids.parse(
    prepared(db, `SELECT id FROM reading WHERE capture_id IN (${chosen}) ORDER BY event_seq`)
      .pluck()
      .all({ captures: JSON.stringify(captures) }),
  );
}

const exhibitRow = z.object({ exhibit: z.string(), case: z.string(), number: z.number() });

/** Exhibits of these captures that still have a place in their case. */
export function placedExhibits(db: ReadableDb, captures: readonly string[]): z.infer<typeof exhibitRow>[] {
  return prepared(
    db,
    `SELECT id AS exhibit, case_id AS "case", number FROM exhibit
     WHERE capture_id IN (${chosen}) AND place IS NOT NULL ORDER BY event_seq`,
  )
    .all({ captures: JSON.stringify(captures) })
    .map((row) => exhibitRow.parse(row));
}
