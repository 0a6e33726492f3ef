/** Cases: a name, a time zone, and numbered exhibits in an order. Each act is an event. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Case, CaseContents, Exhibit, ExhibitDraft } from '../../contract/model/case.ts';
import { getCapture } from '../../db/capture.ts';
import { listCaseRows, listExhibitRows, listRemovedExhibits, nextExhibitNumber } from '../../db/case.ts';
import { inTransaction } from '../../db/handle.ts';
import { getPost } from '../../db/post.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { isTimeZone } from '../watch/schedule.ts';

/** The case that was made last comes first. */
export function listCases(archive: Archive): Case[] {
  return listCaseRows(archive.db);
}

/** By id or by name. Errors: `case-not-found`. */
export function requireCase(archive: Archive, named: string): Case {
  const cases = listCaseRows(archive.db);
  const found = cases.find(({ id }) => id === named) ?? cases.find(({ name }) => name === named);
  if (found !== undefined) return found;
  throw new HoldfastError(
    'case-not-found',
    `There is no case "${named.slice(0, 80)}" in this archive. 'holdfast case list' shows them.`,
  );
}

/** With its exhibits in their order, and the numbers that are empty. Errors: `case-not-found`. */
export function readCase(archive: Archive, named: string): CaseContents {
  const found = requireCase(archive, named);
  return {
    case: found,
    exhibits: listExhibitRows(archive.db, found.id),
    removed: listRemovedExhibits(archive.db, found.id),
  };
}

/**
 * Makes a case. `timeZone`: a name of the time-zone database; times in bundles of the case are given in it and in UTC.
 * Errors: `bad-input` for no name or a zone that there is not, `case-name-taken`.
 */
export function makeCase(archive: Archive, draft: CaseDraft): Case {
  const id = newId();
  const facts = checkedFacts(archive, draft, id);
  inTransaction(archive.db, () => recordEvent(archive, 'case.made', { case: id, ...facts }));
  return requireCase(archive, id);
}

/**
 * Gives a case another name or time zone; what it was before stays in the log. Errors: `case-not-found`, those of
 * `makeCase`, `nothing-to-do` where both are what they are.
 */
export function changeCase(archive: Archive, named: string, changes: Partial<CaseDraft>): Case {
  const { id, name, timeZone } = requireCase(archive, named);
  const facts = checkedFacts(
    archive,
    { name: changes.name ?? name, timeZone: changes.timeZone ?? timeZone },
    id,
  );
  if (facts.name === name && facts.timeZone === timeZone)
    throw new HoldfastError('nothing-to-do', 'The case has this name and this time zone already.');
  inTransaction(archive.db, () => recordEvent(archive, 'case.changed', { case: id, ...facts }));
  return requireCase(archive, id);
}

interface CaseDraft {
  name: string;
  timeZone: string;
}

/** `id`: of the case that is to have them. Errors: `bad-input`, `case-name-taken`. */
function checkedFacts(archive: Archive, draft: CaseDraft, id: string): CaseDraft {
  const name = draft.name.trim().toWellFormed();
  if (name === '') throw new HoldfastError('bad-input', 'Give the case a name.');
  if (!isTimeZone(draft.timeZone)) {
    throw new HoldfastError(
      'bad-input',
      `"${draft.timeZone.slice(0, 80)}" is no time zone. Use a name such as Europe/Berlin, or UTC.`,
    );
  }
  const key = (text: string): string => text.normalize('NFKC').toLowerCase();
  const other = listCaseRows(archive.db).find((one) => one.id !== id && key(one.name) === key(name));
  if (other !== undefined) {
    throw new HoldfastError(
      'case-name-taken',
      `A case is called "${other.name}" already. Two that look alike are mixed up: choose another name.`,
    );
  }
  return { name, timeZone: draft.timeZone };
}

/**
 * Adds posts and captures to a case, in this order, each under the next number: all or none.
 * Errors: `case-not-found`, `post-not-found` for an id that is neither a post's nor a capture's, `exhibit-known` for
 * what the case has already.
 */
