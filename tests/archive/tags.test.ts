import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkClauses } from '../../archive/policies/notes.ts';
import { listClauses, listPosts } from '../../archive/posts.ts';
import { addTag, type NewTag } from '../../archive/tags/add.ts';
import { addTags } from '../../archive/tags/many.ts';
import { prepareTag } from '../../archive/tags/prepare.ts';
import { checkedQuotes, findQuote, quoteFrom } from '../../archive/tags/quotes.ts';
import { readTag, readTags } from '../../archive/tags/read.ts';
import type { Quote } from '../../contract/model/clause.ts';
import { tagSchema } from '../../contract/model/tag.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../support/archive.ts';
import { ferryArchive, glorify, hateful, stateActors } from '../support/library.ts';

const text = 'آنها را 👨‍👩‍👧 می‌شناسم and "them" too';
const packKey = 'x/hateful-conduct';
const eventCount = (archive: Awaited<ReturnType<typeof makeArchive>>) =>
  archive.db.prepare('SELECT count(*) FROM event').pluck().get();

test('a tag keeps the words, their place in code points, the clause, the reason and who', async () => {
  const archive = await makeArchive();
  const postId = await importPage(archive, text);
  const quote = findQuote(text, '👨‍👩‍👧 می‌شناسم');

  const tag = addTag(archive, { postId, clauseKey: packKey, quotes: [quote], because: ' a reason ' });

  expect(quote).toEqual({ text: '👨‍👩‍👧 می‌شناسم', start: 8, end: 8 + [...'👨‍👩‍👧 می‌شناسم'].length });
  expect(tag).toMatchObject({
    postId,
    finding: 'breach',
    quotes: [quote],
    because: 'a reason',
    clause: { key: packKey, version: null, text: null, url: 'https://x.example/rules' },
    actor: { name: 'Tess Ter', basis: 'claimed' },
    sure: null,
    account: null,
    considered: [],
    flags: [],
  });
  expect(tagSchema.parse(tag)).toEqual(tag);
  expect(readTags(archive, postId)).toEqual([tag]);
  expect(readTag(archive, tag.id)).toEqual(tag);
  expect(listPosts(archive, '', 0, 10).posts[0]?.tagCount).toBe(1);
  checkArchive(archive);
});

test.each([
  ['Persian with zero-width joiners', 'می‌گویند که آن‌ها نمی‌آیند', 'نمی‌آیند', 'می‌گویند'],
  ['emoji of several code points', 'a 👩🏽‍🚒 b 🏴󠁧󠁢󠁳󠁣󠁴󠁿 c 👨‍👩‍👧‍👦 d', '👨‍👩‍👧‍👦', '👩🏽‍🚒 b 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['mixed direction', 'He said «من اینجا هستم» at 10:30 עברית end', 'at 10:30 עברית', '«من اینجا'],
  ['combining marks', 'e\u0301a\u0308 x e\u0301', 'e\u0301a', 'x e\u0301'],
])(
  'two quotes in %s: in the order of the text, and their words at their offsets',
  async (_name, words, a, b) => {
    const archive = await makeArchive({ plain: true });
    const postId = await importPage(archive, words);

    const { quotes } = addTag(archive, {
      postId,
      clauseKey: packKey,
      because: 'x',
      quotes: [findQuote(words, a), quoteFrom(words, b, [findQuote(words, a)]).quote],
    });

    const points = [...words];
    expect(quotes.map(({ start, end }) => points.slice(start, end).join(''))).toEqual(
      [a, b].sort((x, y) => words.indexOf(x) - words.indexOf(y)),
    );
    expect(quotes.map((quote) => quote.text)).toEqual(
      quotes.map(({ start, end }) => points.slice(start, end).join('')),
    );
    checkArchive(archive);
    await checkLog(archive);
  },
);

test('a quote is found at its offsets, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(), (value, a, b) => {
      const points = [...value];
      const [from, to] = [a % points.length, (b % points.length) + 1].sort((x, y) => x - y);
      const words = points.slice(from, to).join('');
      fc.pre(words !== '');

      const quote = findQuote(value, words);

      expect(points.slice(quote.start, quote.end).join('')).toBe(words);
      expect(quote.start).toBeLessThanOrEqual(from ?? 0);
    }),
  );
});

