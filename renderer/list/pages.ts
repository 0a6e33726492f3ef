/** Arithmetic of a long list that is fetched a page at a time. Rows and pages count from 0. */

/** Rows of a page, as asked of the archive host. */
export const pageSize = 200;

/**
 * The most rows that can be scrolled to: beyond it the list's height passes what Chromium can lay out
 * (about 33.5 million pixels), and the last rows could not be reached.
 */
export const maxScrollRows = 400_000;

export interface Total {
  total: number;
  totalIsLowerBound: boolean;
}

/** In: the first and last visible row. Out: the pages that hold them, in order, and always page 0, which tells the total. */
export function pagesFor(first: number, last: number): number[] {
  const pages = new Set([0]);
  const end = Math.floor(Math.max(first, last) / pageSize);
  for (let page = Math.floor(Math.max(0, first) / pageSize); page <= end; page += 1) pages.add(page);
  return [...pages].sort((a, b) => a - b);
}

/** Where a row lies: its page, and its place on it. */
export function placeOf(row: number): { page: number; at: number } {
  const page = Math.floor(row / pageSize);
  return { page, at: row - page * pageSize };
}

/**
 * How many rows to offer for scrolling. Where the total is only a lower bound, a full page at the end of what is
 * known promises one more.
 */
export function rowCount(known: Total, pages: ReadonlyMap<number, { length: number }>): number {
  let count = known.total;
  if (known.totalIsLowerBound) {
    for (const [page, rows] of pages) {
      const end = page * pageSize + rows.length;
      const mayGoOn = rows.length === pageSize && !pages.has(page + 1);
      count = Math.max(count, mayGoOn ? end + pageSize : end);
    }
  }
  return Math.min(count, maxScrollRows);
}

/**
 * The cursor of a page of the custody log, which is read downwards from the newest event.
 * In: the page and the newest sequence number (null: not known yet). Out: `before` for `events.list`.
 */
export function eventCursor(page: number, newest: number | null): number | null {
  return page === 0 || newest === null ? null : newest - page * pageSize + 1;
}
