/** What differs between two versions, by clause and by word. */
import { diffArrays } from 'diff';
import type { ClauseChange, PolicyDiff, WordChange } from '../../contract/model/policy.ts';

export interface DiffClause {
  key: string;
  title: string;
  path: readonly string[];
  /** Exact. */
  text: string;
  /** As `wordsOf` gives them, or anything that identifies them. */
  words: string;
}

/** More words than this that differ are shown as one replaced by the other: nobody reads such a comparison word by word. */
const mostEdits = 4000;

/** What turns `before` into `after`: joined, the same and added words are `after`, the same and removed ones `before`. */
export function diffWords(before: string, after: string): WordChange[] {
  const words = (text: string): string[] => text.match(/\s*[^\s]+\s*$|\s*[^\s]+|\s+/gu) ?? [];
  const changes = diffArrays(words(before), words(after), { maxEditLength: mostEdits });
  if (changes === undefined) {
    const both: WordChange[] = [
      { op: 'removed', text: before },
      { op: 'added', text: after },
    ];
    return both.filter(({ text }) => text !== '');
  }
  return changes.map(({ added, removed, value }) => ({
    op: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Compares by key. Clauses that are the same are counted and left out; 'moved': the same words under other headings. */
export function diffClauses(
  before: readonly DiffClause[],
  after: readonly DiffClause[],
): Omit<PolicyDiff, 'before' | 'after'> {
  const old = new Map(before.map((clause) => [clause.key, clause]));
  const now = new Set(after.map(({ key }) => key));
  const changes: ClauseChange[] = [];
  const counts = { same: 0, moved: 0, reworded: 0, added: 0, removed: 0 };
  const add = (change: Omit<ClauseChange, 'words'>, words: WordChange[] = []): void => {
    counts[change.change] += 1;
    if (change.change !== 'same') changes.push({ ...change, words });
  };
  // What went is told where it stood: before the next clause that is still there.
  let at = 0;
  const gone = (until: string | null): void => {
    const end = until === null ? before.length : before.findIndex(({ key }) => key === until);
    for (; at < end; at++) {
      const clause = before[at];
      if (clause === undefined || now.has(clause.key)) continue;
      add({ key: clause.key, title: clause.title, change: 'removed', before: clause.text, after: null });
    }
  };
  for (const clause of after) {
    const { key, title, text } = clause;
    const was = old.get(key);
    if (was === undefined) {
      add({ key, title, change: 'added', before: null, after: text });
      continue;
    }
    gone(key);
    const both = { key, title, before: was.text, after: text };
    if (was.words !== clause.words) add({ ...both, change: 'reworded' }, diffWords(was.text, text));
    else add({ ...both, change: was.path.join('\n') === clause.path.join('\n') ? 'same' : 'moved' });
  }
  gone(null);
  return { counts, changes };
}
