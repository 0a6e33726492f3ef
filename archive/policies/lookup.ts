/** Clauses as they stood at a time, and what the answer rests on. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ClauseLink, DatedClause, Seen, Statement } from '../../contract/model/policy.ts';
import { getClauseByKey } from '../../db/clause.ts';
import { listClauseLinks, listStatements } from '../../db/clause-note.ts';
import type { ReadableDb } from '../../db/handle.ts';
import type { StoredPolicy } from '../../db/policy.ts';
import { isCounted } from '../../evidence/policy/counting.ts';
import {
  dayLength,
  type InForceAnswer,
  inForceByText,
  inForceThroughout,
  isDayOrInstant,
  type Sighting,
  type Span,
} from '../../evidence/policy/in-force.ts';
import { type PlacedText, placedText } from '../../evidence/policy/placed.ts';
import type { Archive } from '../archive.ts';
import {
  type ClauseLife,
  type LibraryClause,
  type LibraryVersion,
  lifeOf,
  loadVersion,
  loadVersions,
  requirePolicies,
  versionBytes,
} from './library.ts';
import { proposeLinks } from './links.ts';
import { remembering } from './remembering.ts';

/**
 * A day in UTC (`2021-01-14`) or an instant (`2021-01-14T09:30:00Z`; an offset is needed) as a span of time.
 * Errors: `bad-input`.
 */
export function askedTime(text: string): Span {
  const from = Date.parse(text);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(
    text,
  );
  const isReal = isDay && !Number.isNaN(from) && new Date(from).toISOString().startsWith(text);
  if (isReal) return { from, to: from + dayLength - 1 };
  if (isInstant && !Number.isNaN(from)) return { from, to: from };
  throw new HoldfastError(
    'bad-input',
    `'${text}' is no day (2021-01-14) and no instant with its offset (2021-01-14T09:30:00Z).`,
  );
}

/** Of each key, the clause of each version that has it. */
function byKey(versions: readonly LibraryVersion[]): Map<string, Map<string, LibraryClause>> {
  const keys = new Map<string, Map<string, LibraryClause>>();
  for (const version of versions) {
    for (const clause of version.clauses) {
      const known = keys.get(clause.key);
      if (known === undefined) keys.set(clause.key, new Map([[version.id, clause]]));
      else known.set(version.id, clause);
    }
  }
  return keys;
}

/** What a platform had said by then: with an announcement that holds, a clause is in force although no text shows it. */
function withStatements(
  answer: InForceAnswer,
  statements: readonly Statement[],
  asked: Span,
): Pick<DatedClause, 'inForce' | 'why'> {
  if (answer.inForce === 'yes') return { inForce: 'yes', why: answer.why };
  const said = statements
    .filter(({ saidOn, effect }) => Date.parse(saidOn) <= asked.to && effect !== 'explains')
    .at(-1);
  if (said?.effect !== 'applies') return { inForce: answer.inForce, why: answer.why };
  // Asked for more than a day, it must have been said by the first of them.
  if (!isDayOrInstant(asked) && Date.parse(said.saidOn) > asked.from) {
    return {
      inForce: 'not-known',
      why: `${said.speaker} said on ${said.saidOn} that it applies, and the time asked for may be before that. By the text: ${answer.why}`,
    };
  }
  return {
    inForce: 'by-statement',
    why: `${said.speaker} said on ${said.saidOn} that it applies. By the text: ${answer.why}`,
  };
}

/** The answer by the text alone, and by what was said as well. */
export interface ClauseAnswer extends Pick<DatedClause, 'inForce' | 'why'> {
  byText: InForceAnswer;
  statements: readonly Statement[];
}

/** The versions of a policy as one clause sees them: those that count. */
export function sightingsOf({ versions, stands }: ClauseStands): Sighting[] {
  return versions.filter(isCounted).map(({ id, seen, inForceFrom }) => ({
    version: id,
    seen,
    inForceFrom,
    words: stands.get(id)?.words ?? null,
  }));
}

/** Of a policy's versions, those in which a clause stands, with its words there. */
export interface ClauseStands {
  versions: ClauseLife['versions'];
  stands: ReadonlyMap<string, { words: string }>;
}

/** What says nothing here: texts that came in bundles of signers whom nobody checked. */
const unchecked: InForceAnswer = {
  inForce: 'not-known',
  why: 'Every text of this policy here came in a bundle whose signer was not checked; such texts say nothing of when a rule was in force.',
  restsOn: [],
  shows: null,
};

function textAnswer(sightings: readonly Sighting[], isInLibrary: boolean, asked: Span): InForceAnswer {
  if (sightings.length === 0 && isInLibrary) return unchecked;
  return isDayOrInstant(asked) ? inForceByText(sightings, asked) : inForceThroughout(sightings, asked);
}

/** Whether a clause was in force at a time, or all through a span of time. */
export function answerAt(db: ReadableDb, key: string, life: ClauseStands, asked: Span): ClauseAnswer {
  const byText = textAnswer(sightingsOf(life), life.versions.length > 0, asked);
  const statements = listStatements(db, key);
  return { byText, statements, ...withStatements(byText, statements, asked) };
}

interface Lookup {
  archive: Archive;
  asked: Span;
  /** Also clauses that did not stand in the text then. */
  all: boolean;
  links: readonly ClauseLink[];
}

interface FoundClause {
  clause: DatedClause;
  /** Its place: the number of the version, and of the part in it. */
  i: number;
  n: number;
}

