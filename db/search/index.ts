/**
 * Full-text search over posts. The only file that knows how the index is built: what it takes is the words of a post,
 * what it gives are numbers of posts, newest first.
 */
import { z } from 'zod';
import type { PostContent } from '../../contract/model/post.ts';
import { isUnlisted } from '../earlier-post.ts';
import { prepared, type ReadableDb, type WritableDb } from '../handle.ts';
import { fold } from './fold.ts';

export function indexPost(db: WritableDb, n: number, content: PostContent): void {
  const words = [
    content.title,
    content.text,
    content.author.name,
    content.author.handle,
    ...content.media.map((m) => m.alt),
  ];
  prepared(db, 'INSERT INTO search_text (n, text) VALUES (?, ?)').run(
    n,
    fold(words.filter((w) => w !== null).join('\n')),
  );
}

/** So many posts are indexed anew in the time in which one is taken out of the index without a trace. */
const indexedPerDropped = 100;

/**
 * Takes the words of these posts out of text and index, so that none of them is left in a page of either. `posts`: SQL
 * that gives their numbers, with `bound` values.
 */
export function dropPosts(db: WritableDb, posts: string, bound: Record<string, unknown>): void {
  const { going, all } = countRow.parse(
    prepared(
      db,
      `SELECT count(*) AS "all", count(*) FILTER (WHERE n IN (${posts})) AS going FROM search_text`,
    ).get(bound),
  );
  if (going === 0) return;
  const isMany = going * indexedPerDropped >= all;
  if (!isMany) dropFromIndex(db, posts, bound);
  prepared(db, `DELETE FROM search_text WHERE n IN (${posts})`).run(bound);
  if (isMany) db.exec("INSERT INTO search_index (search_index) VALUES ('rebuild')");
}

const countRow = z.object({ going: z.number(), all: z.number() });

function dropFromIndex(db: WritableDb, posts: string, bound: Record<string, unknown>): void {
  // Without it a deleted entry stays in its page until the index merges it away.
  db.exec("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)");
  prepared(
    db,
    `INSERT INTO search_index (search_index, rowid, text)
     SELECT 'delete', n, text FROM search_text WHERE n IN (${posts})`,
  ).run(bound);
}

/**
 * What the user typed, as FTS5 takes it: every word must occur, the last one may go on; "quoted words" stand together.
 * Nothing typed is an operator. Null where there is nothing to search for.
 */
export function toMatch(query: string): string | null {
  // Folded after the cut: characters that were typed without a space between them stand together.
  const terms = [...query.matchAll(/"([^"]*)"?|([^\s"]+)/gu)];
  const phrases = terms.map((term) => ({
    words: toTokens(fold(term[1] ?? term[2] ?? '')),
    quoted: term[1] !== undefined,
  }));
  const found = phrases.filter((phrase) => phrase.words.length > 0);
  if (found.length === 0) return null;
  return found
    .map(({ words, quoted }, i) => {
      const isLast = i === found.length - 1;
      return `"${words.join(' ')}"${isLast && !quoted && !/\s$/u.test(query) ? ' *' : ''}`;
    })
    .join(' ');
}

/** Words in the sense of the index's tokenizer: runs of letters, digits, marks and private use. */
function toTokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
}

const numbers = z.array(z.number());

/** Numbers of matching posts that the library lists, newest first. */
export function searchPosts(db: ReadableDb, match: string, offset: number, limit: number): number[] {
  return numbers.parse(
    prepared(
      db,
      `SELECT rowid FROM search_index WHERE search_index MATCH ? AND NOT ${isUnlisted('search_index.rowid')}
       ORDER BY rowid DESC LIMIT ? OFFSET ?`,
    )
      .pluck()
      .all(match, limit, offset),
  );
}

/** How many posts match, counted up to `most`. */
export function countMatches(db: ReadableDb, match: string, most: number): number {
  return z.number().parse(
    prepared(
      db,
      `SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ?
           AND NOT ${isUnlisted('search_index.rowid')} LIMIT ?)`,
    )
      .pluck()
      .get(match, most),
  );
}

/** Errors of SQLite when index and text differ. */
export function checkIndex(db: WritableDb): void {
  db.exec("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)");
}
