/** Keys for the clauses of a new version: those that are known where it is the same rule, new ones otherwise. */
import { certainLikeness, type PolicyPart, type Seen } from '../../contract/model/policy.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { keysOf, type StoredPolicy } from '../../db/policy.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { spanOf } from '../../evidence/policy/in-force.ts';
import { newKey } from '../../evidence/policy/keys.ts';
import { type KnownClause, type MatchClause, matchClauses } from '../../evidence/policy/match.ts';
import { placedText } from '../../evidence/policy/placed.ts';
import { measure, type SplitPart } from '../../evidence/policy/split.ts';
import { wordsOf } from '../../evidence/policy/words.ts';
import { type LibraryVersion, loadVersions, versionBytes } from './library.ts';

export interface KeyedParts {
  parts: PolicyPart[];
  /** The first heading of the text. */
  title: string;
  /** Nothing was known before. */
  isFirst: boolean;
  toConfirm: number;
}

interface Keyed extends MatchClause {
  key: string;
}
interface KeyedVersion {
  from: number;
  clauses: readonly Keyed[];
}

/** What identifies the words of a clause in a part: 32 hexadecimal digits. */
function wordsId(words: string): string {
  return toHex(nodeSha256.of(new TextEncoder().encode(words))).slice(0, 32);
}

function keyedVersion(db: ReadableDb, version: LibraryVersion): KeyedVersion {
  const bytes = versionBytes(db, version);
  const clauses = version.clauses.map((part) => ({
    key: part.key,
    title: part.title,
    path: part.path,
    words: wordsOf(placedText(bytes, part).text),
  }));
  return { from: spanOf(version.seen).from, clauses };
}

export class KeyKeeper {
  readonly #policy: StoredPolicy;
  readonly #taken: Set<string>;
  readonly #versions: KeyedVersion[];

  constructor(db: ReadableDb, policy: StoredPolicy) {
    this.#policy = policy;
    this.#taken = new Set(keysOf(db, policy.platform));
    this.#versions = loadVersions(db, policy.id).map((version) => keyedVersion(db, version));
  }

  /** Every clause that is known, as it stood nearest to `from`: before it if it did, else after. */
  #known(from: number): KnownClause[] {
    const known = new Map<string, KnownClause>();
    const before = this.#versions.filter((version) => version.from <= from).reverse();
    const after = this.#versions.filter((version) => version.from > from);
    for (const [i, version] of [...before, ...after].entries()) {
      for (const clause of version.clauses) {
        if (!known.has(clause.key)) known.set(clause.key, { ...clause, isPresent: i === 0 });
      }
    }
    return [...known.values()];
  }

  /**
   * Gives each clause its key and remembers the version for those that follow. `mark` stands in new keys, so that they
   * are none that a text without it would get.
   */
  keyed(text: string, split: readonly SplitPart[], seen: Seen, mark: string | null = null): KeyedParts {
    const { from } = spanOf(seen);
    const isFirst = this.#versions.length === 0;
    const clauses = split
      .filter(({ kind }) => kind === 'clause')
      .map((part) => ({ part, title: part.title, path: part.path, words: wordsOf(part.text) }));
    const matches = matchClauses(this.#known(from), clauses);
    const sizes = measure(text, split);
    const found = new Map(clauses.map((clause, i) => [clause.part, { clause, match: matches[i] }]));
    const keyed: Keyed[] = [];
    const parts = split.map((part, i): PolicyPart => {
      const { bytes = 0, points = 0 } = sizes[i] ?? {};
      const base = { kind: part.kind, bytes, points, title: part.title };
      const its = found.get(part);
      if (its === undefined || its.match === undefined) return { ...base, level: part.level };
      const { clause, match } = its;
      const key =
        match.key ??
        newKey(
          {
            platform: this.#policy.platform,
            policy: this.#policy.name,
            title: clause.title,
            path: mark === null ? clause.path : [`${mark} ${clause.path[0] ?? ''}`],
          },
          this.#taken,
        );
      keyed.push({ key, title: clause.title, path: clause.path, words: clause.words });
      return {
        ...base,
        key,
        match: match.how,
        words: wordsId(clause.words),
        ...(part.role === null ? {} : { role: part.role }),
        ...(match.likeness === null ? {} : { likeness: match.likeness }),
      };
    });
    this.#versions.push({ from, clauses: keyed });
    this.#versions.sort((a, b) => a.from - b.from);
    const toConfirm = matches.filter(
      ({ likeness }) => likeness !== null && likeness < certainLikeness,
    ).length;
    const title = split.find(({ kind }) => kind === 'heading')?.title ?? '';
    return { parts, title, isFirst, toConfirm };
  }
}
