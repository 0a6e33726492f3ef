/** From post to post in the order of the library's list, without going back to it. */
import type { HostInput, HostOutput } from '../../contract/channels.ts';

type List = (input: HostInput<'posts.list'>) => Promise<HostOutput<'posts.list'> | null>;

/** How many rows are known ahead and behind: as many as a person leafs through before more have come. */
const ahead = 100;

export interface Walk {
  /** Where the walk begins: a row of the list with these words. */
  start(query: string, row: number): void;
  /** Learns the rows around the post, which must be where the walk is. */
  look(postId: string): Promise<void>;
  /** The post after (1) or before (-1) this one; 'end': there is none; null: not known. */
  next(postId: string, by: 1 | -1): { postId: string; row: number } | 'end' | null;
  /** The posts that a person may go to next. */
  around(postId: string): string[];
  /** For people: which of how many; null: not known. */
  place(postId: string): { row: number; total: number; isLowerBound: boolean } | null;
  /** The list is another one: what is known of it is forgotten. */
  forget(): void;
}

export function makeWalk(list: List): Walk {
  let query = '';
  let at = 0;
  let total = 0;
  let isLowerBound = false;
  let rows = new Map<number, string>();
  const rowOf = (postId: string): number | null => {
    if (rows.get(at) === postId) return at;
    // After an import the rows have moved; the post itself is still near.
    for (const [row, id] of rows) if (id === postId) return row;
    return null;
  };
  return {
    start(words, row) {
      if (words !== query) rows = new Map();
      query = words;
      at = row;
    },
    async look(postId) {
      const known = rowOf(postId);
      const here = known ?? at;
      if (known !== null && isKnown(rows, here - 10, total) && isKnown(rows, here + 30, total)) return;
      const offset = Math.max(0, here - ahead);
      const asked = query;
      const answer = await list({ query, offset, limit: 2 * ahead });
      if (answer === null || asked !== query) return;
      if (known === null) rows = new Map();
      answer.posts.forEach((post, n) => {
        rows.set(offset + n, post.postId);
      });
      total = Math.max(answer.total, offset + answer.posts.length);
      isLowerBound = answer.totalIsLowerBound;
    },
    next(postId, by) {
      const row = rowOf(postId);
      if (row === null) return null;
      const id = rows.get(row + by);
      if (id === undefined) return row + by < 0 || (row + by >= total && !isLowerBound) ? 'end' : null;
      at = row + by;
      return { postId: id, row: at };
    },
    around(postId) {
      const row = rowOf(postId);
      if (row === null) return [];
      return [1, -1, 2, 3].flatMap((by) => rows.get(row + by) ?? []);
    },
    place(postId) {
      const row = rowOf(postId);
      return row === null ? null : { row, total, isLowerBound };
    },
    forget() {
      rows = new Map();
    },
  };
}

function isKnown(rows: ReadonlyMap<number, string>, row: number, total: number): boolean {
  return rows.has(Math.min(total - 1, Math.max(0, row)));
}
