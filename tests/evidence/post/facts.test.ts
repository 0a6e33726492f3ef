/** What only some posts have is committed to, comes back, and can be shown or withheld by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostContent, StatedTime } from '../../../contract/model/post.ts';
import { type PostFacts, postFactsSchema } from '../../../contract/model/post-facts.ts';
import { checkPartial } from '../../../evidence/bundle/partial-post.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { postRoot } from '../../../evidence/post/commitment.ts';
import { fromParts, type Part, toParts } from '../../../evidence/post/parts.ts';

const salt = new Uint8Array(32).fill(9);
const time: StatedTime = {
  value: '2024-03-01T12:00:00Z',
  precision: 'second',
  zone: 'utc',
  readFrom: 'id',
  raw: '1',
};
const plain: PostContent = {
  kind: 'quote',
  platform: 'x',
  platformId: '17',
  url: null,
  author: { name: null, handle: 'ada', platformId: '42', url: null },
  postedAt: time,
  editedAt: null,
  title: null,
  text: 'two words',
  textLossy: false,
  language: null,
  direction: null,
  media: [],
  readFrom: 'X GraphQL (full_text)',
};
const facts: Required<Omit<PostFacts, 'withheld'>> = {
  references: [
    { relation: 'quotes', platformId: '9', url: null, handle: 'bo', accountId: '43' },
    { relation: 'thread', platformId: '8', url: null, handle: null, accountId: null },
  ],
  otherTimes: [time],
  counts: [
    { of: 'likes', count: 5 },
    { of: 'views', count: 77 },
  ],
  links: [{ text: 'https://t.co/a', url: 'https://site.example/' }],
  poll: { options: [{ text: 'Yes', votes: 1 }], endsAt: time, closed: null, multiple: false },
  versions: [
    { platformId: '16', at: time, text: null },
    { platformId: '17', at: null, text: 'two words' },
  ],
  translation: { text: 'zwei Wörter', language: 'de' },
  notices: [{ kind: 'label', text: 'a label' }],
};
const full: PostContent = {
  ...plain,
  sourceOfText: { found: 'network', exchange: 3, url: 'https://x.com/' },
  ...facts,
};
const members = Object.keys(facts) as (keyof typeof facts)[];

/** The post with some of its optional members. */
const some = fc.subarray(members).map((kept): PostContent => {
  const left = postFactsSchema.parse(Object.fromEntries(kept.map((name) => [name, facts[name]])));
  return { ...plain, ...left };
});

test('the parts stand in the order that the format names', () => {
  expect(
    toParts(full)
      .map(({ name }) => name)
      .slice(14),
  ).toEqual([
    'sourceOfText',
    ...['reference', 'reference', 'otherTime', 'count', 'count', 'link', 'poll'],
    ...['version', 'version', 'translation', 'notice', 'text', 'text'],
  ]);
});

/** The value is final: a change here breaks every archive and bundle that holds such posts. */
test('a post with all of them has exactly this root', () => {
  expect(toHex(postRoot(nodeSha256, full, salt))).toBe(
    'b67ba54bd9a2466e74025eed20636dd4c3b48ba0e7fbe0363f506da03fee46a8',
  );
});

test('a post comes back from its parts, with any of them and without', () => {
  fc.assert(
    fc.property(some, (post) => {
      expect(fromParts(toParts(post))).toEqual(post);
    }),
  );
});

test('each of them changes the root', () => {
  const roots = [plain, ...members.map((name) => ({ ...plain, [name]: facts[name] }))].map((post) =>
    toHex(postRoot(nodeSha256, post, salt)),
  );

  expect(new Set(roots).size).toBe(members.length + 1);
});

test('an empty list is no form of an absent one', () => {
  expect(postFactsSchema.safeParse({ counts: [] }).success).toBe(false);
});

describe('a post with withheld parts', () => {
  const parts = toParts(full);

  test('holds with any of its parts withheld', () => {
    fc.assert(
      fc.property(fc.subarray(parts.map((_, i) => i)), (withheld) => {
        checkPartial(parts.map((part, i) => (withheld.includes(i) ? null : part)));
      }),
    );
  });

  const place = (name: string) => parts.findIndex((part) => part.name === name);
  const replaced = (name: string, change: (part: Part) => Part) =>
    parts.map((part, i) => (i === place(name) ? change(part) : part));

  test.each<[string, Part[]]>([
    ['a count of another kind', replaced('count', (part) => ({ ...part, value: { of: 'fans', count: 1 } }))],
    ['a member more', replaced('link', (part) => ({ ...part, value: { text: 'a', url: 'b', more: 1 } }))],
    ['a second poll', replaced('version', () => ({ name: 'poll', n: 1, value: facts.poll }))],
    ['a number too many', replaced('notice', (part) => ({ ...part, n: 1 }))],
    [
      'another order',
      replaced('otherTime', () => ({ name: 'notice', n: 0, value: facts.notices[0] ?? null })),
    ],
  ])('%s is refused', (_name, changed) => {
    expect(() => checkPartial(changed)).toThrowError(/is not what a post has in this place/);
  });
});
