/** Finding a clause by typing any part of its name, place or words. */
import type { ClauseChoice } from '../../contract/model/tag.ts';
import { findClauses } from '../../db/clause.ts';
import { listPolicies, type StoredPolicy } from '../../db/policy.ts';
import { fold } from '../../db/search/fold.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import { placedText } from '../../evidence/policy/placed.ts';
import type { Archive } from '../archive.ts';
import {
  type LibraryClause,
  loadVersion,
  loadVersions,
  versionBytes,
  versionsOf,
} from '../policies/library.ts';
import { remembering } from '../policies/remembering.ts';

/** Longer words of a clause are found as well, and not shown. */
const shownPoints = 280;

interface Findable {
  choice: ClauseChoice;
  /** As they are searched: folded. */
  title: string;
  all: string;
  /** The newest text of the policy has it. */
  isCurrent: boolean;
}

function findable(choice: ClauseChoice, path: readonly string[], text: string, isCurrent: boolean): Findable {
  const { key, title, platform, policy } = choice;
  const shown = [...text.slice(0, shownPoints * 2)].slice(0, shownPoints).join('');
  const all = fold([title, key, platform, policy, ...path, text].join('\n'));
  return { choice: { ...choice, text: shown }, title: fold(title), all, isCurrent };
}

/** The clauses of a policy, each as the newest version that has it has it, in the order of the text. */
const clausesOf = remembering((db, policyId): Findable[] => {
  const policy = listPolicies(db, null).find(({ id }) => id === policyId);
  if (policy === undefined) return [];
  const versions = loadVersions(db, policyId);
  const newest = versions.at(-1);
  const seen = new Set<string>();
  return versions.toReversed().flatMap((version) => {
    const fresh = version.clauses.filter(({ key }) => !seen.has(key));
    if (fresh.length === 0) return [];
    for (const { key } of fresh) seen.add(key);
    const bytes = versionBytes(db, version);
    return fresh.map((clause) =>
      findable(choiceOf(clause, policy), clause.path, placedText(bytes, clause).text, version === newest),
    );
  });
});

function choiceOf({ key, title, role }: LibraryClause, { platform, name, kind }: StoredPolicy): ClauseChoice {
  return { key, title, platform, policy: name, kind, role, text: '', isDated: true };
}

/** Everything that can be found: worked out once, and again when the library has changed. */
const allClauses = remembering((db): readonly Findable[] => [
  ...findClauses(db, '', null).map(({ key, title, platform, policy, role, summary }) =>
    findable(
      { key, title, platform, policy, kind: 'rules', role, text: '', isDated: false },
      [],
      summary,
      true,
    ),
  ),
  ...listPolicies(db, null).flatMap(({ id }) => clausesOf(db, id)),
]);

/** The lower, the better: all words in the title, and how; then in key, place and words. Null: some word is nowhere. */
function rankOf({ title, all, isCurrent, choice }: Findable, words: readonly string[]): number | null {
  if (!words.every((word) => all.includes(word))) return null;
  const phrase = words.join(' ');
  const rank = title.startsWith(phrase)
    ? 0
    : title.includes(phrase)
      ? 1
      : words.every((word) => title.includes(word))
        ? 2
        : words.every((word) => choice.key.includes(word))
          ? 3
          : 4;
  return 2 * rank + (isCurrent ? 0 : 1);
}

/**
 * Clauses of packs and of the library in which every word of `query` stands, each as the newest version has it. The
 * platform's own come before others, names before words, rules before laws; `query` empty: all, in the order of the texts.
 */
export function findClauseChoices(
  archive: Archive,
  query: string,
  platform: string | null,
  limit: number,
): ClauseChoice[] {
  const words = fold(query).split(/\s+/u).filter(Boolean);
  const own = platform === null ? null : platformSlug(platform);
  return allClauses(archive.db, '')
    .flatMap((clause) => {
      const rank = rankOf(clause, words);
      const { choice } = clause;
      return rank === null
        ? []
        : [{ choice, rank: [choice.platform === own ? 0 : 1, rank, choice.kind === 'rules' ? 0 : 1] }];
    })
    .sort((a, b) => compare(a.rank, b.rank))
    .slice(0, limit)
    .map(({ choice }) => choice);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/**
 * Works out beforehand what finding needs, so that nobody waits for it at the first key: some versions at a time, and
 * other work has its turn between. Ends by itself where the archive is closed meanwhile.
 */
export async function warmClauses({ db }: Archive): Promise<void> {
  for (const { id } of listPolicies(db, null)) {
    for (const { id: version } of versionsOf(db, id)) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!db.open) return;
      loadVersion(db, version);
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!db.open) return;
    clausesOf(db, id);
  }
  if (db.open) allClauses(db, '');
}
