/** What was cut out of a recording for one post, opened by ReplayWeb.page in Chromium. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { deriveWacz } from '../../../evidence/wacz/derive.ts';
import { writeWacz } from '../../../evidence/wacz/write.ts';
import { board, bystander, exchanges, exhibited, needed, pages } from './derived-board.ts';
import { gathered, plan } from './plan.ts';
import { type ReplayWebPage, replayWebPage } from './replay-web-page.ts';

let replay: ReplayWebPage;

beforeAll(async () => {
  const whole = await gathered((await writeWacz(plan(exchanges, { pages }))).bytes());
  const made = await deriveWacz({
    source: memorySource(whole),
    id: '0198b1c2-7a10-7c3e-9f00-5d2c8e1a4b70',
    created: '2026-05-02T09:00:04.250Z',
    software: 'Holdfast 9.9.9',
    needed,
    text: exhibited,
  });
  replay = await replayWebPage(await gathered(made.bytes()));
});
afterAll(() => replay?.close());

test('the page shows the exhibited post, in its style, with its picture, and no post beside it', async () => {
  const frame = await replay.show(`${board}/posts`);
  // How many posts each of its three questions was answered with.
  await frame.getByText('0 1 0').waitFor();
  expect(await frame.locator('#posts li').allTextContents()).toEqual([exhibited]);
  expect(await frame.content()).not.toContain(bystander);
  const colour = 'getComputedStyle(document.getElementById("posts")).color';
  expect(await frame.evaluate<unknown>(colour)).toBe('rgb(1, 2, 3)');
  const width = 'document.images.photo.decode().then(() => document.images.photo.naturalWidth)';
  expect(await frame.evaluate<unknown>(width)).toBe(320);
});

test('the address that was asked for still leads to the page', async () => {
  const frame = await replay.show(`${board}/`, `${board}/posts`);
  await frame.getByText(exhibited).waitFor();
  expect(replay.elsewhere).toEqual([]);
});
