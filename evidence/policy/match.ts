/**
 * Which clause of a new version is which clause that is known: the same words in the same place, the same words
 * elsewhere, the same title with like words, like words under another title. What is like only a little is for a
 * person to confirm.
 */
import type { ClauseMatch } from '../../contract/model/policy.ts';
import { likeness, wordPairs } from './words.ts';

export interface MatchClause {
  title: string;
  path: readonly string[];
  /** As `wordsOf` gives them. */
  words: string;
}

export interface KnownClause extends MatchClause {
  key: string;
  /** Whether it stood in the version before; one that was gone may come back, but only after those that were there. */
  isPresent: boolean;
}

export interface Matched {
  key: string | null;
  how: ClauseMatch;
  /** Of reworded clauses; null otherwise. */
  likeness: number | null;
}

/** Under the same title so little is enough; anywhere else so much is needed. */
const sameTitle = 0.4;
const anywhere = 0.6;

/** Pairs of words that stand in more clauses than this say nothing about any of them. */
const commonest = 25;

const place = (clause: MatchClause): string => JSON.stringify([clause.path, clause.title]);
const titled = (clause: MatchClause): string =>
  JSON.stringify([clause.path[0] ?? '', clause.title]).toLowerCase();

function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = by(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

class Matching {
  readonly #known: readonly KnownClause[];
  readonly #next: readonly MatchClause[];
  readonly #free: Set<KnownClause>;
  readonly #results: (Matched | null)[];
  readonly #pairs = new Map<MatchClause, Map<string, number>>();

  constructor(known: readonly KnownClause[], next: readonly MatchClause[]) {
    // Those of the version before come first wherever several would do.
    this.#known = [...known].sort((a, b) => Number(b.isPresent) - Number(a.isPresent));
    this.#next = next;
    this.#free = new Set(this.#known);
    this.#results = next.map(() => null);
  }

  #pairsOf(clause: MatchClause): Map<string, number> {
    let pairs = this.#pairs.get(clause);
    if (pairs === undefined) {
      pairs = wordPairs(clause.words);
      this.#pairs.set(clause, pairs);
    }
    return pairs;
  }

  #take(i: number, known: KnownClause, how: ClauseMatch, like: number | null): void {
    this.#free.delete(known);
    this.#results[i] = { key: known.key, how, likeness: like };
  }

  /** The same words, and the same place as far as `by` tells places apart. */
  sameWords(by: (clause: MatchClause) => string, how: ClauseMatch): void {
    const groups = grouped([...this.#free], (clause) => `${by(clause)}\n${clause.words}`);
    for (const [i, clause] of this.#next.entries()) {
      if (this.#results[i] !== null) continue;
      const found = groups.get(`${by(clause)}\n${clause.words}`)?.shift();
      if (found !== undefined) this.#take(i, found, how, null);
    }
  }

  /** Pairs those of one group whose words are most alike, as long as they are so much alike. */
  likeWords(by: (clause: MatchClause) => string, least: number): void {
    const groups = grouped([...this.#free], by);
    const candidates = this.#next.flatMap((clause, i) =>
      this.#results[i] !== null
        ? []
        : (groups.get(by(clause)) ?? [])
            .slice(0, 200)
            .map((known) => ({ i, known, like: this.#like(clause, known) })),
    );
    this.#takeBest(candidates, least);
  }

  /** Like words under any title: compared only where they share words that few others have. */
  likeAnywhere(least: number): void {
    const index = new Map<string, KnownClause[]>();
    for (const known of this.#free) {
      for (const pair of this.#pairsOf(known).keys()) {
        if (!pair.includes(' ')) continue;
        const having = index.get(pair);
        if (having === undefined) index.set(pair, [known]);
        else having.push(known);
      }
    }
    const candidates = this.#next.flatMap((clause, i) => {
      if (this.#results[i] !== null) return [];
      const shared = new Map<KnownClause, number>();
      for (const pair of this.#pairsOf(clause).keys()) {
        const having = index.get(pair) ?? [];
        if (having.length > commonest) continue;
        for (const known of having) shared.set(known, (shared.get(known) ?? 0) + 1);
      }
      return [...shared]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 5)
        .map(([known]) => ({ i, known, like: this.#like(clause, known) }));
    });
    this.#takeBest(candidates, least);
  }

  #like(a: MatchClause, b: MatchClause): number {
    return likeness(this.#pairsOf(a), this.#pairsOf(b));
  }

  #takeBest(candidates: readonly { i: number; known: KnownClause; like: number }[], least: number): void {
    const best = candidates
      .filter(({ like }) => like >= least)
      .sort((a, b) => b.like - a.like || Number(b.known.isPresent) - Number(a.known.isPresent) || a.i - b.i);
    for (const { i, known, like } of best) {
      if (this.#results[i] === null && this.#free.has(known)) {
        this.#take(i, known, 'reworded', Math.round(like * 1000) / 1000);
      }
    }
  }

  results(): Matched[] {
    return this.#results.map((result) => result ?? { key: null, how: 'new', likeness: null });
  }
}

/** One answer for each clause of `next`, in its order. No key is given twice. */
export function matchClauses(known: readonly KnownClause[], next: readonly MatchClause[]): Matched[] {
  const matching = new Matching(known, next);
  matching.sameWords(place, 'same');
  matching.sameWords((clause) => clause.title, 'moved');
  matching.sameWords(() => '', 'moved');
  matching.likeWords(place, sameTitle);
  matching.likeWords(titled, sameTitle);
  matching.likeAnywhere(anywhere);
  return matching.results();
}
