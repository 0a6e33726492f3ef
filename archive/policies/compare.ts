/** Policies and their versions as lists, two versions side by side, and the history of a clause. */
import {
  type ClauseHistory,
  certainLikeness,
  type Policy,
  type PolicyDiff,
  type PolicyVersion,
} from '../../contract/model/policy.ts';
import { listClauseLinks, listStatements } from '../../db/clause-note.ts';
import { listPolicies, policyOfKey } from '../../db/policy.ts';
import { type DiffClause, diffClauses, diffWords } from '../../evidence/policy/diff.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import { placedText } from '../../evidence/policy/placed.ts';
import type { Archive } from '../archive.ts';
import { type LibraryVersion, loadVersion, loadVersions, requireVersion, versionBytes } from './library.ts';
import { clauseNotFound } from './lookup.ts';

/** The policies and norms in the library, with how much there is of each. */
export function describePolicies(archive: Archive, platform: string | null): Policy[] {
  return listPolicies(archive.db, platform === null ? null : platformSlug(platform)).map((policy) => {
    const versions = loadVersions(archive.db, policy.id);
    return {
      ...policy,
      versions: versions.length,
      clauses: new Set(versions.flatMap(({ clauses }) => clauses.map(({ key }) => key))).size,
      firstSeen: versions[0]?.seen ?? null,
      lastSeen: versions.at(-1)?.seen ?? null,
    };
  });
}

function describe(version: LibraryVersion, before: LibraryVersion | undefined): PolicyVersion {
  const { seq: _, parts, clauses, ...about } = version;
  const old = new Map(before?.clauses.map(({ key, words }) => [key, words]));
  const now = new Set(clauses.map(({ key }) => key));
  return {
    ...about,
    clauses: clauses.length,
    headings: parts.length - clauses.length,
    added: clauses.filter(({ key }) => !old.has(key)).length,
    reworded: clauses.filter(({ key, words }) => old.has(key) && old.get(key) !== words).length,
    removed: [...old.keys()].filter((key) => !now.has(key)).length,
    toConfirm: clauses.filter(needsConfirming).length,
  };
}

function needsConfirming({ match, likeness, isConfirmed }: LibraryVersion['clauses'][number]): boolean {
  return match === 'reworded' && !isConfirmed && likeness !== null && likeness < certainLikeness;
}

/** The versions of a policy, oldest first, each beside the one before. */
export function describeVersions(archive: Archive, policyId: string): PolicyVersion[] {
  const versions = loadVersions(archive.db, policyId);
  return versions.map((version, i) => describe(version, versions[i - 1]));
}

function diffable(archive: Archive, version: LibraryVersion): DiffClause[] {
  const bytes = versionBytes(archive.db, version);
  return version.clauses.map((part) => ({
    key: part.key,
    title: part.title,
    path: part.path,
    words: part.words,
    text: placedText(bytes, part).text,
  }));
}

/** Errors: `policy-version-not-found`. */
export function diffVersions(archive: Archive, before: string, after: string): PolicyDiff {
  const [a, b] = [loadVersion(archive.db, before), loadVersion(archive.db, after)];
  return { before, after, ...diffClauses(diffable(archive, a), diffable(archive, b)) };
}

/** The exact text of a version. Errors: `policy-version-not-found`, `archive-damaged`. */
export function versionText(archive: Archive, id: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    versionBytes(archive.db, requireVersion(archive.db, id)),
  );
}

/** When a clause came, changed and went. Errors: `clause-not-found`. */
export function clauseHistory(archive: Archive, key: string): ClauseHistory {
  const policyId = policyOfKey(archive.db, key);
  const versions = policyId === null ? [] : loadVersions(archive.db, policyId);
  const entries: ClauseHistory['entries'] = [];
  let [title, text, words, place]: (string | null)[] = ['', null, null, null];
  let wasThere = false;
  for (const version of versions) {
    const part = version.clauses.find((clause) => clause.key === key);
    const at = { version: version.id, seen: version.seen, likeness: null };
    if (part === undefined) {
      if (words !== null) entries.push({ ...at, what: 'went', text: null, words: [] });
      words = null;
      continue;
    }
    const now = placedText(versionBytes(archive.db, version), part).text;
    const nowPlace = part.path.join('\n');
    title = part.title;
    if (words === null) entries.push({ ...at, what: wasThere ? 'came back' : 'came', text: now, words: [] });
    else if (words !== part.words) {
      entries.push({
        ...at,
        what: 'reworded',
        text: now,
        words: diffWords(text ?? '', now),
        likeness: part.likeness,
      });
    } else if (place !== nowPlace) entries.push({ ...at, what: 'moved', text: now, words: [] });
    [text, words, place, wasThere] = [now, part.words, nowPlace, true];
  }
  if (entries.length === 0) throw clauseNotFound(key);
  const links = listClauseLinks(archive.db).filter(({ from, to }) => from === key || to === key);
  return { key, title: title ?? '', entries, statements: listStatements(archive.db, key), links };
}
