/** What was worked out of the texts of the library, kept as long as they and the corrections to them are what they were. */
import { z } from 'zod';
import { prepared, type ReadableDb } from '../../db/handle.ts';

/**
 * Another one whenever policies, texts, corrections or packs are: its tables only grow, by one event after the other, and a rebuild
 * makes them anew, which SQLite counts as a change of the schema.
 */
export function stampOf(db: ReadableDb): string {
  return z.string().parse(
    prepared(
      db,
      `SELECT concat_ws('/', (SELECT schema_version FROM pragma_schema_version), (SELECT max(event_seq) FROM policy),
         (SELECT max(event_seq) FROM policy_version), (SELECT max(event_seq) FROM clause_correction),
         (SELECT max(event_seq) FROM clause))`,
    )
      .pluck()
      .get(),
  );
}

/** As it was committed when it was last looked at outside a transaction. */
const committed = new WeakMap<ReadableDb, string>();

/**
 * `make` with a memory of its answers, for each open archive. It may read policies, versions, corrections and packs of
 * clauses, and nothing else: links and statements come and go without its noticing.
 */
export function remembering<T>(make: (db: ReadableDb, of: string) => T): (db: ReadableDb, of: string) => T {
  const kept = new WeakMap<ReadableDb, { stamp: string; answers: Map<string, T> }>();
  return (db, of) => {
    const stamp = stampOf(db);
    if (!db.inTransaction) committed.set(db, stamp);
    let known = kept.get(db);
    if (known?.stamp !== stamp) {
      known = { stamp, answers: new Map() };
      // What a transaction has added may be taken back, and another event get its number.
      if (committed.get(db) === stamp) kept.set(db, known);
    }
    const { answers } = known;
    const answer = answers.get(of) ?? make(db, of);
    answers.set(of, answer);
    return answer;
  };
}
