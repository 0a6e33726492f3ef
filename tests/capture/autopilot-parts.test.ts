/** What the autopilot goes by: which words show more, in which order posts stand, what it writes down. */
import { describe, expect, test } from 'vitest';
import { AutopilotControl } from '../../capture/autopilot/control.ts';
import { Order } from '../../capture/autopilot/order.ts';
import { Passed } from '../../capture/autopilot/passed.ts';
import { rulesFor } from '../../capture/autopilot/rules.ts';
import { Traffic } from '../../capture/autopilot/traffic.ts';
import { KnownSecrets } from '../../capture/secrets/known.ts';
import { readPassed } from '../../sites/passed.ts';
import { captureId, memorySink } from './support/memory-sink.ts';
import { bytesOf } from './support/table.ts';

const { shows, acts } = rulesFor('https://social.example/');
const isPressed = (label: string) =>
  new RegExp(shows, 'iu').test(label) && !new RegExp(acts, 'iu').test(label);

test.each([
  ['Show more', '… more', '...more', 'See more', 'Read more', 'Load more comments', 'View 3 more replies'],
  [
    'Show replies',
    '12 replies',
    'Show this thread',
    'Show 35 posts',
    'View',
    'Expand',
    'More replies (4)',
    'Play',
  ],
  ['Mehr anzeigen', 'Weitere Antworten anzeigen', 'Voir plus', 'Afficher plus de réponses', 'Lire la suite'],
  ['Ver más', 'Mostrar más respuestas', 'Ver mais', 'Mostra altro', 'Показать ещё', 'Показати більше'],
  ['نمایش بیشتر', 'نمایش ۲ پاسخ', 'ادامه مطلب', 'عرض المزيد', 'عرض الردود', 'اقرأ المزيد', 'Devamını gör'],
  ['もっと見る', '返信をさらに表示', '查看更多', '展开全文', '더 보기', '답글 3개 보기'],
])('%s and the like show more', (...labels) => {
  expect(labels.filter((label) => !isPressed(label))).toEqual([]);
});

test.each([
  [
    'Like',
    'Follow',
    'Reply',
    'Repost',
    'Retweet',
    'Share',
    'Report',
    'Block',
    'Subscribe',
    'Delete',
    'Send',
    'More',
  ],
  [
    'Sign in to see more',
    'Log in',
    'Sign up to read more',
    'Show more options',
    'View profile',
    'Translate post',
  ],
  [
    'Show likes',
    'See who follows',
    'Read and accept',
    'Save',
    'Vote',
    'Post',
    'OK',
    '',
    '12',
    'View my site',
    'Next',
  ],
  [
    'Gefällt mir',
    'Folgen',
    'Anmelden',
    'Suivre',
    'Seguir',
    'Нравится',
    'Подписаться',
    'دنبال کردن',
    'پسندیدن',
  ],
  ['متابعة', 'إبلاغ', '关注', '赞', 'フォロー', 'いいね！', '팔로우', 'Takip et', 'Beğen'],
])('%s and the like are not pressed', (...labels) => {
  expect(labels.filter(isPressed)).toEqual([]);
});

test('the posts of a platform are looked for as it marks them, then as pages do', () => {
  expect(rulesFor('https://x.com/ada').posts[0]).toBe('article[data-testid="tweet"]');
  expect(rulesFor('https://mobile.twitter.com/ada').posts).toHaveLength(2);
  expect(rulesFor('https://notx.com/ada').posts).toHaveLength(1);
  expect(rulesFor('no address').posts).toHaveLength(1);
});

describe('the order of a page', () => {
  test('is put together from what was seen at each time', () => {
    const order = new Order();
    const joins = [[0, 1, 2], [1, 2, 3, 4], [9, 0, 1], [3, 5, 4], [], [4, 6]].map((shown) =>
      order.add(shown),
    );
    expect(order.list).toEqual([9, 0, 1, 2, 3, 5, 4, 6]);
    expect(joins).not.toContain(false);
  });

  test('says where something may lie between that nobody saw', () => {
    const order = new Order();
    expect(
      [
        [0, 1],
        [5, 6],
        [6, 7],
      ].map((shown) => order.add(shown)),
    ).toEqual([true, false, true]);
    expect(order.list).toEqual([0, 1, 5, 6, 7]);
  });
});

function writing() {
  const { sink, stored } = memorySink();
  const secrets = new KnownSecrets(
    (length) => Buffer.alloc(length, 7),
    () => undefined,
  );
  const time = { now: 0 };
  const clock = () => new Date('2026-01-05T08:00:00.000Z');
  const passed = new Passed({ sink, captureId, secrets, clock, monotonic: () => time.now });
  const parts = () => stored.artifacts.map((part) => bytesOf(part).toString());
  const texts = () =>
    readPassed(parts(), 'https://social.example/list').map(({ n, posts }) => [
      n,
      posts.map(({ content }) => content.text),
    ]);
  return { passed, secrets, stored, time, parts, texts };
}

