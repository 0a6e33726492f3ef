/** The personas of the fake: two, one retired, and what is made in the window. */
import type { Result } from '../../../contract/errors.ts';
import { type Persona, usualPersonaPace } from '../../../contract/model/persona.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { idOf } from './ids.ts';
import type { FakeDesk } from './review.ts';

const personaSpace = 77;

type Part = Pick<
  HoldfastWindow,
  'listPersonas' | 'addPersona' | 'changePersona' | 'retirePersona' | 'clearPersonaSession'
>;

export function fakePersonas(): Persona[] {
  const plain = {
    languages: [],
    timeZone: null,
    userAgent: null,
    proxy: null,
    retired: false,
    pace: usualPersonaPace,
  };
  return [
    {
      ...plain,
      id: idOf(personaSpace, 0),
      name: 'Orla of the Test Quay',
      colour: 'teal',
      languages: ['fa-IR', 'fa', 'en'],
      timeZone: 'Asia/Tehran',
      proxy: 'socks5://127.0.0.1:9050',
      sessionKeptAt: '2026-03-04T09:30:00.000Z',
      captures: 12,
    },
    {
      ...plain,
      id: idOf(personaSpace, 1),
      name: 'ناظر اسکله',
      colour: 'pink',
      sessionKeptAt: null,
      captures: 0,
    },
    {
      ...plain,
      id: idOf(personaSpace, 2),
      name: 'Old Pier',
      colour: 'gray',
      retired: true,
      sessionKeptAt: null,
      captures: 3,
    },
  ];
}

export function makeFakePersonas({ answer, withArchive, fail }: FakeDesk, personas: Persona[]): Part {
  const change = (personaId: string, changes: Partial<Persona>): Result<Persona> => {
    const at = personas.findIndex(({ id }) => id === personaId);
    const before = personas[at];
    if (before === undefined) return fail('persona-not-found', 'There is no such persona.');
    const persona = { ...before, ...changes };
    personas[at] = persona;
    return { ok: true, value: persona };
  };
  const given = (changes: object): Partial<Persona> =>
    Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    listPersonas: (input) =>
      answer('listPersonas', input, () =>
        withArchive(() => ({ ok: true, value: { personas: [...personas] } })),
      ),
    addPersona: (input) =>
      answer('addPersona', input, () => {
        if (personas.some(({ name }) => name === input.name))
          return fail(
            'persona-name-taken',
            `A persona is called "${input.name}" already. Choose another name.`,
          );
        const id = idOf(personaSpace, personas.length);
        const persona = { ...input, id, retired: false, sessionKeptAt: null, captures: 0 };
        personas.push(persona);
        return { ok: true, value: persona };
      }),
    changePersona: (input) =>
      answer('changePersona', input, () => change(input.personaId, given(input.changes))),
    retirePersona: (input) =>
      answer('retirePersona', input, () => change(input.personaId, { retired: true, sessionKeptAt: null })),
    clearPersonaSession: (input) =>
      answer('clearPersonaSession', input, () => change(input.personaId, { sessionKeptAt: null })),
  };
}
