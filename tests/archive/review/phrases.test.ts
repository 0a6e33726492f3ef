import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPhrase, foldedPhrase, searchable } from '../../../archive/review/find-phrase.ts';
import { addPhrase, listPhrases, removePhrase, suggest } from '../../../archive/review/phrases.ts';
import { placedFold } from '../../../archive/review/placed-fold.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { fold } from '../../../db/search/fold.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../../support/archive.ts';
import { countEvents } from './desk.ts';

const find = (text: string, phrase: string) => findPhrase(searchable(text), foldedPhrase(phrase));

test.each([
  ['case', 'They are VERMIN here', 'vermin', ['VERMIN']],
  ['white space of any kind', 'go  back\n home', 'go back home', ['go  back\n home']],
  [
    'combining marks, composed or not',
    'un caf\u0065\u0301 noir, CAFÉ NOIR',
    'cafe noir',
    ['caf\u0065\u0301 noir', 'CAFÉ NOIR'],
  ],
  ['Arabic letters for Persian ones', 'این كتاب‌ها يا کتاب‌ها', 'کتاب‌ها', ['كتاب‌ها', 'کتاب‌ها']],
  ['a joiner that one writes and another does not', 'می‌روم و میروم', 'می‌روم', ['می‌روم', 'میروم']],
  ['marks of vowels, and a letter drawn out', 'كَتَبَ ال‍عــرب', 'العرب', ['ال‍عــرب']],
  ['digits of any script', 'روز ۱۴ ژانویه', 'روز 14', ['روز ۱۴']],
  ['letters of another width', 'ＨＡＴＥ', 'hate', ['ＨＡＴＥ']],
  ['a sigma at the end of a word', 'ΟΔΟΣ', 'οδος', ['ΟΔΟΣ']],
  ['a capital sharp s', 'STRAẞE', 'straße', ['STRAẞE']],
  ['a ligature', 'they ﬁnd us', 'find', ['ﬁnd']],
  ['a writing without spaces', '他们是害虫吗', '害虫', ['害虫']],
  ['emoji of several code points, whole', 'so 🐍🐍 and 👨‍👩‍👧', '👨‍👩‍👧', ['👨‍👩‍👧']],
  ['signs beside letters', '#vermin! (Vermin)', 'vermin', ['vermin', 'Vermin']],
  ['twice in a row', 'rats rats rats rats', 'rats rats', ['rats rats', 'rats rats']],
])('found: %s', (_name, text, phrase, words) => {
  const found = find(text, phrase);

  expect(found.map((quote) => quote.text)).toEqual(words);
  for (const { text: quoted, start, end } of found) {
    expect([...text].slice(start, end).join('')).toBe(quoted);
  }
});

test.each([
  ['inside a word', 'the rather large rat', 'rate'],
  ['at the beginning of a longer word', 'ratsbane', 'rats'],
  ['at the end of a longer word', 'brats', 'rats'],
  ['a word with its plural grown on', 'کتاب‌ها', 'کتاب'],
  ['one person of a family', '👨‍👩‍👧', '👨'],
  ['a hand of another colour', '👍🏽', '👍'],
  ['part of a ligature that is several words', 'ﷺ', 'الله'],
  ['nothing that can be seen', 'a\u200cb', '\u200c'],
  ['nothing', '', 'x'],
])('not found: %s', (_name, text, phrase) => {
  expect(find(text, phrase)).toEqual([]);
});

const letters = fc.constantFrom(
  ...[
    'a',
    'B',
    'é',
    'e\u0301',
    'ß',
    'ي',
    'ی',
    'ك',
    'ة',
    'م\u200c',
    '\u0640',
    '\u064e',
    'Σ',
    '۱',
    '字',
    'ﬁ',
    'ﷺ',
  ],
  ...[
    ' ',
    '\n',
    '\u00a0',
    '.',
    '_',
    '👨‍👩‍👧',
    '🐍',
    '\u200f',
    '\u200d',
    '\ud800',
    '각',
    '\u1100\u1161',
    'को',
  ],
);
const anyText = fc.oneof(
  fc.array(letters, { maxLength: 24 }).map((list) => list.join('')),
  fc.string({ unit: 'grapheme', maxLength: 24 }),
  fc.string({ unit: 'binary', maxLength: 24 }),
);

