/** A capture of a small board, opened by ReplayWeb.page in Chromium. */
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { poster } from '../../support/page-fixtures/picture.ts';
import { exchange, gathered, plan } from './plan.ts';
import { type ReplayWebPage, replayWebPage } from './replay-web-page.ts';

const board = 'https://board.test';
const picture = poster([90, 120, 150], [240, 200, 90]);
const question = JSON.stringify({ post: 7, fields: ['author', 'likes'] });

const post = `<!doctype html><html><head><title>Post 7</title><link rel="stylesheet" href="/board.css"></head><body>
<article id="text">The 6:40 ferry did not run. — Fähre, паром, 渡船, فیری</article>
<img id="photo" src="/photo.png"><img id="copy" src="https://media.test/copy.png">
<p id="json">…</p><p id="form">…</p><iframe id="frame" src="/old?lang=ar&amp;x=1"></iframe>
<script>
const fill = (id, answer) => answer.then((r) => r.json()).then((found) => { document.getElementById(id).textContent = found.text; });
fill('json', fetch('/api/posts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${JSON.stringify(question)} }));
fill('form', fetch('/api/posts', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'post=7&page=2' }));
</script></body></html>`;

/** 'سلام' in windows-1256. */
const old = Buffer.concat([
  Buffer.from('<!doctype html><body><p id="old">'),
  Buffer.from([0xd3, 0xe1, 0xc7, 0xe3]),
]);

function asked(body: string, type: string) {
  return {
    method: 'POST',
    requestHeaders: [['Content-Type', type] as [string, string]],
    requestBody: Buffer.from(body).toString('base64'),
    requestBodySize: Buffer.byteLength(body),
  };
}

const exchanges = [
  exchange(0, `${board}/p/7`, {
    body: null,
    start: { status: 302, statusText: 'Found', responseHeaders: [['Location', `${board}/posts/7`]] },
  }),
  exchange(1, `${board}/posts/7`, {
    body: post,
    start: {
      protocol: 'h2',
      statusText: '',
      responseHeaders: [
        ['content-type', 'text/html; charset=utf-8'],
        ['content-encoding', 'gzip'],
        ['content-length', '612'],
      ],
    },
  }),
  exchange(2, `${board}/board.css`, { body: '#text { color: rgb(1, 2, 3) }', type: 'text/css' }),
  exchange(3, `${board}/photo.png`, { body: picture, type: 'image/png' }),
  exchange(4, 'https://media.test/copy.png', { body: picture, type: 'image/png' }),
  exchange(5, `${board}/api/posts`, {
    body: '{"text":"by anna, 12 likes"}',
    type: 'application/json',
    start: asked(question, 'application/json'),
  }),
  exchange(6, `${board}/api/posts`, {
    body: '{"text":"page two"}',
    type: 'application/json',
    start: asked('post=7&page=2', 'application/x-www-form-urlencoded'),
  }),
  exchange(7, `${board}/old?lang=ar&x=1`, { body: old, type: 'text/html; charset=windows-1256' }),
  exchange(8, `${board}/twice`, { body: post, type: 'text/html; charset=utf-8' }),
  exchange(9, `${board}/posts/7`, { body: null, start: { status: 304, statusText: 'Not Modified' } }),
];

let replay: ReplayWebPage;

beforeAll(async () => {
  const pages = [
    { id: 'page', url: `${board}/posts/7`, ts: '2026-03-04T09:30:00.101Z', title: 'Post 7', text: 'ferry' },
  ];
  const wacz = await writeWacz(plan(exchanges, { pages }));
  replay = await replayWebPage(await gathered(wacz.bytes()));
});
afterAll(() => replay?.close());

const text = (frame: Frame, id: string) => frame.locator(`#${id}`).textContent();
/** As text: what runs in the page knows other names than a test does. */
const inPage = (frame: Frame, script: string) => frame.evaluate<unknown>(script);
const width = (frame: Frame, id: string) =>
  inPage(frame, `document.images.${id}.decode().then(() => document.images.${id}.naturalWidth)`);

test('the page with its text, style, pictures, what scripts fetched by POST, and a frame in an old encoding', async () => {
  const frame = await replay.show(`${board}/posts/7`);
  expect(await text(frame, 'text')).toBe('The 6:40 ferry did not run. — Fähre, паром, 渡船, فیری');
  expect(await inPage(frame, 'getComputedStyle(document.getElementById("text")).color')).toBe('rgb(1, 2, 3)');
  expect([await width(frame, 'photo'), await width(frame, 'copy')]).toEqual([320, 320]);
  await frame.getByText('by anna, 12 likes').waitFor();
  await frame.getByText('page two').waitFor();
  expect(await frame.frameLocator('#frame').locator('#old').textContent()).toBe('سلام');
});

test('a body that was stored once, under its second address', async () => {
  const frame = await replay.show(`${board}/twice`);
  expect(await text(frame, 'text')).toContain('The 6:40 ferry');
});

test('a redirect leads on', async () => {
  const frame = await replay.show(`${board}/p/7`, `${board}/posts/7`);
  expect(await text(frame, 'text')).toContain('The 6:40 ferry');
});

test('nothing was asked for outside the archive', () => {
  expect(replay.elsewhere).toEqual([]);
});
