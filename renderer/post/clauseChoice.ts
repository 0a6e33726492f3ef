/** Choosing a clause by typing. */
import type { Clause } from '../../contract/model/clause.ts';

export interface ClauseGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** Lower case, without marks and with Arabic and Persian letter variants kept as typed: good enough for our own pack. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether every typed word stands somewhere in the clause's key, title, platform, policy or summary. */
export function matches(clause: Clause, typed: string): boolean {
  const hay = folded(
    [clause.key, clause.title, clause.platform, clause.policy, clause.role, clause.summary].join(' '),
  );
  return folded(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** In: all clauses and the post's platform. Out: groups by platform, the post's own first, the others by name. */
export function groupByPlatform(clauses: readonly Clause[], platform: string | null): ClauseGroup[] {
  const groups = new Map<string, ClauseGroup>();
  for (const clause of clauses) {
    const group = groups.get(clause.platform) ?? { group: clause.platform, items: [] };
    group.items.push({ value: clause.key, label: clause.title });
    groups.set(clause.platform, group);
  }
  return [...groups.values()].sort((a, b) => {
    if (a.group === platform) return -1;
    if (b.group === platform) return 1;
    return a.group.localeCompare(b.group, 'en');
  });
}