test('whatever the text: what is found are its exact words, which fold to the phrase', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(), fc.nat(), (text, other, a, b) => {
      const points = [...text];
      const [from, to] = [a % (points.length + 1), b % (points.length + 1)].sort((x, y) => x - y);

      for (const phrase of [points.slice(from, to).join(''), other]) {
        let end = 0;
        for (const quote of find(text, phrase)) {
          expect(points.slice(quote.start, quote.end).join('')).toBe(quote.text);
          expect(placedFold(quote.text).folded.trim()).toBe(foldedPhrase(phrase));
          expect(quote.start).toBeGreaterThanOrEqual(end);
          end = quote.end;
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('whatever the words: between spaces they are found, in any spelling that the index folds together', () => {
  const word = fc
    .array(letters, { minLength: 1, maxLength: 8 })
    .map((list) => list.join('').replace(/\s/g, ''))
    // What folds to nothing is no part of what is found.
    .filter((text) => foldedPhrase([...text][0] ?? '') !== '');
  fc.assert(
    fc.property(word, word, (before, phrase) => {
      const text = `${before} ${phrase.toUpperCase()} ${before}`;

      const found = find(text, phrase.toUpperCase());

      expect(found.map((quote) => quote.start)).toContain([...`${before} `].length);
    }),
    { numRuns: 1000 },
  );
});

test('piece by piece a text folds to what it folds to as a whole, but for white space and the last sigma', () => {
  const same = (folded: string) => folded.replaceAll('ς', 'σ').replace(/\s+/g, ' ');
  fc.assert(
    fc.property(anyText, (text) => {
      const { folded, pieceOf, starts } = placedFold(text);

      expect(same(folded)).toBe(same(fold(text)));
      expect(pieceOf).toHaveLength(folded.length);
      expect(starts.at(-1)).toBe([...text].length);
    }),
    { numRuns: 2000 },
  );
});

const key = 'x/hateful-conduct';

test('phrases are kept, listed, and taken off the list, each as an act', async () => {
  const archive = await makeArchive({ plain: true });

  const vermin = addPhrase(archive, { text: ' vermin ', clauseKey: key });
  const snakes = addPhrase(archive, { text: '🐍🐍', clauseKey: key });
  removePhrase(archive, vermin.id);
  const again = addPhrase(archive, { text: 'Vermin', clauseKey: key });

  expect(vermin).toMatchObject({ text: 'vermin', clauseKey: key, clauseTitle: 'Hateful conduct' });
  expect(listPhrases(archive)).toEqual([snakes, again]);
  expect(archive.db.prepare('SELECT text FROM phrase ORDER BY event_seq').pluck().all()).toEqual([
    'vermin',
    '🐍🐍',
    'Vermin',
  ]);
  expect(() => archive.db.exec("UPDATE phrase SET text = 'doves'")).toThrowError(/append-only/);
  expect(() => archive.db.exec('UPDATE phrase SET removed_seq = NULL')).toThrowError(/append-only/);
  checkArchive(archive);
  await checkLog(archive);
});

test.each([
  ['nothing to see', { text: ' \u200c ' }, 'bad-input'],
  ['a page of text', { text: 'x'.repeat(301) }, 'bad-input'],
  ['a clause that is not there', { clauseKey: 'x/none' }, 'clause-not-found'],
  ['what is there in another spelling', { text: 'ＶＥＲＭＩＮ' }, 'bad-input'],
])('%s is no phrase', async (_name, change, code) => {
  const archive = await makeArchive({ plain: true });
  addPhrase(archive, { text: 'vermin', clauseKey: key });
  const before = countEvents(archive);

  expect(() => addPhrase(archive, { text: 'rats', clauseKey: key, ...change })).toThrowError(
    expect.objectContaining({ code }),
  );

  expect(countEvents(archive)).toBe(before);
});

test('what was taken off the list is not there to be taken off', async () => {
  const archive = await makeArchive({ plain: true });
  const { id } = addPhrase(archive, { text: 'vermin', clauseKey: key });
  removePhrase(archive, id);

  expect(() => removePhrase(archive, id)).toThrowError(expect.objectContaining({ code: 'phrase-not-found' }));
});

test('a phrase suggests its clause for the exact words of a post, until they have a tag by it; nothing is counted', async () => {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, 'این كتاب‌ها 👨‍👩‍👧 VERMIN and vermin');
  const books = addPhrase(archive, { text: 'کتاب‌ها', clauseKey: key });
  const vermin = addPhrase(archive, { text: 'vermin', clauseKey: key });
  addPhrase(archive, { text: 'rats', clauseKey: key });
  const before = countEvents(archive);

  const suggestions = suggest(archive, postId);

  expect(suggestions.map(({ phrase, quote }) => [phrase.id, quote.text])).toEqual([
    [books.id, 'كتاب‌ها'],
    [vermin.id, 'VERMIN'],
    [vermin.id, 'vermin'],
  ]);
  expect(countEvents(archive)).toBe(before);
  const [, second] = suggestions;
  if (second === undefined) throw new Error('no suggestion');
  const { quote, phrase } = second;
  addTag(archive, { postId, clauseKey: key, quotes: [quote], because: 'as they say', phrase: phrase.id });
  expect(suggest(archive, postId)).toEqual([suggestions[0], suggestions[2]]);
  checkArchive(archive);
});
