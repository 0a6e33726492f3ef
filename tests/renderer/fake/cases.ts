/** The cases of the fake: one with exhibits in three scripts, one that is empty, and what is made in the window. */
import type { Result } from '../../../contract/errors.ts';
import type { Case, CaseContents, Exhibit } from '../../../contract/model/case.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { idOf } from './ids.ts';
import type { FakeDesk } from './review.ts';

const space = 78;
const actor = { name: 'Ada Desk', basis: 'claimed' as const, signer: null };

type Part = Pick<
  HoldfastWindow,
  | 'listCases'
  | 'readCase'
  | 'makeCase'
  | 'changeCase'
  | 'labelExhibit'
  | 'addExhibits'
  | 'noteExhibit'
  | 'moveExhibit'
  | 'removeExhibit'
>;

function exhibit(number: number, changes: Partial<Exhibit>): Exhibit {
  return {
    id: idOf(space, 100 + number),
    number,
    captureId: idOf(space, 200 + number),
    postId: idOf(space, 300 + number),
    label: null,
    note: null,
    addedAt: '2026-03-04T10:00:00.000Z',
    actor,
    receivedAt: '2026-03-04T09:00:00.000Z',
    sourceName: 'post.html',
    handle: 'harbour_watch',
    text: 'They should all be thrown off the quay, every one of them.',
    ...changes,
  };
}

function made(n: number, name: string, timeZone: string): Case {
  return {
    id: idOf(space, n),
    name,
    timeZone,
    madeAt: '2026-03-04T08:00:00.000Z',
    actor,
    exhibits: 0,
    removed: 0,
  };
}

export function fakeCases(): CaseContents[] {
  return [
    { case: made(1, 'پرونده‌ی اسکله', 'Asia/Tehran'), exhibits: [], removed: [] },
    {
      case: made(0, 'Test Quay ./. Harbour Watch', 'Europe/Berlin'),
      exhibits: [
        exhibit(2, { label: 'The call to act', note: 'Ask the harbour office for the poster.' }),
        exhibit(1, { text: 'همه‌ی آنها را از اسکله بیرون کنید، همین امشب!', handle: 'naazer' }),
        exhibit(4, { postId: null, text: null, handle: null, sourceName: 'quay-2026-03-04.wacz' }),
        exhibit(5, { text: 'גרשו אותם מהרציף', handle: 'ratsif' }),
      ],
      removed: [
        {
          id: idOf(space, 103),
          number: 3,
          because: 'The same as exhibit 2.',
          removedAt: '2026-03-04T11:00:00.000Z',
          actor,
        },
      ],
    },
  ];
}

export function makeFakeCases({ answer, withArchive, fail }: FakeDesk, cases: CaseContents[]): Part {
  const counted = (contents: CaseContents): CaseContents => ({
    ...contents,
    case: {
      ...contents.case,
      exhibits: contents.exhibits.length,
      removed: contents.removed.length,
    },
  });
  const change = (
    caseId: string,
    act: (before: CaseContents) => Partial<CaseContents>,
  ): Result<CaseContents> => {
    const at = cases.findIndex(({ case: { id } }) => id === caseId);
    const before = cases[at];
    if (before === undefined) return fail('case-not-found', 'There is no such case.');
    const after = { ...before, ...act(before) };
    cases[at] = after;
    return { ok: true, value: counted(after) };
  };
  return {
    listCases: (input) =>
      answer('listCases', input, () =>
        withArchive(() => ({ ok: true, value: { cases: cases.map((each) => counted(each).case) } })),
      ),
    readCase: (input) => answer('readCase', input, () => change(input.caseId, () => ({}))),
    makeCase: (input) =>
      answer('makeCase', input, () => {
        if (cases.some(({ case: { name } }) => name === input.name))
          return fail('case-name-taken', `A case is called "${input.name}" already.`);
        const one = made(cases.length, input.name, input.timeZone);
        cases.unshift({ case: one, exhibits: [], removed: [] });
        return { ok: true, value: one };
      }),
    addExhibits: (input) =>
      answer('addExhibits', input, () =>
        change(input.caseId, ({ exhibits, removed }) => ({
          exhibits: [
            ...exhibits,
            ...input.exhibits.map(({ id, label }, i) =>
              exhibit(exhibits.length + removed.length + 1 + i, { postId: id, label }),
            ),
          ],
        })),
      ),
    changeCase: (input) =>
      answer('changeCase', input, () => {
        const { caseId, ...facts } = input;
        const after = change(caseId, (before) => ({ case: { ...before.case, ...facts } }));
        return after.ok ? { ok: true, value: after.value.case } : after;
      }),
    labelExhibit: (input) =>
      answer('labelExhibit', input, () =>
        change(input.caseId, ({ exhibits }) => ({
          exhibits: exhibits.map((one) =>
            one.number === input.number ? { ...one, label: input.label || null } : one,
          ),
        })),
      ),
    noteExhibit: (input) =>
      answer('noteExhibit', input, () =>
        change(input.caseId, ({ exhibits }) => ({
          exhibits: exhibits.map((one) =>
            one.number === input.number ? { ...one, note: input.note || null } : one,
          ),
        })),
      ),
    moveExhibit: (input) =>
      answer('moveExhibit', input, () =>
        change(input.caseId, ({ exhibits }) => {
          const rest = exhibits.filter(({ number }) => number !== input.number);
          const moved = exhibits.filter(({ number }) => number === input.number);
          const at = rest.findIndex(({ number }) => number === input.before);
          const place = at === -1 ? rest.length : at;
          return { exhibits: [...rest.slice(0, place), ...moved, ...rest.slice(place)] };
        }),
      ),
    removeExhibit: (input) =>
      answer('removeExhibit', input, () =>
        change(input.caseId, ({ exhibits, removed }) => ({
          exhibits: exhibits.filter(({ number }) => number !== input.number),
          removed: [
            ...removed,
            {
              id: idOf(space, 100 + input.number),
              number: input.number,
              because: input.because,
              removedAt: '2026-03-04T12:00:00.000Z',
              actor,
            },
          ],
        })),
      ),
  };
}
