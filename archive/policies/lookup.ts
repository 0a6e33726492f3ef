/** Clauses as they stood at a time, and what the answer rests on. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ClauseLink, DatedClause, Seen, Statement } from '../../contract/model/policy.ts';
import { getClauseByKey } from '../../db/clause.ts';
import { listClauseLinks, listStatements } from '../../db/clause-note.ts';
import type { StoredPolicy } from '../../db/policy.ts';
import {
  dayLength,
  type InForceAnswer,
  inForceByText,
  type Sighting,
  type Span,
} from '../../evidence/policy/in-force.ts';
import type { Archive } from '../archive.ts';
import {
  type LibraryClause,
  type LibraryVersion,
  loadVersions,
  placedText,
  requirePolicies,
  versionBytes,
} from './library.ts';
import { proposeLinks } from './links.ts';

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
  return {
    inForce: 'by-statement',
    why: `${said.speaker} said on ${said.saidOn} that it applies. By the text: ${answer.why}`,
  };
}

interface Lookup {
  archive: Archive;
  asked: Span;
  /** Also clauses that did not stand in the text then. */
  all: boolean;
  links: readonly ClauseLink[];
}

function clausesOf(policy: StoredPolicy, { archive, asked, all, links }: Lookup): DatedClause[] {
  const versions = loadVersions(archive.db, policy.id);
  const order = new Map(versions.map((version, i) => [version.id, { version, i }]));
  const texts = new Map<string, Uint8Array>();
  const proposed = new Map<string, Map<string, ClauseLink[]>>();
  const found: { clause: DatedClause; i: number; n: number }[] = [];
  for (const [key, stands] of byKey(versions)) {
    const sightings = versions.map(
      ({ id, seen, inForceFrom }): Sighting => ({
        version: id,
        seen,
        inForceFrom,
        words: stands.get(id)?.words ?? null,
      }),
    );
    const answer = inForceByText(sightings, asked);
    const statements = listStatements(archive.db, key);
    const state = withStatements(answer, statements, asked);
    const shown =
      answer.shows ?? (state.inForce === 'by-statement' || all ? [...stands.keys()].at(-1) : undefined);
    const [part, at] = [stands.get(shown ?? ''), order.get(shown ?? '')];
    if (part === undefined || at === undefined || (state.inForce === 'no' && !all)) continue;
    const text = texts.get(at.version.id) ?? versionBytes(archive.db, at.version);
    texts.set(at.version.id, text);
    const near = proposed.get(at.version.id) ?? proposeLinks(at.version.clauses);
    proposed.set(at.version.id, near);
    const clause: DatedClause = {
      key,
      title: part.title,
      path: [...part.path],
      role: part.role,
      roleBasis: part.roleBasis,
      ...placedText(text, part),
      platform: policy.platform,
      policy: policy.name,
      kind: policy.kind,
      version: at.version.id,
      ...state,
      restsOn: answer.restsOn.flatMap((id) => {
        const rested = order.get(id)?.version;
        return rested === undefined
          ? []
          : [{ version: id, seen: rested.seen, inForceFrom: rested.inForceFrom }];
      }),
      statements,
      links: [...links.filter(({ from, to }) => from === key || to === key), ...(near.get(key) ?? [])],
    };
    found.push({ clause, i: at.i, n: part.n });
  }
  return found.sort((a, b) => a.i - b.i || a.n - b.n).map(({ clause }) => clause);
}

/** A clause of the starter pack: it names a rule and holds no text, so only a statement can say that it applied. */
function packClause(archive: Archive, key: string, asked: Span): DatedClause | null {
  const clause = getClauseByKey(archive.db, key);
  if (clause === null) return null;
  const statements = listStatements(archive.db, key);
  const answer: InForceAnswer = {
    inForce: 'not-known',
    why: 'This clause names a rule and links to it; no dated text of it is in the library.',
    restsOn: [],
    shows: null,
  };
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
    ...{
      version: null,
      bytes: null,
      points: null,
      ...withStatements(answer, statements, asked),
      restsOn: [],
      statements,
    },
    links: listClauseLinks(archive.db).filter(({ from, to }) => from === key || to === key),
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
  const found =
    policyId === null
      ? packClause(archive, key, asked)
      : clausesOn(archive, { platform: null, policy: policyId, on, all: true }).find(
          (clause) => clause.key === key,
        );
  if (found === undefined || found === null) throw clauseNotFound(key);
  return found;
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
