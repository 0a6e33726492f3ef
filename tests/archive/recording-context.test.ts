import { expect, test } from 'vitest';
import { contextReason } from '../../archive/recording/context.ts';
import type { PostContent } from '../../contract/model/post.ts';
import type { PostReference } from '../../contract/model/post-facts.ts';

function post(platformId: string, ...references: [PostReference['relation'], string | null][]): PostContent {
  const to = (id: string | null) => ({ platformId: id, url: null, handle: null, accountId: null });
  return {
    ...{ kind: 'post', platform: 'x', platformId, url: `https://x.com/ada/status/${platformId}` },
    author: { name: null, handle: 'ada', platformId: null, url: null },
    ...{ postedAt: null, editedAt: null, title: null, text: 'words', textLossy: false, language: null },
    ...{ direction: null, media: [], readFrom: 'test' },
    ...(references.length === 0
      ? {}
      : { references: references.map(([relation, id]) => ({ relation, ...to(id) })) }),
  };
}
const messages = (...given: Parameters<typeof contextReason>) =>
  contextReason(...given).map(({ message }) => message);

test('a post with all that it refers to has its context', () => {
  const posts = [
    post('3', ['replies-to', '2'], ['quotes', '9']),
    post('2', ['replies-to', '1']),
    post('1'),
    post('9'),
  ];
  expect(messages(posts, 'https://x.com/ada/status/3')).toEqual([]);
  expect(messages([], 'https://x.com/ada/status/3')).toEqual([]);
});

test('what is missing on the way up to the beginning is told', () => {
  const posts = [post('3', ['replies-to', '2'], ['quotes', '9']), post('2', ['replies-to', '1'])];
  expect(messages(posts, 'https://x.com/ada/status/3')).toEqual([
    'Context is not in the capture: of https://x.com/ada/status/3 what it quotes (9); of https://x.com/ada/status/2 what it replies to (1).',
  ]);
});

test('of a page about one post the context of the others does not count; of a list that of all does', () => {
  const posts = [post('3'), post('4', ['replies-to', '8']), post('5', ['reposts', null])];
  expect(messages(posts, 'https://x.com/ada/status/3')).toEqual([]);
  expect(messages(posts, 'https://x.com/ada')[0]).toContain('what it reposts (not named)');
  expect(messages(posts, null)[0]).toContain('what it replies to (8)');
  const many = ['4', '5', '6', '7'].map((id) => post(id, ['thread', '1']));
  expect(messages(many, null)[0]).toMatch(/the beginning of its thread.*; and 1 more\.$/);
});

test('posts that refer to each other in a circle end', () => {
  const posts = [post('3', ['quotes', '4']), post('4', ['quotes', '3'])];
  expect(messages(posts, 'https://x.com/ada/status/3')).toEqual([]);
});
