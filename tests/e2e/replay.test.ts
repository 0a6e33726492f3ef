/** A recorded page in the post view, without script: styles, fonts, pictures of every kind, frames in frames. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, projectRoot, type RunningApp } from '../support/electron.ts';
import { poster } from '../support/page-fixtures/picture.ts';
import { bytes, html, type Route, type Site, serveSite } from '../support/site-server.ts';
import { makeArchiveInWindow } from '../support/window-steps.ts';

const pictures = join(projectRoot, 'test-results');
const colours: Record<string, [number, number, number]> = {
  plain: [90, 120, 150],
  dense: [150, 60, 60],
  poster: [60, 140, 80],
  ground: [150, 130, 40],
};
const picture = (name: string): Route =>
  bytes(poster(colours[name] ?? [0, 0, 0], [240, 200, 90]), { 'content-type': 'image/png' });
const css = (text: string): Route => bytes(Buffer.from(text), { 'content-type': 'text/css' });
const forward =
  (to: string): Route =>
  (_request, response) =>
    response.writeHead(302, { location: to }).end();
const font = readFileSync('/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf');

const routes: Record<string, Route> = {
  '/post': (request, response, site) =>
    html(
      `<link rel="stylesheet" href="/style/moved.css"><article><p id="words">Words of the post</p>
       <time datetime="2026-03-04T09:30:00Z"></time></article>
       <img id="plain" src="/moved.png"><img id="set" srcset="/dense.png 1x, /never.png 9x" width="160">
       <video id="film" poster="/poster.png" width="160" height="80"></video>
       <div id="ground" style="width:160px;height:80px;background:url('/ground.png')"></div>
       <iframe id="same" src="/frame"></iframe><iframe id="other" src="${site.otherOrigin}/other"></iframe>
       <iframe id="inner" srcdoc="<p id='inside'>In a srcdoc</p><img id='small' src='/plain.png'>"></iframe>
       <script>document.getElementById('words').textContent += ', as rendered';</script>`,
    )(request, response, site),
  '/style/moved.css': forward('/css/board.css'),
  '/css/board.css': css('@import "more.css"; #words { color: rgb(1, 2, 3) }'),
  '/css/more.css': css(
    '@font-face { font-family: Board; src: url(board.ttf) } #words { font: 24px Board; border: 2px solid rgb(4, 5, 6) }',
  ),
  '/css/board.ttf': bytes(font, { 'content-type': 'font/ttf', 'access-control-allow-origin': '*' }),
  '/moved.png': forward('/plain.png'),
  '/frame': html(
    '<p id="in">A frame</p><script>document.body.append("never seen")</script><iframe src="/nested"></iframe>',
  ),
  '/nested': bytes(Buffer.from('<p id="in">\xd3\xe1\xc7\xe3', 'latin1'), {
    'content-type': 'text/html; charset=windows-1256',
  }),
  '/other': html('<p id="in">Of another origin</p>'),
  ...Object.fromEntries(Object.keys(colours).map((name) => [`/${name}.png`, picture(name)])),
};

let site: Site;
let running: RunningApp;
let page: Page;

beforeAll(async () => {
  site = await serveSite(routes);
  running = await launchApp();
  ({ page } = running);
  mkdirSync(join(running.home, 'desk'));
  mkdirSync(pictures, { recursive: true });
});
afterAll(async () => {
  await running?.close();
  await site?.close();
});

function frameAt(end: string): Frame | undefined {
  return page.frames().find((one) => one.url().startsWith('holdfast-replay:') && one.url().endsWith(end));
}
const inFrame = (end: string, script: string) => frameAt(end)?.evaluate<unknown>(script);

test('shows what was recorded, where redirects lead and in every frame, and nothing that runs', async () => {
  await makeArchiveInWindow(page, join(running.home, 'desk', 'case.holdfast'));
  await page.getByRole('navigation').getByRole('link', { name: 'Capture', exact: true }).click();
  await page.getByRole('textbox', { name: /address/i }).fill(`${site.origin}/post`);
  await page.keyboard.press('Enter');
  const capture = page.getByRole('button', { name: 'Capture', exact: true });
  await expect.poll(() => capture.isEnabled()).toBe(true);
  await capture.click();
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
  const asked = site.seen.length;
  await page.getByRole('navigation').getByRole('link', { name: 'Library', exact: true }).click();
  await page.locator('#post-row-0').click();
  await page.getByRole('tab', { name: 'Page', exact: true }).click();
  await page.getByRole('button', { name: 'Show the page' }).click();

  await expect.poll(() => frameAt('/nested')?.url()).toBeDefined();
  const shown = `document.fonts.ready.then(() => ({
    words: words.textContent, color: getComputedStyle(words).color, border: getComputedStyle(words).borderTopColor,
    font: [...document.fonts].map(({ family, status }) => family + ' ' + status).join(),
    plain: plain.naturalWidth, set: set.naturalWidth,
  }))`;
  const root = page.frames().find((one) => /^holdfast-replay:\/\/[^/]+\/$/.test(one.url()));
  await expect
    .poll(() => root?.evaluate(shown))
    .toEqual({
      words: 'Words of the post, as rendered',
      color: 'rgb(1, 2, 3)',
      border: 'rgb(4, 5, 6)',
      font: 'Board loaded',
      plain: 320,
      set: 320,
    });
  expect(await inFrame('/frame', 'document.body.innerText.trim()')).toBe('A frame');
  expect(await inFrame('/nested', 'document.body.innerText.trim()')).toBe('سلام');
  expect(await inFrame('/other', 'document.body.innerText.trim()')).toBe('Of another origin');
  const inner = page.frames().find((one) => one.url() === 'about:srcdoc');
  expect(await inner?.evaluate('inside.textContent + small.naturalWidth')).toBe('In a srcdoc320');
  for (const frame of page.frames().filter((one) => one !== page.mainFrame()))
    expect(await frame.evaluate('[document.scripts.length, origin]')).toEqual([0, 'null']);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(pictures, 'replay-frames.png') });
  expect(site.seen.length).toBe(asked);
});
