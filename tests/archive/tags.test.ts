import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listClauses, listPosts } from '../../archive/posts.ts';
import { addTag, findQuote, listTags } from '../../archive/tags.ts';
import { checkArchive, importPage, makeArchive } from '../support/archive.ts';

const text = 'آنها را 👨‍👩‍👧 می‌شناسم and "them" too';

test('a tag keeps the words, their place in code points, the clause, the reason and who', async () => {
  const archive = await makeArchive();
  const postId = await importPage(archive, text);
  const quote = findQuote(text, '👨‍👩‍👧 می‌شناسم');

  const tag = addTag(archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    quotes: [quote],
    because: ' a reason ',
  });

  expect(quote).toEqual({ text: '👨‍👩‍👧 می‌شناسم', start: 8, end: 8 + [...'👨‍👩‍👧 می‌شناسم'].length });
  expect(tag).toMatchObject({
    postId,
    quotes: [quote],
    because: 'a reason',
    clause: { key: 'x/hateful-conduct' },
    actor: { name: 'Tess Ter', basis: 'claimed' },
  });
  expect(listTags(archive, postId)).toEqual([tag]);
  expect(listPosts(archive, '', 0, 10).posts[0]?.tagCount).toBe(1);
  checkArchive(archive);
});

test('a quote is found at its offsets, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(), (value, a, b) => {
      const points = [...value];
      const [from, to] = [a % points.length, (b % points.length) + 1].sort((x, y) => x - y);
      const words = points.slice(from, to).join('');
      fc.pre(words !== '');

      const quote = findQuote(value, words);

      expect(points.slice(quote.start, quote.end).join('')).toBe(words);
    }),
  );
});

test.each([
  ['words that do not stand there', { quotes: [{ text: 'Nobody', start: 0, end: 6 }] }, 'quote-not-in-post'],
  ['offsets beyond the end', { quotes: [{ text: 'too', start: 900, end: 903 }] }, 'quote-not-in-post'],
  ['a clause that is not there', { clauseKey: 'x/no-such-rule' }, 'clause-not-found'],
  ['no reason', { because: '  ' }, 'bad-input'],
  ['a post that is not there', { postId: '01890a5d-ac96-774b-bcce-b302099a8057' }, 'post-not-found'],
])('%s is refused and nothing is recorded', async (_name, change, code) => {
  const archive = await makeArchive();
  const postId = await importPage(archive, text);
  const before = archive.db.prepare('SELECT count(*) FROM event').pluck().get();

  expect(() =>
    addTag(archive, { postId, clauseKey: 'x/hateful-conduct', because: 'x', ...change }),
  ).toThrowError(expect.objectContaining({ code }));

  expect(archive.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(before);
});

test('clauses are found by any of their words', async () => {
  const archive = await makeArchive();

  expect(listClauses(archive, 'CONDUCT people', null)).toHaveLength(1);
  expect(listClauses(archive, 'conduct nothing', null)).toHaveLength(0);
  expect(listClauses(archive, '', 'youtube')).toHaveLength(0);
});