test('quotes are taken in any order and only where their words stand, none over another', () => {
  const unit = fc.constantFrom('a', 'ب', '\u200c', '👍', '\u{1f3fd}', '\u0301', ' ');
  fc.assert(
    fc.property(
      fc.array(unit, { minLength: 1, maxLength: 30 }),
      fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 4 }),
      (points, places) => {
        const quotes = places.map(
          ([start, length]): Quote => ({
            start,
            end: start + length,
            text: points.slice(start, start + length).join(''),
          }),
        );
        const fits = quotes.every(({ end }) => end <= points.length);
        const isFree = quotes.every((a, i) =>
          quotes.every((b, j) => i === j || a.end <= b.start || b.end <= a.start),
        );
        const check = () => checkedQuotes(points.join(''), quotes);

        if (!fits || !isFree) expect(check).toThrowError();
        else expect(check()).toEqual([...quotes].sort((a, b) => a.start - b.start));
      },
    ),
  );
});

test('the same words asked for twice are two quotes, at the first places that are free', () => {
  const first = quoteFrom('ab ab ab', 'ab', []);
  expect(first).toEqual({ quote: { text: 'ab', start: 0, end: 2 }, places: 3 });
  expect(quoteFrom('ab ab ab', 'ab', [first.quote]).quote).toEqual({ text: 'ab', start: 3, end: 5 });
});

const quoted = (words: string, start: number, end: number) => ({
  quotes: [{ text: words, start, end }],
});
test.each<[string, Partial<NewTag>, string]>([
  ['words that do not stand there', quoted('Nobody', 0, 6), 'quote-not-in-post'],
  ['offsets beyond the end', quoted('too', 900, 903), 'quote-not-in-post'],
  ['offsets from the end', quoted('too', -3, 99), 'quote-not-in-post'],
  ['a quote of nothing', quoted('', 3, 3), 'quote-not-in-post'],
  [
    'quotes that overlap',
    { quotes: [findQuote(text, 'می‌شناسم and'), findQuote(text, 'and "them"')] },
    'bad-input',
  ],
  ['a quote twice', { quotes: [findQuote(text, 'too'), findQuote(text, 'too')] }, 'bad-input'],
  ['a clause that is not there', { clauseKey: 'x/no-such-rule' }, 'clause-not-found'],
  ['a breach of no clause', { clauseKey: null }, 'bad-input'],
  ['no reason', { because: '  ' }, 'bad-input'],
  ['a post that is not there', { postId: '01890a5d-ac96-774b-bcce-b302099a8057' }, 'post-not-found'],
  [
    'an answer to what is no exception of it',
    { considered: [{ key: stateActors, answer: 'applies', because: null }] },
    'bad-input',
  ],
  [
    'an answer without a clause',
    {
      clauseKey: null,
      finding: 'unclear',
      considered: [{ key: stateActors, answer: 'applies', because: null }],
    },
    'bad-input',
  ],
])('%s is refused and nothing is recorded', async (_name, change, code) => {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, text);
  const before = eventCount(archive);

  expect(() => addTag(archive, { postId, clauseKey: packKey, because: 'x', ...change })).toThrowError(
    expect.objectContaining({ code }),
  );

  expect(eventCount(archive)).toBe(before);
});

