import { expect, test } from 'vitest';
import { BlockedCount, rulingOf } from '../../../capture/look-only/look-only.ts';
import { acting, type Example, reading } from './requests.ts';

const rule = ({ path, method = 'POST', body = '' }: Example) =>
  rulingOf({ method, url: `https://site.test${path}`, body });

test('what would do something is named, with the platform that is known for it', () => {
  const found = acting.map((example) => ({ ...example, ...rule(example) }));

  expect(found).toEqual(acting.map((example) => ({ platform: expect.any(String), ...example })));
});

test('what reads or signs in passes', () => {
  expect(reading.map((example) => [example.path, rule(example)])).toEqual(
    reading.map(({ path }) => [path, null]),
  );
});

test('a body that cannot be read counts as a change where only the body would tell', () => {
  const unread = (path: string) => rulingOf({ method: 'POST', url: `https://site.test${path}`, body: null });

  expect(unread('/graphql')).toMatchObject({ action: 'change' });
  expect(unread('/upload-nothing-known')).toBeNull();
});

test.each([
  ['a megabyte of braces', '{'.repeat(1_000_000)],
  ['strings that never end', '"\\'.repeat(500_000)],
  ['deep JSON', `{"query":${'['.repeat(50_000)}`],
  ['many operations', JSON.stringify({ query: 'query A{a}'.repeat(50_000) })],
])('hostile bodies are read in no time: %s', (_name, body) => {
  const began = performance.now();

  rulingOf({ method: 'POST', url: 'https://site.test/graphql', body });
  rulingOf({ method: 'POST', url: 'https://site.test/graphql', body: JSON.stringify({ query: body }) });

  // One pass over it; what goes back and forth takes minutes.
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('what was blocked is counted by kind and host, without paths', () => {
  const count = new BlockedCount();
  const like = { action: 'like', platform: 'X' } as const;
  for (const id of ['1', '2'])
    count.add(like, 'post', `https://x.com/i/api/graphql/${id}/FavoriteTweet?me=77`);
  count.add({ action: 'seen', platform: 'X' }, 'POST', 'https://x.com/a');

  expect(count.list()).toEqual([
    { action: 'like', platform: 'X', method: 'POST', host: 'x.com', times: 2 },
    { action: 'seen', platform: 'X', method: 'POST', host: 'x.com', times: 1 },
  ]);
});
