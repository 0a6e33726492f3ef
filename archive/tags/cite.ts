/** Clauses as tags cite them: of a pack, or of one version of the library. */
import type { Clause } from '../../contract/model/clause.ts';
import type { CitedClause } from '../../contract/model/tag.ts';
import { getClause, getClauseByKey } from '../../db/clause.ts';
import { listClauseLinks } from '../../db/clause-note.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { listPolicies, type StoredPolicy } from '../../db/policy.ts';
import { type ClauseLife, lifeOf, loadVersion, partText } from '../policies/library.ts';
import { clauseNotFound, linksInVersion } from '../policies/lookup.ts';
import { remembering } from '../policies/remembering.ts';

/** A clause by its key: of the library with where it stands, or of a pack. */
export type FoundClause = { life: ClauseLife; pack: null } | { life: null; pack: Clause };

export function findClauseByKey(db: ReadableDb, key: string): FoundClause | null {
  const life = lifeOf(db, key);
  if (life !== null) return { life, pack: null };
  const pack = getClauseByKey(db, key);
  return pack === null ? null : { life, pack };
}

/** Errors: `clause-not-found`. */
export function requireClause(db: ReadableDb, key: string): FoundClause {
  const found = findClauseByKey(db, key);
  if (found === null) throw clauseNotFound(key);
  return found;
}

export function citePack({ key, title, platform, policy, role, summary, url }: Clause): CitedClause {
  return { key, title, platform, policy, kind: 'rules', role, text: null, version: null, summary, url };
}

/** The clause of a pack with this id. */
export function citePackId(db: ReadableDb, id: string): CitedClause {
  const clause = getClause(db, id);
  if (clause === null) throw new Error(`a tag cites the clause ${id}, which is not there`);
  return citePack(clause);
}

const policiesById = remembering(
  (db): ReadonlyMap<string, StoredPolicy> =>
    new Map(listPolicies(db, null).map((policy) => [policy.id, policy])),
);
const textAt = remembering((db, place) => {
  const [version = '', n = ''] = place.split(' ');
  const loaded = loadVersion(db, version);
  const part = loaded.parts[Number(n)];
  return part === undefined ? null : partText(db, loaded, part);
});

/** A part of one version, named by the key that it is cited by. Errors: `policy-version-not-found`, `archive-damaged`. */
export function citeVersion(
  db: ReadableDb,
  { key, version, part: n }: { key: string; version: string; part: number },
): CitedClause {
  const loaded = loadVersion(db, version);
  const part = loaded.parts[n];
  const policy = policiesById(db, '').get(loaded.policyId);
  if (part === undefined || policy === undefined)
    throw new Error(`a tag cites part ${n} of the version ${version}, which is not there`);
  const { title, role } = part;
  const { platform, name, kind } = policy;
  return {
    ...{ key, title, platform, policy: name, kind, role, text: textAt(db, `${version} ${n}`), version },
    ...{ summary: null, url: null },
  };
}

/** The number of the part that a clause is in a version; null: the version does not have it. */
export function partIn({ stands }: ClauseLife, version: string): number | null {
  return stands.get(version)?.n ?? null;
}

/**
 * The keys of the exceptions that are linked to a clause, as `version` has it: those that a person set, and those that
 * are proposed by where they stand.
 */
export function exceptionKeys(db: ReadableDb, key: string, version: string | null): string[] {
  const proposed = version === null ? [] : (linksInVersion(db, version).get(key) ?? []);
  const limits = [...listClauseLinks(db), ...proposed].filter(
    ({ kind, to, from }) => kind === 'limits' && to === key && from !== key,
  );
  return [...new Set(limits.map(({ from }) => from))];
}

/** What a clause is called, in the newest version that has it; the key where nothing has it any more. */
export function titleOf(db: ReadableDb, key: string): string {
  const found = findClauseByKey(db, key);
  if (found === null) return key;
  return found.pack?.title ?? [...(found.life?.stands.values() ?? [])].at(-1)?.title ?? key;
}
