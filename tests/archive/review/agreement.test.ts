import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreement, type Said, saidOf } from '../../../archive/review/agreement.ts';
import type { Finding } from '../../../contract/model/tag.ts';

const breach = (...clauses: string[]): Said => ({ finding: 'breach', clauses });
const unclear: Said = { finding: 'unclear', clauses: [''] };
const none: Said = { finding: 'no-violation', clauses: [] };

/** `cells`: how often the first said this and the second that. */
function table(cells: readonly (readonly [Said, Said, number])[]): [Map<string, Said>, Map<string, Said>] {
  const posts = cells.flatMap(([a, b, times]) => Array.from({ length: times }, () => [a, b] as const));
  return [
    new Map(posts.map(([a], i) => [`post ${i}`, a])),
    new Map(posts.map(([, b], i) => [`post ${i}`, b])),
  ];
}

test('two findings: the example with 20, 5, 10, 15', () => {
  const [first, second] = table([
    [breach('a'), breach('a'), 20],
    [breach('a'), none, 5],
    [none, breach('b'), 10],
    [none, none, 15],
  ]);

  // Observed: 35 of 50 = 0.7. By chance: (25·30 + 25·20) / 50² = 1250 / 2500 = 0.5. Kappa: 0.2 / 0.5 = 0.4.
  expect(agreement(first, second)).toEqual({ both: 50, sameFinding: 35, sameClauses: 35, kappa: 0.4 });
});

test('three findings, other clauses, and posts that only one judged', () => {
  const [first, second] = table([
    [breach('a'), breach('a'), 3],
    [breach('a'), breach('a', 'b'), 1],
    [breach('a'), unclear, 1],
    [unclear, unclear, 1],
    [unclear, none, 2],
    [none, none, 2],
  ]);
  first.set('only one', none);
  second.set('only the other', breach('a'));

  // Rows: 5 breach, 3 unclear, 2 none. Columns: 4 breach, 2 unclear, 4 none. Of 10, on the diagonal: 4 + 1 + 2 = 7.
  // By chance: (5·4 + 3·2 + 2·4) / 100 = 34 / 100. Kappa: (0.70 − 0.34) / (1 − 0.34) = 36 / 66 = 6 / 11.
  expect(agreement(first, second)).toEqual({ both: 10, sameFinding: 7, sameClauses: 6, kappa: 36 / 66 });
});

test('worse than chance is below zero; always the same word says nothing; nor does no post', () => {
  // Observed 0 of 2. By chance: (1·1 + 1·1) / 4 = 0.5. Kappa: (0 − 0.5) / 0.5 = −1.
  expect(
    agreement(
      ...table([
        [breach('a'), none, 1],
        [none, breach('a'), 1],
      ]),
    ).kappa,
  ).toBe(-1);
  expect(agreement(...table([[none, none, 9]]))).toMatchObject({ both: 9, sameFinding: 9, kappa: null });
  expect(agreement(new Map(), new Map())).toEqual({ both: 0, sameFinding: 0, sameClauses: 0, kappa: null });
});

test('several tags of one post say one thing together', () => {
  const said = (...tags: [Finding, string | null][]) =>
    saidOf(tags.map(([finding, clause]) => ({ finding, clause })));

  expect(said(['breach', 'b'], ['unclear', 'c'], ['breach', 'a'], ['breach', 'b'])).toEqual(breach('a', 'b'));
  expect(said(['no-violation', 'a'], ['unclear', null])).toEqual(unclear);
  expect(said(['no-violation', 'a'], ['no-violation', null])).toEqual(none);
});

test('it does not matter who is first, and kappa stays between −1 and 1', () => {
  const one = fc.constantFrom(breach('a'), breach('b'), unclear, none);
  fc.assert(
    fc.property(fc.array(fc.tuple(one, one, fc.integer({ min: 1, max: 4 })), { maxLength: 9 }), (cells) => {
      const [first, second] = table(cells);

      const result = agreement(first, second);

      expect(agreement(second, first)).toEqual(result);
      expect(result.sameClauses).toBeLessThanOrEqual(result.sameFinding);
      expect(Math.abs(result.kappa ?? 0)).toBeLessThanOrEqual(1);
    }),
  );
});
