import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newKey, pageSlug, platformSlug, slug } from '../../../evidence/policy/keys.ts';
import { type KnownClause, type MatchClause, matchClauses } from '../../../evidence/policy/match.ts';
import { likeness, wordPairs } from '../../../evidence/policy/words.ts';

const clause = (title: string, words: string, path = ['The Rules', 'Safety']): MatchClause => ({
  title,
  words,
  path,
});
const known = (key: string, ...of: Parameters<typeof clause>): KnownClause => ({
  ...clause(...of),
  key,
  isPresent: true,
});
const matched = (before: KnownClause[], next: MatchClause[]) =>
  matchClauses(before, next).map(({ key, how }) => [key, how]);

const hate = 'You may not attack people on the basis of race, religion or origin.';
const threat = 'You may not threaten violence against a person.';

test('the same words in the same place, elsewhere, and under another title keep their key', () => {
  expect(
    matched(
      [
        known('a', 'Hateful conduct', hate),
        known('b', 'Threats', threat),
        known('c', 'Spam', 'No spam at all here.'),
      ],
      [
        clause('Hateful conduct', hate),
        clause('Threats', threat, ['Violence policy']),
        clause('Unwanted messages', 'No spam at all here.', ['Messages']),
      ],
    ),
  ).toEqual([
    ['a', 'same'],
    ['b', 'moved'],
    ['c', 'moved'],
  ]);
});

test('a reworded clause keeps its key by title and likeness; what is not like anything is new', () => {
  const results = matchClauses(
    [known('a', 'Hateful conduct', hate), known('b', 'Threats', threat)],
    [
      clause(
        'Hateful conduct',
        'You may not attack others on the basis of race, caste, religion, origin or disease.',
      ),
      clause('Weapons', 'Selling firearms is not permitted anywhere on this service.'),
      clause('Violent speech', 'You may not threaten any violence against a person or group.', [
        'Violence policy',
      ]),
    ],
  );

  expect(results.map(({ key, how }) => [key, how])).toEqual([
    ['a', 'reworded'],
    [null, 'new'],
    ['b', 'reworded'],
  ]);
  expect(results[0]?.likeness).toBeGreaterThan(0.4);
  expect(results[0]?.likeness).toBeLessThan(1);
});

test('the same sentence on many pages goes to the clause of its own page', () => {
  const report = 'Anyone can report potential violations of this policy.';
  const pages = ['Threats', 'Hate', 'Spam'].map((page) => [page, 'Who can report?']);

  expect(
    matched(
      pages.map((path, i) => known(`k${i}`, 'Who can report?', report, path)),
      [...pages].reverse().map((path) => clause('Who can report?', report, path)),
    ),
  ).toEqual([
    ['k2', 'same'],
    ['k1', 'same'],
    ['k0', 'same'],
  ]);
});

test('a clause that was gone comes back under its key, but not before one that was there', () => {
  const gone = { ...known('gone', 'Threats', threat), isPresent: false };

  expect(matched([gone], [clause('Threats', threat)])).toEqual([['gone', 'same']]);
  expect(matched([gone, known('there', 'Threats', threat)], [clause('Threats', threat)])).toEqual([
    ['there', 'same'],
  ]);
});

test('no key is given twice, whatever stands there', () => {
  const words = fc
    .array(fc.constantFrom('you', 'may', 'not', 'share', 'hate', 'spam'), { maxLength: 8 })
    .map((w) => w.join(' '));
  const clauses = fc.array(
    fc.record({ title: fc.constantFrom('A', 'B'), words, path: fc.constantFrom(['P'], ['P', 'Q'], []) }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(clauses, clauses, (before, next) => {
      const results = matchClauses(
        before.map((c, i) => ({ ...c, key: `k${i}`, isPresent: i % 2 === 0 })),
        next,
      );
      const keys = results.flatMap(({ key }) => (key === null ? [] : [key]));
      expect(results).toHaveLength(next.length);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test('likeness is 1 for the same words, 0 for none in common, and the same both ways', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const [x, y] = [wordPairs(a), wordPairs(b)];
      expect(likeness(x, y)).toBe(likeness(y, x));
      expect(likeness(x, x)).toBe(x.size === 0 ? 0 : 1);
    }),
  );
  expect(likeness(wordPairs('one two'), wordPairs('three four'))).toBe(0);
});

test('keys: small letters of any script, short, and never the same twice', () => {
  const taken = new Set<string>();
  const clauseOf = {
    platform: 'x',
    policy: 'Rules',
    path: ['The Hateful Conduct Policy', 'Overview'],
    title: 'What’s not a violation?',
  };

  expect(newKey(clauseOf, taken)).toBe('x/hateful-conduct/whats-not-a-violation');
  expect(newKey(clauseOf, taken)).toBe('x/hateful-conduct/whats-not-a-violation-2');
  expect(newKey({ ...clauseOf, path: [], title: '***' }, taken)).toBe('x/rules/clause');
  expect(slug('گفتار نفرت‌انگیز', 'clause')).toBe('گفتار-نفرت-انگیز');
  expect(platformSlug('X (Twitter)')).toBe('x-twitter');
  expect(pageSlug([], 'Nutzungsbedingungen für alle')).toBe('nutzungsbedingungen-für-alle');
});
