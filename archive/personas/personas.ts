/** Personas: made, changed, retired. Each act is an event; none of them leaves in a bundle. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Persona, PersonaChanges, PersonaFacts } from '../../contract/model/persona.ts';
import { inTransaction } from '../../db/handle.ts';
import { deletePersonaSession, getPersona, listPersonaRows } from '../../db/persona.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { checkedFacts } from './facts.ts';

/** Retired ones last. */
export function listPersonas(archive: Archive): Persona[] {
  return listPersonaRows(archive.db);
}

/** By id, or by the name of one that is not retired. Errors: `persona-not-found`. */
export function requirePersona(archive: Archive, named: string): Persona {
  const persona =
    getPersona(archive.db, named) ??
    listPersonaRows(archive.db).find(({ name, retired }) => name === named && !retired);
  if (persona !== undefined) return persona;
  throw new HoldfastError(
    'persona-not-found',
    `There is no persona "${named.slice(0, 80)}" in this archive. 'holdfast persona list' shows them.`,
  );
}

/** One that pages may be looked at with. Errors: `persona-not-found`, `persona-retired`. */
export function requireActive(archive: Archive, named: string): Persona {
  const persona = requirePersona(archive, named);
  if (!persona.retired) return persona;
  throw new HoldfastError(
    'persona-retired',
    `The persona "${persona.name}" was retired: captures that it made stay, no new ones are made. Make another.`,
  );
}

function requireFree(archive: Archive, name: string, self: string | null): void {
  const key = (text: string): string => text.normalize('NFKC').toLowerCase();
  const other = listPersonaRows(archive.db).find(
    (one) => !one.retired && one.id !== self && key(one.name) === key(name),
  );
  if (other === undefined) return;
  throw new HoldfastError(
    'persona-name-taken',
    `A persona is called "${other.name}" already. Two that look alike are mixed up: choose another name.`,
  );
}

/** Errors: `bad-input`, `persona-name-taken`. */
export function addPersona(archive: Archive, draft: PersonaFacts): Persona {
  const facts = checkedFacts(draft);
  requireFree(archive, facts.name, null);
  const persona = newId();
  inTransaction(archive.db, () => recordEvent(archive, 'persona.added', { persona, ...facts }));
  return requirePersona(archive, persona);
}

/** Null takes away what was there; nothing leaves it. */
function given<T>(change: T | undefined, before: T): T {
  return change === undefined ? before : change;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Takes what is given and leaves the rest. Errors: `persona-not-found`, `persona-retired`, `bad-input`, `persona-name-taken`, `nothing-to-do`. */
export function changePersona(archive: Archive, named: string, changes: PersonaChanges): Persona {
  const before = requireActive(archive, named);
  const { id } = before;
  const facts = checkedFacts({
    name: changes.name ?? before.name,
    colour: changes.colour ?? before.colour,
    languages: changes.languages ?? before.languages,
    timeZone: given(changes.timeZone, before.timeZone),
    userAgent: given(changes.userAgent, before.userAgent),
    proxy: given(changes.proxy, before.proxy),
    pace: given(changes.pace, before.pace),
  });
  if (Object.entries(facts).every(([name, value]) => isSame(value, Reflect.get(before, name))))
    throw new HoldfastError('nothing-to-do', 'The persona is like this already.');
  requireFree(archive, facts.name, id);
  inTransaction(archive.db, () => recordEvent(archive, 'persona.changed', { persona: id, ...facts }));
  return requirePersona(archive, id);
}

/** From here on nothing is captured under it; its session is deleted. Errors: `persona-not-found`, `persona-retired`. */
export function retirePersona(archive: Archive, named: string): Persona {
  const { id } = requireActive(archive, named);
  inTransaction(archive.db, () => {
    if (deletePersonaSession(archive.db, id))
      recordEvent(archive, 'persona.session', { persona: id, act: 'cleared' });
    recordEvent(archive, 'persona.retired', { persona: id });
  });
  return requirePersona(archive, id);
}
