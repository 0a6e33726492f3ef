/** The second part of a check: every table that follows from the events, against the log recorded again. */
import { compareTables, type RowDifference } from '../../db/compare.ts';
import { isAboutData } from '../../db/errors.ts';
import type { ReadableDb, WritableDb } from '../../db/handle.ts';
import { inTransaction } from '../../db/handle.ts';
import { projectedTables } from '../../db/projection.ts';
import { checkIndex } from '../../db/search/index.ts';
import type { Inquiry } from './inquiry.ts';

const treeTables: readonly string[] = ['log_node', 'log_head'];

const words: Record<RowDifference['kind'], (difference: RowDifference) => string> = {
  missing: () => 'the events make this row, and it is not there',
  foreign: () => 'no event makes this row',
  differs: ({ columns }) => `the events say something else in: ${columns.join(', ')}`,
};
const codes = { missing: 'row-missing', foreign: 'row-without-event', differs: 'row-differs' } as const;

/**
 * Compares row by row. `isReplayed`: whether the scratch database holds all that the events say; where it does not, an
 * event was found that does not hold, and only the tree, which needs no more than leaves, is compared.
 */
export async function checkTables(inquiry: Inquiry, scratch: ReadableDb, isReplayed: boolean): Promise<void> {
  const tables = ['post_record', ...projectedTables].filter(
    (table) => isReplayed || treeTables.includes(table),
  );
  let done = 0;
  for (const table of tables) {
    for (const { rows, differences } of compareTables(scratch, inquiry.db, table)) {
      done += rows;
      for (const difference of differences) {
        const { row, kind } = difference;
        inquiry.found(table, row, codes[kind], `${table}: ${words[kind](difference)} (${row}).`);
      }
      await inquiry.pause(() => ({ step: 'Tables', done, total: null, unit: 'items' }));
    }
  }
}

/** Search index against search text, by SQLite itself: on the archive's own connection, because it must be allowed to write. */
export function checkSearchIndex(inquiry: Inquiry, db: WritableDb): void {
  try {
    inTransaction(db, () => checkIndex(db));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    inquiry.found(
      'search_index',
      null,
      'index-differs',
      "The search index does not fit the posts' text: a search may miss a post. 'holdfast rebuild' makes it anew.",
    );
  }
}