function findClause(
  policy: StoredPolicy,
  key: string,
  life: ClauseStands,
  { archive: { db }, asked, all, links }: Lookup,
  textOf: (version: LibraryVersion, part: LibraryClause) => PlacedText,
): FoundClause | null {
  const { byText, statements, ...state } = answerAt(db, key, life, asked);
  const shown =
    byText.shows ??
    (state.inForce === 'by-statement' || all ? [...life.stands.keys()].at(-1) : undefined) ??
    null;
  if (shown === null || (state.inForce === 'no' && !all)) return null;
  const version = loadVersion(db, shown);
  const part = version.clauses.find((candidate) => candidate.key === key);
  if (part === undefined) return null;
  const clause: DatedClause = {
    key,
    title: part.title,
    path: [...part.path],
    role: part.role,
    roleBasis: part.roleBasis,
    ...textOf(version, part),
    platform: policy.platform,
    policy: policy.name,
    kind: policy.kind,
    version: shown,
    ...state,
    restsOn: byText.restsOn.flatMap((id) => {
      const rested = life.versions.find((candidate) => candidate.id === id);
      return rested === undefined
        ? []
        : [{ version: id, seen: rested.seen, inForceFrom: rested.inForceFrom }];
    }),
    statements: [...statements],
    links: [
      ...links.filter(({ from, to }) => from === key || to === key),
      ...(linksInVersion(db, shown).get(key) ?? []),
    ],
  };
  return { clause, i: life.versions.findIndex(({ id }) => id === shown), n: part.n };
}

/** The links that are proposed for the clauses of a version by where they stand, by key. */
export const linksInVersion: (db: ReadableDb, version: string) => ReadonlyMap<string, ClauseLink[]> =
  remembering((db, version) => proposeLinks(loadVersion(db, version).clauses));

function clausesOf(policy: StoredPolicy, lookup: Lookup): DatedClause[] {
  const { db } = lookup.archive;
  const versions = loadVersions(db, policy.id);
  const texts = new Map<string, Uint8Array>();
  const textOf = (version: LibraryVersion, part: LibraryClause): PlacedText => {
    const text = texts.get(version.id) ?? versionBytes(db, version);
    texts.set(version.id, text);
    return placedText(text, part);
  };
  return [...byKey(versions)]
    .flatMap(([key, stands]) => findClause(policy, key, { versions, stands }, lookup, textOf) ?? [])
    .sort((a, b) => a.i - b.i || a.n - b.n)
    .map(({ clause }) => clause);
}

/** No version has words of a pack's clause: it names a rule and links to it. */
const noText: InForceAnswer = {
  inForce: 'not-known',
  why: 'This clause names a rule and links to it; no dated text of it is in the library.',
  restsOn: [],
  shows: null,
};

/** The answer for a clause of a pack: it holds no text, so only a statement can say that it applied. */
export function packAnswerAt(db: ReadableDb, key: string, asked: Span): ClauseAnswer {
  const statements = listStatements(db, key);
  return { byText: noText, statements, ...withStatements(noText, statements, asked) };
}

function packClause({ db }: Archive, key: string, asked: Span): DatedClause | null {
  const clause = getClauseByKey(db, key);
  if (clause === null) return null;
  const { byText: _, statements, ...state } = packAnswerAt(db, key, asked);
  const { platform, policy, title, role } = clause;
  return {
    ...{
      key,
      title,
      path: [policy],
      role,
      roleBasis: 'confirmed',
      text: null,
      platform,
      policy,
      kind: 'rules',
    },
    ...{ version: null, bytes: null, points: null, ...state, restsOn: [], statements: [...statements] },
    links: listClauseLinks(db).filter(({ from, to }) => from === key || to === key),
  };
}

/**
 * The clauses of a platform's policies as they stood at a time, in the order of the text. Clauses that were not in
 * force are left out unless `all`; those of which it is not known are there and say so.
 * Errors: `policy-not-found`, `bad-input`.
 */
export function clausesOn(
  archive: Archive,
  wanted: { platform: string | null; policy: string | null; on: string; all?: boolean },
): DatedClause[] {
  const lookup: Lookup = {
    archive,
    asked: askedTime(wanted.on),
    all: wanted.all ?? false,
    links: listClauseLinks(archive.db),
  };
  return requirePolicies(archive, wanted.platform, wanted.policy).flatMap((policy) =>
    clausesOf(policy, lookup),
  );
}

/** One clause at a time, by its key, also where it was not in force. Errors: `clause-not-found`, `bad-input`. */
export function clauseOn(archive: Archive, policyId: string | null, key: string, on: string): DatedClause {
  const asked = askedTime(on);
  if (policyId === null) {
    const found = packClause(archive, key, asked);
    if (found === null) throw clauseNotFound(key);
    return found;
  }
  const life = lifeOf(archive.db, key);
  if (life === null || life.policy.id !== policyId) throw clauseNotFound(key);
  const lookup = { archive, asked, all: true, links: listClauseLinks(archive.db) };
  const found = findClause(life.policy, key, life, lookup, (version, part) =>
    placedText(versionBytes(archive.db, version), part),
  );
  if (found === null) throw clauseNotFound(key);
  return found.clause;
}

export function clauseNotFound(key: string): HoldfastError {
  return new HoldfastError(
    'clause-not-found',
    `There is no clause '${key}' in this archive. 'holdfast policy clauses' lists them.`,
  );
}

/** The sighting as a day or an instant, for people. */
export function seenText({ at, precision }: Seen): string {
  return precision === 'day' ? at.slice(0, 10) : `${at.slice(0, 19)}Z`;
}
