/** How often two coders said the same. */
import type { Finding } from '../../contract/model/tag.ts';

/** What one coder said of one post, all their tags of it taken together. */
export interface Said {
  finding: Finding;
  /** Keys of the clauses by which it is that, sorted; '' where a tag names none. */
  clauses: readonly string[];
}

/**
 * What several tags of one post say together: 'breach' where any does, else 'unclear' where any does, else
 * 'no-violation'; and the clauses of those tags. By which clause a post is no violation makes no difference.
 */
export function saidOf(tags: readonly { finding: Finding; clause: string | null }[]): Said {
  const finding = (['breach', 'unclear'] as const).find((one) => tags.some((tag) => tag.finding === one));
  if (finding === undefined) return { finding: 'no-violation', clauses: [] };
  const clauses = tags.filter((tag) => tag.finding === finding).map(({ clause }) => clause ?? '');
  return { finding, clauses: [...new Set(clauses)].sort() };
}

/** The same finding, by the same clauses. */
export function isSame(a: Said, b: Said): boolean {
  return a.finding === b.finding && a.clauses.join('\n') === b.clauses.join('\n');
}

export interface Agreement {
  /** Posts that both judged. */
  both: number;
  sameFinding: number;
  /** Of those, also by the same clauses. */
  sameClauses: number;
  kappa: number | null;
}

/**
 * Over the posts that both judged. Kappa (Cohen 1960): how far they agree beyond what chance would give them, each with
 * the findings as often as they gave them; null where both gave only one and the same, and where there is no post.
 */
export function agreement(first: ReadonlyMap<string, Said>, second: ReadonlyMap<string, Said>): Agreement {
  const pairs = [...first].flatMap(([post, a]) => {
    const b = second.get(post);
    return b === undefined ? [] : [[a, b] as const];
  });
  const both = pairs.length;
  const sameFinding = pairs.filter(([a, b]) => a.finding === b.finding).length;
  const sameClauses = pairs.filter(([a, b]) => isSame(a, b)).length;
  const times = (side: 0 | 1, finding: Finding): number =>
    pairs.filter((pair) => pair[side].finding === finding).length;
  // In whole numbers, so that 'chance would explain everything' is no matter of rounding.
  const byChance = (['breach', 'unclear', 'no-violation'] as const)
    .map((finding) => times(0, finding) * times(1, finding))
    .reduce((sum, product) => sum + product, 0);
  const rest = both * both - byChance;
  const kappa = rest === 0 ? null : (both * sameFinding - byChance) / rest;
  return { both, sameFinding, sameClauses, kappa };
}
