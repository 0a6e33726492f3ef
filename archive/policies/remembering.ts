/** What was worked out of the library, kept as long as the library is what it was. */
import { z } from 'zod';
import { prepared, type ReadableDb } from '../../db/handle.ts';

/**
 * Another one whenever anything in the library is: its tables only grow, by one event after the other, and a rebuild
 * makes them anew, which SQLite counts as a change of the schema.
 */
function stampOf(db: ReadableDb): string {
  return z.string().parse(
    prepared(
      db,
      `SELECT concat_ws('/', (SELECT schema_version FROM pragma_schema_version), (SELECT max(event_seq) FROM policy),
         (SELECT max(event_seq) FROM policy_version), (SELECT max(event_seq) FROM clause_correction),
         (SELECT max(event_seq) FROM clause_link), (SELECT max(event_seq) FROM statement),
         (SELECT max(event_seq) FROM clause))`,
    )
      .pluck()
      .get(),
  );
}

/** `make`, which reads nothing but the library, made to remember its answers for each open archive. */
export function remembering<T>(make: (db: ReadableDb, of: string) => T): (db: ReadableDb, of: string) => T {
  const kept = new WeakMap<ReadableDb, { stamp: string; answers: Map<string, T> }>();
  return (db, of) => {
    const stamp = stampOf(db);
    let known = kept.get(db);
    if (known?.stamp !== stamp) {
      known = { stamp, answers: new Map() };
      // What a transaction has added may be taken back, and another event get its number.
      if (!db.inTransaction) kept.set(db, known);
    }
    const { answers } = known;
    const answer = answers.get(of) ?? make(db, of);
    answers.set(of, answer);
    return answer;
  };
}
