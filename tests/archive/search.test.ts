import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listPosts } from '../../archive/posts.ts';
import { toMatch } from '../../db/search/index.ts';
import { importPage, makeArchive } from '../support/archive.ts';

test.each([
  ['case and diacritics', 'ÉCLAIR', 'eclair'],
  ['the beginning of the last word', 'preservation', 'preserv'],
  ['Arabic yeh and kaf for Persian', 'یک کتاب', 'يك'],
  ['a word with and without its joiner', 'می‌خواهم', 'میخواهم'],
  ['vowel marks and tatweel', 'مُحَـمَّد', 'محمد'],
  ['digits of another script', '۲۰۲۱', '2021'],
  ['full-width letters', 'ＡＢＣ', 'abc'],
  ['a character in a script without spaces', '我爱北京天安门', '北京'],
  ['a word beside punctuation', 'say #Freedom!', 'freedom'],
  ['words in any order', 'one two three', 'three one'],
  ['quoted words together', 'one two three', '"two three"'],
])('search finds %s', async (_name, text, query) => {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, text);
  await importPage(archive, 'something else');

  const { total, posts } = listPosts(archive, query, 0, 10);

  expect(posts.map((post) => post.postId)).toEqual([postId]);
  expect(total).toBe(1);
});

test.each([
  ['words that do not all occur', 'one four'],
  ['quoted words that are apart', '"one three"'],
  ['characters in another order', '京北'],
  ['nothing but signs', '*"('],
])('search does not find %s', async (_name, query) => {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'one two three 北京');

  expect(listPosts(archive, query, 0, 10).total).toBe(0);
});

test('the library is listed newest first, in pages, and says how many there are', async () => {
  const archive = await makeArchive({ plain: true });
  const ids: string[] = [];
  for (const word of ['a', 'b', 'c', 'd', 'e']) ids.unshift(await importPage(archive, `post ${word}`));

  const first = listPosts(archive, '', 0, 2);
  const second = listPosts(archive, 'post', 2, 2);

  expect(first).toMatchObject({ total: 5, totalIsLowerBound: false });
  expect(first.posts.map((post) => post.postId)).toEqual(ids.slice(0, 2));
  expect(second.posts.map((post) => post.postId)).toEqual(ids.slice(2, 4));
});

test('whatever is typed is no error', async () => {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'one two three');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      expect(listPosts(archive, typed, 0, 5).total).toBeGreaterThanOrEqual(0);
    }),
  );
  expect(toMatch('  ')).toBeNull();
});