export function addExhibits(archive: Archive, named: string, drafts: readonly ExhibitDraft[]): Exhibit[] {
  const { id: caseId, name } = requireCase(archive, named);
  const ids = new Set<string>();
  inTransaction(archive.db, () => {
    const known = new Map(
      listExhibitRows(archive.db, caseId).map((one) => [one.postId ?? one.captureId, one.number]),
    );
    let number = nextExhibitNumber(archive.db, caseId);
    for (const { id, label, note } of drafts) {
      const there = known.get(id);
      if (there !== undefined) {
        throw new HoldfastError('exhibit-known', `${id} is exhibit ${there} of "${name}" already.`, {
          details: { number: there },
        });
      }
      known.set(id, number);
      const exhibit = newId();
      ids.add(exhibit);
      recordEvent(archive, 'exhibit.added', {
        exhibit,
        case: caseId,
        number: number++,
        ...whatItIs(archive, id),
        label: words(label),
      });
      if (words(note) !== null) recordEvent(archive, 'exhibit.noted', { exhibit, note: words(note) });
    }
  });
  return listExhibitRows(archive.db, caseId).filter(({ id }) => ids.has(id));
}

function words(text: string | null): string | null {
  return text?.trim().toWellFormed() || null;
}

function whatItIs(archive: Archive, id: string): { capture: string; post: string | null } {
  const post = getPost(archive.db, id);
  if (post !== null) return { capture: post.captureId, post: id };
  if (getCapture(archive.db, id) !== null) return { capture: id, post: null };
  throw new HoldfastError('post-not-found', `There is no post and no capture ${id} in this archive.`);
}

/** Errors: `case-not-found`, `exhibit-not-found`. */
function requireExhibit(archive: Archive, named: string, number: number): { of: Case; exhibit: Exhibit } {
  const of = requireCase(archive, named);
  const exhibit = listExhibitRows(archive.db, of.id).find((one) => one.number === number);
  if (exhibit !== undefined) return { of, exhibit };
  throw new HoldfastError(
    'exhibit-not-found',
    `The case "${of.name}" has no exhibit ${number}; it may have been removed. 'holdfast case list' shows what it has.`,
  );
}

/**
 * Another label in the place of the one before; empty: none. Errors: `case-not-found`, `exhibit-not-found`,
 * `nothing-to-do` where it is called so.
 */
export function labelExhibit(archive: Archive, named: string, number: number, text: string): CaseContents {
  const { of, exhibit } = requireExhibit(archive, named, number);
  const label = words(text);
  if (label === exhibit.label)
    throw new HoldfastError('nothing-to-do', `Exhibit ${number} has this label already.`);
  inTransaction(archive.db, () => recordEvent(archive, 'exhibit.labelled', { exhibit: exhibit.id, label }));
  return readCase(archive, of.id);
}

/** A note for the desk in the place of the one before; empty: none. Errors: `case-not-found`, `exhibit-not-found`. */
export function noteOnExhibit(archive: Archive, named: string, number: number, note: string): CaseContents {
  const { of, exhibit } = requireExhibit(archive, named, number);
  inTransaction(archive.db, () =>
    recordEvent(archive, 'exhibit.noted', { exhibit: exhibit.id, note: words(note) }),
  );
  return readCase(archive, of.id);
}

/**
 * Puts an exhibit before another one, or last (`before` null). Numbers stay. Errors: `case-not-found`,
 * `exhibit-not-found`, `nothing-to-do` where it stands there already.
 */
export function putExhibit(
  archive: Archive,
  named: string,
  number: number,
  before: number | null,
): CaseContents {
  const { of, exhibit } = requireExhibit(archive, named, number);
  if (before !== null) requireExhibit(archive, of.id, before);
  const order = listExhibitRows(archive.db, of.id).map((one) => one.number);
  const rest = order.filter((one) => one !== number);
  const place = before === null ? rest.length : rest.indexOf(before);
  if (place === -1 || order[place] === number)
    throw new HoldfastError('nothing-to-do', `Exhibit ${number} stands there already.`);
  inTransaction(archive.db, () => recordEvent(archive, 'exhibit.moved', { exhibit: exhibit.id, place }));
  return readCase(archive, of.id);
}

/**
 * Takes an exhibit out of a case. What it is stays in the archive, and its number stays empty.
 * Errors: `case-not-found`, `exhibit-not-found`, `bad-input` without a reason.
 */
export function takeOutExhibit(
  archive: Archive,
  named: string,
  number: number,
  reason: string,
): CaseContents {
  const { of, exhibit } = requireExhibit(archive, named, number);
  const because = words(reason);
  if (because === null)
    throw new HoldfastError('bad-input', 'Say why the exhibit is removed; bundles of the case show it.');
  inTransaction(archive.db, () =>
    recordEvent(archive, 'exhibit.removed', { exhibit: exhibit.id, case: of.id, number, because }),
  );
  return readCase(archive, of.id);
}
