/** What people add to the library by hand: corrections, links, statements. Each is an event; nothing is overwritten. */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventBody } from '../../contract/events.ts';
import {
  type ClauseLink,
  type ClauseRole,
  libraryKeySchema,
  type Statement,
} from '../../contract/model/policy.ts';
import { getClauseByKey } from '../../db/clause.ts';
import { listClauseLinks, listStatements } from '../../db/clause-note.ts';
import { inTransaction } from '../../db/handle.ts';
import { keysOf, policyOfKey } from '../../db/policy.ts';
import { newId } from '../../evidence/id.ts';
import { newKey } from '../../evidence/policy/keys.ts';
import type { Archive } from '../archive.ts';
import { requireCapture } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { type LibraryVersion, loadVersions } from './library.ts';
import { clauseNotFound } from './lookup.ts';

/** Errors: `clause-not-found` for a key that neither the library nor a pack of clauses has. */
export function requireKey(archive: Archive, key: string): void {
  if (policyOfKey(archive.db, key) === null && getClauseByKey(archive.db, key) === null)
    throw clauseNotFound(key);
}

const orNull = (text: string | null | undefined): string | null => text?.trim().toWellFormed() || null;

/**
 * Keeps what somebody said about a clause. `saidOn`: the day in UTC.
 * Errors: `clause-not-found`, `capture-not-found`, `bad-input` for a day that no calendar has or an empty word.
 */
export function addStatement(archive: Archive, draft: Omit<Statement, 'id'>): Statement {
  requireKey(archive, draft.key);
  if (draft.capture !== null) requireCapture(archive, draft.capture);
  const [speaker, text] = [orNull(draft.speaker), orNull(draft.text)];
  const day = new Date(`${draft.saidOn}T00:00:00.000Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== draft.saidOn) {
    throw new HoldfastError('bad-input', `'${draft.saidOn}' is no day: expected one such as 2020-10-14.`);
  }
  if (day > archive.clock()) throw new HoldfastError('bad-input', `${draft.saidOn} has not come yet.`);
  if (speaker === null || text === null)
    throw new HoldfastError('bad-input', 'A statement needs its speaker and its words.');
  const statement: Statement = {
    ...draft,
    id: newId(),
    speaker,
    text,
    reportedIn: orNull(draft.reportedIn),
    address: orNull(draft.address),
  };
  const { id, ...body } = statement;
  inTransaction(archive.db, () => recordEvent(archive, 'statement.added', { statement: id, ...body }));
  return statement;
}

/** Statements about one clause, or all. */
export function statements(archive: Archive, key: string | null): Statement[] {
  return listStatements(archive.db, key);
}

/** Sets a link between clauses. Errors: `clause-not-found`, `bad-input` for one to itself or one that is there. */
export function linkClauses(
  archive: Archive,
  link: Pick<ClauseLink, 'from' | 'to' | 'kind' | 'because'>,
): ClauseLink {
  requireKey(archive, link.from);
  requireKey(archive, link.to);
  if (link.from === link.to) throw new HoldfastError('bad-input', 'A clause is not linked to itself.');
  const { from, to, kind } = link;
  if (
    listClauseLinks(archive.db).some((known) => known.from === from && known.to === to && known.kind === kind)
  ) {
    throw new HoldfastError('bad-input', 'This link is there already.');
  }
  const body = { link: newId(), from, to, kind, because: orNull(link.because) };
  inTransaction(archive.db, () => recordEvent(archive, 'clause.linked', body));
  return { id: body.link, from, to, kind, basis: 'set', because: body.because };
}

export interface CorrectionDraft {
  key: string;
  /** From this version on; null: from the first that has the clause. */
  version: string | null;
  because: string;
  change:
    | { kind: 'key' /** Null: a clause of its own, with a new key. */; key: string | null }
    | { kind: 'role'; role: ClauseRole | null }
    | { kind: 'confirm' };
}

/** Two clauses of one version cannot be the same clause. */
function checkFree(versions: readonly LibraryVersion[], key: string, moved: string): void {
  for (const { clauses, seen } of versions) {
    const keys = new Set(clauses.map((clause) => clause.key));
    if (keys.has(key) && keys.has(moved)) {
      throw new HoldfastError(
        'policy-clause-conflict',
        `In the version seen ${seen.at.slice(0, 10)} both '${key}' and '${moved}' stand: they are two clauses. Correct one of them first.`,
      );
    }
  }
}

/**
 * Records a correction: that a clause is another one that is known, or a new one; its role; that it is rightly the
 * same. Errors: `clause-not-found`, `policy-version-not-found`, `policy-clause-conflict`, `bad-input`.
 */
export function correctClause(archive: Archive, draft: CorrectionDraft): EventBody<'clause.corrected'> {
  const policyId = policyOfKey(archive.db, draft.key);
  const versions = policyId === null ? [] : loadVersions(archive.db, policyId);
  const having = versions.filter(({ clauses }) => clauses.some(({ key }) => key === draft.key));
  const from = draft.version === null ? having[0] : having.find(({ id }) => id === draft.version);
  const example = from?.clauses.find(({ key }) => key === draft.key);
  if (policyId === null || having.length === 0) throw clauseNotFound(draft.key);
  if (from === undefined || example === undefined) {
    throw new HoldfastError(
      'policy-version-not-found',
      `The clause '${draft.key}' does not stand in the version ${draft.version ?? ''}.`,
    );
  }
  const because = orNull(draft.because);
  if (because === null) throw new HoldfastError('bad-input', 'Say why: a correction needs its reason.');
  const body: EventBody<'clause.corrected'> = {
    correction: newId(),
    policy: policyId,
    version: from.id,
    key: draft.key,
    change:
      draft.change.kind === 'key'
        ? { kind: 'key', key: otherKey(archive, draft, example.path, example.title) }
        : draft.change,
    because,
  };
  if (body.change.kind === 'key')
    checkFree(versions.slice(versions.indexOf(from)), body.change.key, draft.key);
  inTransaction(archive.db, () => recordEvent(archive, 'clause.corrected', body));
  return body;
}

function otherKey(archive: Archive, draft: CorrectionDraft, path: readonly string[], title: string): string {
  const wanted = draft.change.kind === 'key' ? draft.change.key : null;
  const platform = draft.key.split('/')[0] ?? '';
  const taken = new Set(keysOf(archive.db, platform));
  if (wanted === null) return newKey({ platform, policy: '', path, title }, taken);
  if (wanted === draft.key) throw new HoldfastError('bad-input', 'It has this key already.');
  const known = libraryKeySchema.safeParse(wanted);
  if (
    !known.success ||
    !taken.has(wanted) ||
    policyOfKey(archive.db, wanted) !== policyOfKey(archive.db, draft.key)
  ) {
    throw clauseNotFound(wanted);
  }
  return wanted;
}
