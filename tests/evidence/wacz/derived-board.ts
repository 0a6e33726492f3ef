/** A board of many posts, recorded: its page is a script that asks for posts, and one of them is an exhibit. */
import { poster } from '../../support/page-fixtures/picture.ts';
import { captureId, exchange, sha256 } from './plan.ts';

export const board = 'https://board.test';
export const photo = poster([90, 120, 150], [240, 200, 90]);
const font = Buffer.from('wOF2 not really a font');

export const exhibited = 'The 6:40 ferry did not run. — Fähre, паром, 渡船, فیری';
export const bystander = 'Bystander Bea was at the pier, too';

/** Shows each answer that it gets; what is not there, it says. */
const page = `<!doctype html><html><head><title>Board</title><link rel="stylesheet" href="/board.css"></head><body>
<ol id="posts"></ol><p id="state">…</p><img id="photo" src="/photo.png"><script src="/board.js"></script></body></html>`;
const script = `const show = (post) => {
  const item = document.createElement('li'); item.textContent = post.text; document.getElementById('posts').append(item); };
const ask = (what) => fetch(what).then((r) => r.ok ? r.json() : []).catch(() => []);
Promise.all(['/api/latest', '/api/pier', '/api/again'].map(ask)).then((pages) => {
  pages.flat().forEach(show); document.getElementById('state').textContent = pages.map((p) => p.length).join(' '); });`;

const json = (posts: readonly string[]) => JSON.stringify(posts.map((text) => ({ text })));
const others = (from: number) => Array.from({ length: 40 }, (_, n) => `${bystander}, note ${from + n}`);

const said = (body: string | Uint8Array, type: string) => ({ body, type });
const question = '{"post":7}';

/** By number. */
export const exchanges = [
  exchange(0, `${board}/`, { body: null, start: { status: 302, responseHeaders: [['Location', '/posts']] } }),
  exchange(1, `${board}/posts`, said(page, 'text/html; charset=utf-8')),
  exchange(2, `${board}/board.css`, said('ol { color: rgb(1, 2, 3) }', 'text/css')),
  exchange(3, `${board}/board.js`, said(script, 'application/javascript')),
  exchange(4, `${board}/board.woff2`, said(font, 'font/woff2')),
  exchange(5, `${board}/api/latest`, said(json(others(0)), 'application/json')),
  exchange(6, `${board}/api/pier`, said(json([exhibited]), 'application/json')),
  exchange(7, `${board}/api/again`, said(json([exhibited, bystander]), 'application/json')),
  exchange(8, `${board}/avatar.png`, said(poster([1, 2, 3], [4, 5, 6]), 'image/png')),
  exchange(9, `${board}/thumb.png`, said(photo, 'image/png')),
  exchange(10, `${board}/photo.png`, said(photo, 'image/png')),
  exchange(11, 'https://media.test/short', {
    body: null,
    start: { status: 301, responseHeaders: [['Location', `${board}/photo.png`]] },
  }),
  exchange(12, `${board}/api/likes`, {
    ...said(`{"likedBy":"${bystander}"}`, 'application/json'),
    start: {
      method: 'POST',
      requestHeaders: [['content-type', 'application/json']],
      requestBody: Buffer.from(question).toString('base64'),
      requestBodySize: question.length,
    },
  }),
  exchange(13, 'wss://board.test/live', {
    body: `received ${bystander}`,
    start: { resourceType: 'websocket', from: 'other' },
  }),
  exchange(14, `${board}/frame`, said(`<p>${bystander}`, 'text/html')),
  exchange(15, `${board}/posts`, { body: null, start: { status: 304 } }),
  exchange(16, `${board}/again.css`, said('ol { color: rgb(1, 2, 3) }', 'text/css')),
  exchange(17, `${board}/api/as-script`, said(`for(;;);${json([bystander])}`, 'application/x-javascript')),
  exchange(18, `${board}/api/by-post`, {
    ...said(`for(;;);${json([`${bystander} again`])}`, 'text/javascript'),
    start: { method: 'POST' },
  }),
  exchange(19, `${board}/api/by-fetch`, {
    ...said(`for(;;);${json([`${bystander} once more`])}`, 'text/javascript'),
    start: { requestHeaders: [['sec-fetch-dest', 'empty']] },
  }),
];

export const pages = [
  {
    id: captureId,
    url: `${board}/posts`,
    ts: '2026-03-04T09:30:00.101Z',
    title: 'Board',
    text: [exhibited, bystander].join('\n\n'),
  },
];

/** What the exhibited post needs: it names its picture by another address, which leads there. */
export const needed = {
  answers: [{ n: 6, url: `${board}/api/pier` }],
  media: [{ url: 'https://media.test/short', sha256: sha256(photo) }],
  askedByScripts: [{ n: 17, url: `${board}/api/as-script` }],
};

/** Numbers of the exchanges that stay: 9 holds the bytes of 10, which is stored as a reference to it. */
export const stay = [0, 1, 2, 3, 4, 6, 9, 10, 11, 16];
