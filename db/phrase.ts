/** Phrases: words that suggest a clause wherever they stand. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertPhrase(db: WritableDb, body: EventBody<'phrase.added'>, eventSeq: number): void {
  prepared(
    db,
    'INSERT INTO phrase (event_seq, id, text, clause_key) VALUES (@eventSeq, @phrase, @text, @key)',
  ).run({ ...body, eventSeq });
}

/** From here on it suggests nothing. */
export function markPhraseRemoved(
  db: WritableDb,
  { phrase }: EventBody<'phrase.removed'>,
  eventSeq: number,
): void {
  prepared(db, 'UPDATE phrase SET removed_seq = ? WHERE id = ?').run(eventSeq, phrase);
}

const phraseRow = z.object({ id: z.string(), text: z.string(), clauseKey: z.string() });
export type StoredPhrase = z.infer<typeof phraseRow>;

/** Those that were not removed, oldest first. */
export function listPhrases(db: ReadableDb): StoredPhrase[] {
  return prepared(
    db,
    'SELECT id, text, clause_key AS clauseKey FROM phrase WHERE removed_seq IS NULL ORDER BY event_seq',
  )
    .all()
    .map((row) => phraseRow.parse(row));
}

/** Also one that was removed. */
export function hasPhrase(db: ReadableDb, id: string): boolean {
  return prepared(db, 'SELECT 1 FROM phrase WHERE id = ?').get(id) !== undefined;
}
