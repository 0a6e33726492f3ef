import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PostContent } from '../../../contract/model/post.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { inclusionPath, merkleRoot, verifyInclusion } from '../../../evidence/log/merkle.ts';
import {
  partHash,
  partSalt,
  postLeafHash,
  postRoot,
  readingRoot,
} from '../../../evidence/post/commitment.ts';
import { fromParts, type Part, toParts } from '../../../evidence/post/parts.ts';
import { segments } from '../../../evidence/post/segments.ts';

const salt = new Uint8Array(32).fill(9);
const post: PostContent = {
  kind: 'post',
  platform: 'x',
  platformId: '17',
  url: 'https://x.example/a/17',
  author: { name: 'Ada Example', handle: 'ada', platformId: null, url: null },
  postedAt: {
    value: '2021-01-14',
    precision: 'day',
    zone: 'unknown',
    readFrom: 'time element',
    raw: '14 Jan',
  },
  editedAt: null,
  title: null,
  text: 'می‌خواهم دو کلمه 👨‍👩‍👧 here',
  textLossy: false,
  language: 'fa',
  direction: 'rtl',
  media: [{ kind: 'image', url: 'a.png', alt: 'a picture', sha256: null }],
  readFrom: 'JSON-LD',
};
const text = fc.string({ unit: 'binary', maxLength: 200 });

test('segments join to the text, exactly', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(segments(value).join('')).toBe(value);
    }),
  );
});

test.each([
  ['words with the space after them', 'a  b\nc', ['a  ', 'b\n', 'c']],
  ['white space at the beginning by itself', ' \na', [' \n', 'a']],
  ['joiners and marks inside a word', 'می‌خواهم é', ['می‌خواهم ', 'é']],
  ['an emoji of several code points as one', '👨‍👩‍👧 x', ['👨‍👩‍👧 ', 'x']],
  ['scripts without spaces character by character', '中文 ok ไทย', ['中', '文 ', 'ok ', 'ไ', 'ท', 'ย']],
  ['nothing as one empty segment', '', ['']],
])('cuts %s', (_name, value, expected) => {
  expect(segments(value)).toEqual(expected);
});

test('a post comes back from its parts', () => {
  expect(fromParts(toParts(post))).toEqual(post);
  fc.assert(
    fc.property(text, fc.option(text), (body, title) => {
      const other = { ...post, text: body, title };
      expect(fromParts(toParts(other))).toEqual(other);
    }),
  );
});

test.each<[string, (parts: Part[]) => Part[]]>([
  ['one left out', (parts) => parts.slice(1)],
  ['one doubled', (parts) => [...parts, ...parts.slice(-1)]],
  ['two swapped', ([a, b, ...rest]) => (a && b ? [b, a, ...rest] : [])],
  [
    'a text cut elsewhere',
    (parts) => parts.map((p) => (p.name === 'text' && p.n === 0 ? { ...p, value: 'می' } : p)),
  ],
  ['an unknown name', (parts) => [...parts, { name: 'note', n: 0, value: 1 }]],
  ['a value of another type', (parts) => parts.map((p) => (p.name === 'kind' ? { ...p, value: 3 } : p))],
])('parts with %s are refused', (_name, change) => {
  expect(() => fromParts(change(toParts(post)))).toThrowError(/not those of a post/);
});

/** The value is final: a change here breaks every archive and bundle there is. */
test('a post has exactly this root', () => {
  expect(toHex(postRoot(nodeSha256, post, salt))).toBe(
    '7da8d2543a7ff53ec05b08833469da12409b4a4700398c8f2dc5505371eea9af',
  );
});

test('a change of any fact changes the root', () => {
  const roots = [
    post,
    { ...post, kind: 'reply' as const },
    { ...post, text: `${post.text} ` },
    { ...post, title: '' },
    { ...post, media: [] },
    { ...post, author: { ...post.author, handle: 'Ada' } },
    { ...post, textLossy: true },
  ].map((content) => toHex(postRoot(nodeSha256, content, salt)));

  expect(new Set(roots).size).toBe(roots.length);
});

test('one word is proven by its salt and path alone', () => {
  const parts = toParts(post);
  const hashes = parts.map((part, i) => partHash(nodeSha256, partSalt(nodeSha256, salt, i), part));
  const index = parts.findIndex((part) => part.value === 'here');
  const shown = {
    part: parts[index] ?? { name: '', n: 0, value: null },
    salt: partSalt(nodeSha256, salt, index),
  };

  const proof = {
    leaf: partHash(nodeSha256, shown.salt, shown.part),
    index,
    size: parts.length,
    path: inclusionPath(nodeSha256, hashes, index),
    root: postRoot(nodeSha256, post, salt),
  };

  expect(verifyInclusion(nodeSha256, proof)).toBe(true);
  expect(
    verifyInclusion(nodeSha256, {
      ...proof,
      leaf: partHash(nodeSha256, shown.salt, { ...shown.part, value: 'there' }),
    }),
  ).toBe(false);
});

test('a reading commits to its posts and their order', () => {
  const a = { id: '01890a5d-ac96-774b-bcce-b302099a8057', root: postRoot(nodeSha256, post, salt) };
  const b = {
    id: '01890a5d-ac96-774b-bcce-b302099a8058',
    root: postRoot(nodeSha256, { ...post, text: '' }, salt),
  };

  const root = readingRoot(nodeSha256, [a, b]);

  expect(root).toEqual(
    merkleRoot(nodeSha256, [postLeafHash(nodeSha256, a.id, a.root), postLeafHash(nodeSha256, b.id, b.root)]),
  );
  expect(root).not.toEqual(readingRoot(nodeSha256, [b, a]));
});
