import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cameAfter,
  dayLength,
  inForceByText,
  inForceThroughout,
  type Sighting,
} from '../../../evidence/policy/in-force.ts';

const seen = (
  version: string,
  day: string,
  words: string | null,
  inForceFrom: string | null = null,
): Sighting => ({
  version,
  seen: { at: `${day}T00:00:00.000Z`, precision: 'day' },
  inForceFrom: inForceFrom === null ? null : `${inForceFrom}T00:00:00.000Z`,
  words,
});
const on = (day: string) => ({ from: Date.parse(day), to: Date.parse(day) + dayLength - 1 });
const short = (sightings: Sighting[], day: string) => {
  const { inForce, restsOn, shows } = inForceByText(sightings, on(day));
  return [inForce, restsOn, shows];
};

describe('by what was seen', () => {
  const history = [
    seen('a', '2020-01-01', null),
    seen('b', '2020-03-01', 'one'),
    seen('c', '2020-06-01', 'one'),
    seen('d', '2020-09-01', 'two'),
    seen('e', '2020-12-01', null),
    seen('f', '2021-03-01', null),
  ];
  test.each([
    ['before the first version', '2019-12-31', ['not-known', ['a'], null]],
    ['somewhere between, it came', '2020-02-01', ['not-known', ['a', 'b'], 'b']],
    ['on the day on which it was seen', '2020-03-01', ['yes', ['b'], 'b']],
    ['the same words before and after', '2020-04-15', ['yes', ['b', 'c'], 'b']],
    ['somewhere between, it was reworded', '2020-07-01', ['not-known', ['c', 'd'], 'c']],
    ['somewhere between, it went', '2020-10-01', ['not-known', ['d', 'e'], 'd']],
    ['on the day on which it was seen to be gone', '2020-12-01', ['no', ['e'], null]],
    ['gone before and after', '2021-01-01', ['no', ['e', 'f'], null]],
    ['after the last version', '2021-03-02', ['not-known', ['f'], null]],
  ])('%s: %s', (_what, day, answer) => {
    expect(short(history, day)).toEqual(answer);
  });

  test('two texts on one day: which at which hour is not known', () => {
    const both = [
      {
        ...seen('a', '2020-03-01', 'one'),
        seen: { at: '2020-03-01T09:00:00.000Z', precision: 'second' as const },
      },
      {
        ...seen('b', '2020-03-01', 'two'),
        seen: { at: '2020-03-01T18:00:00.000Z', precision: 'second' as const },
      },
    ];

    expect(short(both, '2020-03-01')).toEqual(['not-known', ['a', 'b'], 'b']);
    const noon = Date.parse('2020-03-01T18:00:00Z');
    expect(inForceByText(both, { from: noon, to: noon })).toMatchObject({ inForce: 'yes', restsOn: ['b'] });
  });

  test.each([
    ['it may have come later that day', '2020-03-01T01:00:00Z', 'not-known', ['a', 'b', 'c']],
    ['the same words before, others after', '2020-06-01T12:00:00Z', 'not-known', ['b', 'c', 'd']],
    ['nothing older', '2020-01-01T12:00:00Z', 'not-known', ['a']],
    ['nothing newer', '2021-03-01T12:00:00Z', 'not-known', ['f']],
  ])('at an instant of a day of a sighting, whose hour is not known: %s', (_what, at, inForce, restsOn) => {
    const time = Date.parse(at);
    expect(inForceByText(history, { from: time, to: time })).toMatchObject({ inForce, restsOn });
  });

  test('at an instant of a day of a sighting: yes where the words are the same before and after', () => {
    const same = [...history.slice(0, 3), seen('d', '2020-09-01', 'one')];
    const time = Date.parse('2020-06-01T12:00:00Z');
    expect(inForceByText(same, { from: time, to: time })).toMatchObject({
      inForce: 'yes',
      restsOn: ['b', 'c', 'd'],
    });
  });

  test('nothing was seen at all', () => {
    expect(inForceByText([], on('2020-01-01'))).toMatchObject({
      inForce: 'not-known',
      restsOn: [],
      shows: null,
    });
  });
});

describe('by a date from which the text is known to be in force', () => {
  const announced = [
    seen('a', '2024-02-01', 'one'),
    seen('b', '2024-04-17', 'two', '2024-05-17'),
    seen('c', '2024-09-01', 'two'),
  ];
  test.each([
    ['published and not in force yet: the text before', '2024-04-20', ['yes', ['a', 'b'], 'a']],
    ['on its first day', '2024-05-17', ['yes', ['b'], 'b']],
    ['between that day and the next sighting', '2024-07-01', ['yes', ['b', 'c'], 'b']],
    ['after the last sighting', '2024-10-01', ['not-known', ['c'], 'c']],
  ])('%s', (_what, day, answer) => {
    expect(short(announced, day)).toEqual(answer);
  });

  test('until then the text before is taken to be in force, and the answer says that it is taken so', () => {
    const { why } = inForceByText(announced, on('2024-04-20'));
    expect(why).toContain('seen 2024-02-01');
    expect(why).toContain('taken to be in force until 2024-05-16');
  });

  test('a text that was seen only after that day is not the one before it', () => {
    const late = [
      ...announced.slice(0, 1),
      seen('x', '2024-06-01', 'x'),
      seen('y', '2024-07-01', 'y', '2024-05-17'),
    ];
    expect(short(late, '2024-05-16')).toEqual(['yes', ['a', 'y'], 'a']);
  });
});