test('a clause of the library: the version, its words, and every linked exception with its answer', async () => {
  const archive = await ferryArchive();
  const postId = await importPage(archive, 'They celebrated it.');
  linkClauses(archive, { from: packKey, to: glorify, kind: 'limits', because: null });

  const prepared = prepareTag(archive, postId, glorify);
  const silent = addTag(archive, { postId, clauseKey: glorify, because: 'x' });
  const answered = addTag(archive, {
    postId,
    clauseKey: glorify,
    because: 'x',
    sure: 'likely',
    considered: [{ key: stateActors, answer: 'does-not-apply', because: ' no state ' }],
  });

  expect(prepared.clause).toMatchObject({
    key: glorify,
    policy: 'Community Guidelines',
    role: 'prohibition',
    text: 'You may not glorify, celebrate or praise violent events.',
    url: null,
  });
  expect(prepared.exceptions).toMatchObject([
    { key: packKey, text: null },
    { key: stateActors, text: expect.stringContaining('state actors') as string, role: 'exception' },
  ]);
  expect(silent.clause).toEqual(prepared.clause);
  expect(silent.dates).toEqual(prepared.dates);
  expect(silent.considered).toMatchObject([
    { key: packKey, answer: 'not-considered', because: null, title: 'Hateful conduct' },
    { key: stateActors, answer: 'not-considered', because: null },
  ]);
  expect(answered).toMatchObject({
    sure: 'likely',
    considered: [{ answer: 'not-considered' }, { answer: 'does-not-apply', because: 'no state' }],
  });
  checkArchive(archive);
  await checkLog(archive);
});

test('no violation and unclear are judgements, with a clause or without; an account is known by its post', async () => {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, text);

  const none = addTag(archive, { postId, clauseKey: null, finding: 'no-violation', because: 'x' });
  const unclear = addTag(archive, { postId, clauseKey: packKey, finding: 'unclear', because: 'x' });
  const account = addTag(archive, { postId, clauseKey: packKey, account: true, because: 'x' });

  expect(none).toMatchObject({ finding: 'no-violation', clause: null, dates: [] });
  expect(unclear).toMatchObject({ finding: 'unclear', clause: { key: packKey } });
  expect(account.account).toEqual({ platform: 'social.example', platformId: null, handle: 'ada' });
  checkArchive(archive);
});

test('many posts as one act, all or none, each with its own dates', async () => {
  const archive = await ferryArchive();
  const postIds = [await importPage(archive, 'one'), await importPage(archive, 'two')];
  const judgement = { clauseKey: hateful, because: 'the same words', finding: 'unclear' as const };
  const before = eventCount(archive);

  for (const change of [
    { postIds: [...postIds, '01890a5d-ac96-774b-bcce-b302099a8057'] },
    { considered: [{ key: stateActors, answer: 'applies' as const, because: null }] },
    { because: '' },
  ]) {
    expect(() => addTags(archive, { ...judgement, postIds, ...change })).toThrowError();
    expect(eventCount(archive)).toBe(before);
  }
  const done = addTags(archive, { ...judgement, postIds: [...postIds, postIds[0] ?? ''] });

  expect(done.tags).toBe(2);
  for (const postId of postIds) {
    expect(readTags(archive, postId)).toMatchObject([
      {
        batch: done.batch,
        finding: 'unclear',
        quotes: [],
        because: 'the same words',
        clause: { key: hateful },
      },
    ]);
  }
  checkArchive(archive);
  await checkLog(archive);
});

test('a tag that is not there is refused by name', async () => {
  const archive = await makeArchive({ plain: true });

  expect(() => readTag(archive, '01890a5d-ac96-774b-bcce-b302099a8057')).toThrowError(
    expect.objectContaining({ code: 'tag-not-found' }),
  );
});

test('clauses are found by any of their words', async () => {
  const archive = await makeArchive();

  expect(listClauses(archive, 'CONDUCT people', null)).toHaveLength(1);
  expect(listClauses(archive, 'conduct nothing', null)).toHaveLength(0);
  expect(listClauses(archive, '', 'youtube')).toHaveLength(0);
});