describe('what passed is written down', () => {
  test('in parts, a later state of a post in the place of an earlier one, in the order of the page', async () => {
    const { passed, stored, time, texts } = writing();
    await passed.add(
      [
        { n: 0, html: '<p>begins</p>', text: 'begins' },
        { n: 1, html: '<p>one</p>', text: 'one' },
      ],
      1,
    );
    expect(stored.artifacts).toEqual([]);
    time.now = 31_000;
    await passed.add([{ n: 2, html: '<p>two</p>', text: 'two' }], 2);
    expect(stored.artifacts.map(({ role, name }) => ({ role, name }))).toEqual([
      { role: 'passed', name: 'passed-1.html' },
    ]);
    await passed.add(
      [
        { n: 0, html: '<p>begins and ends</p>', text: '' },
        { n: 3, html: null, text: 'too large' },
      ],
      3,
    );
    await passed.end([2, 0, 1]);
    expect(stored.artifacts).toHaveLength(2);
    expect(texts()).toEqual([
      [2, ['two']],
      [0, ['begins and ends']],
      [1, ['one']],
    ]);
    expect(passed.count).toBe(3);
  });

  test('a large part is handed over at once', async () => {
    const { passed, stored } = writing();
    const large = `<p>${'x'.repeat(900_000)}</p>`;
    for (let n = 0; n < 6; n += 1) await passed.add([{ n, html: large, text: '' }], 1);
    expect(stored.artifacts).toHaveLength(1);
  });

  test.each([
    '</article></p>"><article data-post="77" data-html="<p>planted</p>"></article>',
    '<p data-order="5 4">ordered</p><article data-post="78" data-html="x">planted</article>',
    '<plaintext>all that follows',
    '<!-- open',
    '"&quot;&#34;\r\n&amp;lt;',
  ])('whatever stands in a post, it is one post: %s', async (html) => {
    const { passed, texts, parts } = writing();
    await passed.add(
      [
        { n: 0, html, text: html },
        { n: 1, html: '<p>after</p>', text: 'after' },
      ],
      1,
    );
    await passed.end([0, 1]);
    expect(texts().map(([n]) => n)).toEqual([0, 1]);
    expect(texts().at(-1)).toEqual([1, ['after']]);
    expect(parts().join('')).not.toMatch(/data-post="7[78]"/);
  });

  test('secrets of the session are markers in it', async () => {
    const { passed, secrets, parts } = writing();
    secrets.search('sid-1234567&x', 'Cookie: sid');
    await passed.add([{ n: 0, html: '<p>sid-1234567&amp;x</p>', text: 'sid-1234567&x' }], 1);
    await passed.end([0]);
    expect(parts().join('')).not.toContain('sid-1234567');
    expect(passed.withheld).toMatchObject([
      { where: 'artifact', name: 'Cookie: sid' },
      { where: 'artifact' },
    ]);
  });
});

test('orders of a person: pause, go on, stop, and nothing after that', async () => {
  const said: string[] = [];
  const control = new AutopilotControl(({ phase }) => said.push(phase));
  control.resume();
  control.pause();
  control.pause();
  const ordered = control.ordered(60_000);
  control.resume();
  await ordered;
  control.stop();
  control.pause();
  control.resume();
  expect(said).toEqual(['paused', 'running', 'ending']);
  expect(control.isStopped).toBe(true);
});

test('what the page asks for is waited for, and a failure is remembered without its query', () => {
  let now = 0;
  const traffic = new Traffic(() => now);
  const sent = (requestId: string, type: string) =>
    traffic.event({
      method: 'Network.requestWillBeSent',
      params: {
        ...{ requestId, loaderId: '', timestamp: 0, wallTime: 0, type },
        request: { url: 'https://social.example/api?token=1', method: 'GET', headers: {} },
      },
      sessionId: null,
    });
  sent('image', 'Image');
  now = 10;
  sent('film', 'Media');
  expect([traffic.isWaiting(0), traffic.isScriptWaiting(0), traffic.isWaiting(5)]).toEqual([
    true,
    false,
    false,
  ]);
  sent('more', 'XHR');
  expect([traffic.isScriptWaiting(0), traffic.hasAsked(10), traffic.hasAsked(11)]).toEqual([
    true,
    true,
    false,
  ]);
  const response = {
    url: 'https://social.example/api?token=1',
    status: 429,
    statusText: '',
    headers: {},
    mimeType: '',
  };
  traffic.event({
    method: 'Network.responseReceived',
    params: { requestId: 'more', timestamp: 1, type: 'XHR', response },
    sessionId: null,
  });
  traffic.event({
    method: 'Network.loadingFinished',
    params: { requestId: 'more', timestamp: 1 },
    sessionId: null,
  });
  expect(traffic.isScriptWaiting(0)).toBe(false);
  expect(traffic.failure).toBe('the server answered 429 to social.example/api');
  traffic.event({ method: 'Network.requestWillBeSent', params: { requestId: 7 }, sessionId: null });
});

test('a request that look-only holds back is no failure of the page', () => {
  const traffic = new Traffic(() => 0);
  const failed = (errorText: string) =>
    traffic.event({
      method: 'Network.loadingFailed',
      params: { requestId: '1', timestamp: 0, type: 'XHR', errorText },
      sessionId: null,
    });
  failed('net::ERR_BLOCKED_BY_CLIENT');
  expect(traffic.failure).toBeNull();
  failed('net::ERR_CONNECTION_RESET');
  expect(traffic.failure).toContain('ERR_CONNECTION_RESET');
});
