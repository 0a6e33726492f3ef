/** Posts: their records, which readings commit to, and the rows that the library lists. */
import { z } from 'zod';
import {
  type Post,
  type PostContent,
  type PostLine,
  postContentSchema,
  postLineSchema,
} from '../contract/model/post.ts';
import { countUnlisted, earlierPostsOf, isUnlisted, laterReadingOf } from './earlier-post.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { countMatches, indexPost, searchPosts, toMatch } from './search/index.ts';

const previewLength = 280;
const bytes = z.instanceof(Uint8Array);

export interface PostRecord {
  postId: string;
  readingId: string;
  /** Position in the reading. */
  n: number;
  content: PostContent;
  salt: Uint8Array;
  root: Uint8Array;
}

/** `contentBytes`: the canonical JSON of the content. */
export function insertPostRecord(
  db: WritableDb,
  record: Omit<PostRecord, 'content'>,
  contentBytes: Uint8Array,
): void {
  prepared(
    db,
    'INSERT INTO post_record (post_id, reading_id, n, content, salt, root) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(record.postId, record.readingId, record.n, contentBytes, record.salt, record.root);
}

const recordRow = z.object({
  post_id: z.string(),
  reading_id: z.string(),
  n: z.number(),
  content: bytes,
  salt: bytes,
  root: bytes,
});

function toRecord(row: unknown): PostRecord {
  const { post_id: postId, reading_id: readingId, content, ...rest } = recordRow.parse(row);
  return {
    ...rest,
    postId,
    readingId,
    content: postContentSchema.parse(JSON.parse(new TextDecoder().decode(content))),
  };
}

/** The records of a reading in their order, one at a time. */
export function* eachPostRecord(db: ReadableDb, readingId: string): Generator<PostRecord> {
  for (let next = 0; ; ) {
    const rows = prepared(
      db,
      `SELECT post_id, reading_id, n, content, salt, root FROM post_record
       WHERE reading_id = ? AND n >= ? ORDER BY n LIMIT 500`,
    ).all(readingId, next);
    if (rows.length === 0) return;
    for (const row of rows) {
      const record = toRecord(row);
      next = record.n + 1;
      yield record;
    }
  }
}

const rootRow = z.object({ id: z.string(), root: bytes });

/** Merkle roots of these posts, in this order; ids that no post has are left out. */
export function postRoots(db: ReadableDb, postIds: readonly string[]): { id: string; root: Uint8Array }[] {
  return postIds.flatMap((id) => {
    const row = prepared(db, 'SELECT post_id AS id, root FROM post_record WHERE post_id = ?').get(id);
    return row === undefined ? [] : [rootRow.parse(row)];
  });
}

/** As SQL: the number of the next post. Numbers of posts that were purged are given to no other. */
export const nextNumber = `(SELECT max(coalesce((SELECT max(n) FROM post), 0),
    coalesce((SELECT max(last_n) FROM post_gap), 0)) + 1)`;

/** The row of a post, and its words in the search index. */
export function insertPost(db: WritableDb, record: PostRecord, captureId: string): void {
  const { content } = record;
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO post (n, id, reading_id, capture_id, platform, platform_id, handle, author_name, posted_at,
       posted_precision, title, preview, language, direction, media_count)
     VALUES (${nextNumber}, @id, @readingId, @captureId, @platform, @platformId, @handle, @authorName, @postedAt,
       @postedPrecision, @title, @preview, @language, @direction, @mediaCount)`,
  ).run({
    id: record.postId,
    readingId: record.readingId,
    captureId,
    platform: content.platform,
    platformId: content.platformId,
    handle: content.author.handle,
    authorName: content.author.name,
    postedAt: content.postedAt?.value ?? null,
    postedPrecision: content.postedAt?.precision ?? null,
    title: content.title,
    preview: [...content.text.slice(0, previewLength * 2)].slice(0, previewLength).join(''),
    language: content.language,
    direction: content.direction,
    mediaCount: content.media.length,
  });
  indexPost(db, Number(lastInsertRowid), content);
}

const postRow = recordRow.extend({
  capture_id: z.string(),
  tag_count: z.number(),
  reader: z.string(),
  reader_version: z.string(),
  notes: z.string(),
});
const notesSchema = z.array(z.string());

export function getPost(db: ReadableDb, postId: string): Post | null {
  const row = prepared(
    db,
    `SELECT r.post_id, r.reading_id, r.n, r.content, r.salt, r.root, p.capture_id,
       (SELECT count(*) FROM tag AS t WHERE t.post_id = p.id) AS tag_count,
       g.reader, g.reader_version, g.notes
     FROM post AS p JOIN post_record AS r ON r.post_id = p.id JOIN reading AS g ON g.id = p.reading_id
     WHERE p.id = ?`,
  ).get(postId);
  if (row === undefined) return null;
  const { capture_id: captureId, tag_count: tagCount, reader, reader_version, notes } = postRow.parse(row);
  const { content, readingId, root } = toRecord(row);
  return {
    id: postId,
    captureId,
    readingId,
    reader: { name: reader, version: reader_version, notes: notesSchema.parse(JSON.parse(notes)) },
    content,
    root: Buffer.from(root).toString('hex'),
    tagCount,
    later: laterReadingOf(db, postId),
    earlier: earlierPostsOf(db, postId),
  };
}

const line = `SELECT p.id AS postId, p.capture_id AS captureId, p.platform, p.handle, p.author_name AS authorName,
    p.posted_at AS postedAt, p.posted_precision AS postedPrecision, c.received_at AS capturedAt, p.title,
    p.preview AS text, p.language, p.direction, p.media_count AS mediaCount,
    (SELECT count(*) FROM tag AS t WHERE t.post_id = p.id) AS tagCount,
    EXISTS (SELECT 1 FROM earlier_post AS e WHERE e.n = p.n) AS isEarlier
  FROM post AS p JOIN capture AS c ON c.id = p.capture_id`;

const lineRow = postLineSchema.extend({ isEarlier: z.number() });

function toLine(row: unknown): PostLine {
  const { isEarlier, ...rest } = lineRow.parse(row);
  return { ...rest, isEarlier: isEarlier === 1 };
}

/** Counting matches stops here: an exact number of very many hits costs more than it tells. */
const mostCounted = 10_000;

/** Lines of the library, newest first; `query` empty: all. */
export function listPosts(
  db: ReadableDb,
  query: string,
  offset: number,
  limit: number,
): { total: number; totalIsLowerBound: boolean; posts: PostLine[] } {
  const count = z.number();
  if (query.trim() === '') {
    const listed = `WHERE NOT ${isUnlisted('p.n')}`;
    const rows = prepared(db, `${line} ${listed} ORDER BY p.n DESC LIMIT ? OFFSET ?`).all(limit, offset);
    const all = count.parse(prepared(db, 'SELECT count(*) FROM post').pluck().get());
    return { total: all - countUnlisted(db), totalIsLowerBound: false, posts: rows.map(toLine) };
  }
  const match = toMatch(query);
  if (match === null) return { total: 0, totalIsLowerBound: false, posts: [] };
  const total = countMatches(db, match, mostCounted + 1);
  const posts = searchPosts(db, match, offset, limit).map((n) =>
    toLine(prepared(db, `${line} WHERE p.n = ?`).get(n)),
  );
  return { total: Math.min(total, mostCounted), totalIsLowerBound: total > mostCounted, posts };
}

const sightingRow = z.object({
  postId: z.string(),
  receivedAt: z.string(),
  savedAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  sealedAt: z.string().nullable(),
  signer: z.string().nullable(),
});
/** A capture that shows a post, and what it says of when that was. */
export type PostSighting = z.infer<typeof sightingRow>;

/** Every reading here of the same post, by the platform's own id of it; this one alone where it has none. */
export function listSightings(db: ReadableDb, postId: string): PostSighting[] {
  return prepared(
    db,
    `SELECT q.id AS postId, c.received_at AS receivedAt, c.saved_at AS savedAt,
       c.recording ->> '$.startedAt' AS startedAt, c.origin ->> '$.sealedAt' AS sealedAt,
       c.origin ->> '$.signer.name' AS signer
     FROM post AS p
     JOIN post AS q ON q.id = p.id OR (q.platform = p.platform AND q.platform_id = p.platform_id)
     JOIN capture AS c ON c.id = q.capture_id WHERE p.id = ? ORDER BY q.n`,
  )
    .all(postId)
    .map((row) => sightingRow.parse(row));
}

/** Lines of these posts, in this order; ids that no post has are left out. */
export function getPostLines(db: ReadableDb, postIds: readonly string[]): PostLine[] {
  return postIds.flatMap((id) => {
    const row = prepared(db, `${line} WHERE p.id = ?`).get(id);
    return row === undefined ? [] : [toLine(row)];
  });
}

/** How many of these posts have no tag. */
export function countUntagged(db: ReadableDb, postIds: readonly string[]): number {
  const tagged = prepared(db, 'SELECT 1 FROM tag WHERE post_id = ? LIMIT 1');
  return postIds.filter((id) => tagged.get(id) === undefined).length;
}
