/** The personas of the fake: two, one retired, and what is made in the window. */
import type { Result } from '../../../contract/errors.ts';
import { type Persona, usualPersonaPace } from '../../../contract/model/persona.ts';
import type { TrailLine } from '../../../contract/model/trail.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { idOf } from './ids.ts';
import type { FakeDesk } from './review.ts';

const personaSpace = 77;

type Part = Pick<
  HoldfastWindow,
  | 'listPersonas'
  | 'addPersona'
  | 'changePersona'
  | 'retirePersona'
  | 'clearPersonaSession'
  | 'listTrail'
  | 'purgeTrail'
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

function fakeTrail(): TrailLine[] {
  const line = {
    persona: idOf(personaSpace, 0),
    personaName: 'Orla of the Test Quay',
    door: 'view' as const,
  };
  const home = 'https://social.example/harbour';
  return [
    {
      ...line,
      ...{ id: 3, at: '2026-03-04T09:41:00.000Z', url: `${home}/status/3`, referrer: home, sha256: null },
      captureId: null,
    },
    {
      ...line,
      ...{ id: 2, at: '2026-03-04T09:40:00.000Z', url: home, referrer: null, sha256: 'ab'.repeat(32) },
      captureId: idOf(1, 1),
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
  const trail = fakeTrail();
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
    listTrail: (input) =>
      answer('listTrail', input, () => ({
        ok: true,
        value: {
          total: trail.length,
          lines: trail.map((line) => ({ ...line, persona: input.persona ?? line.persona })),
        },
      })),
    purgeTrail: (input) =>
      answer('purgeTrail', input, () => ({ ok: true, value: { purged: trail.splice(0).length } })),
    changePersona: (input) =>
      answer('changePersona', input, () => change(input.personaId, given(input.changes))),
    retirePersona: (input) =>
      answer('retirePersona', input, () => change(input.personaId, { retired: true, sessionKeptAt: null })),
    clearPersonaSession: (input) =>
      answer('clearPersonaSession', input, () => change(input.personaId, { sessionKeptAt: null })),
  };
}