describe('all through a span', () => {
  const history = [
    seen('a', '2020-01-01', null),
    seen('b', '2020-03-01', 'one'),
    seen('c', '2020-06-01', 'one'),
    seen('d', '2020-09-01', 'two'),
    seen('e', '2020-12-01', null),
    seen('f', '2021-03-01', null),
  ];
  const through = (from: string, to: string) => {
    const asked = { from: Date.parse(from), to: Date.parse(to) + dayLength - 1 };
    const { inForce, restsOn, shows } = inForceThroughout(history, asked);
    return [inForce, restsOn, shows];
  };

  test.each([
    ['between the same words', '2020-04-01', '2020-05-30', ['yes', ['b', 'c'], 'b']],
    ['over a sighting with the same words around it', '2020-12-02', '2021-02-28', ['no', ['e', 'f'], null]],
    [
      'from the first hour of the day of the first sighting',
      '2020-03-01',
      '2020-05-01',
      ['not-known', ['a', 'b', 'c'], 'c'],
    ],
    [
      'begins before the first with the words',
      '2020-02-28',
      '2020-03-02',
      ['not-known', ['a', 'b', 'c'], 'c'],
    ],
    ['goes on to where it is reworded', '2020-05-01', '2020-06-02', ['not-known', ['b', 'c', 'd'], 'd']],
    ['gone all the time', '2020-12-02', '2021-02-01', ['no', ['e', 'f'], null]],
    ['gone, to the last hour of the last sighting', '2020-12-15', '2021-03-01', ['not-known', ['f'], null]],
    ['begins before the first version', '2019-12-01', '2020-01-10', ['not-known', ['a'], null]],
    ['goes on after the last version', '2021-02-01', '2021-04-01', ['not-known', ['f'], null]],
  ])('%s', (_what, from, to, answer) => {
    expect(through(from, to)).toEqual(answer);
  });

  test('it is "yes" or "no" only where every instant of it is', () => {
    const days = Array.from({ length: 28 }, (_, i) => `2020-02-${String(i + 1).padStart(2, '0')}`);
    const words = fc.constantFrom('one', 'two', null);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(27), { minLength: 1, maxLength: 5 }),
        fc.array(words, { minLength: 5, maxLength: 5 }),
        fc.nat(27),
        fc.nat(27),
        (places, texts, a, b) => {
          const sightings = places
            .sort((x, y) => x - y)
            .map((place, i) => seen(String(i), days[place] ?? '', texts[i] ?? null));
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const asked = { from: on(days[from] ?? '').from, to: on(days[to] ?? '').to };
          const inside = days.slice(from, to + 1).flatMap((day) => {
            const { from: first } = on(day);
            return [0, dayLength / 2, dayLength - 1].map((more) => {
              const at = first + more;
              const { inForce, shows } = inForceByText(sightings, { from: at, to: at });
              return `${inForce} ${sightings.find(({ version }) => version === shows)?.words ?? ''}`;
            });
          });

          const { inForce } = inForceThroughout(sightings, asked);

          const [first] = inside;
          const isOne = inside.every((answer) => answer === first) && !first?.startsWith('not-known');
          expect(inForce).toBe(isOne ? first?.split(' ')[0] : 'not-known');
        },
      ),
    );
  });
});

describe('a clause that came after a time', () => {
  const asked = on('2020-02-01');

  test.each<[string, Sighting[], string | null]>([
    [
      'not in the texts before and after',
      [seen('a', '2020-01-01', null), seen('b', '2020-03-01', null), seen('c', '2020-04-01', 'x')],
      'c',
    ],
    [
      'not in the first text, which is later',
      [seen('b', '2020-03-01', null), seen('c', '2020-04-01', 'x')],
      'c',
    ],
    ['it may have come before', [seen('a', '2020-01-01', null), seen('c', '2020-04-01', 'x')], null],
    [
      'it was there before',
      [seen('a', '2020-01-01', 'x'), seen('b', '2020-03-01', null), seen('c', '2020-04-01', 'x')],
      null,
    ],
    ['by its date', [seen('a', '2020-01-01', null), seen('c', '2020-01-15', 'x', '2020-04-01')], 'c'],
    ['never there', [seen('a', '2020-03-01', null)], null],
  ])('%s', (_what, sightings, has) => {
    expect(cameAfter(sightings, asked)?.has ?? null).toBe(has);
  });
});
