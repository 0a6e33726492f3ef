/** A person tags posts in a real Electron with the keyboard alone, in a large archive. */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import type { Archive } from '../../../archive/archive.ts';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { importPolicy } from '../../../archive/policies/import.ts';
import { listPosts, requirePost } from '../../../archive/posts.ts';
import { setPalette } from '../../../archive/review/palette.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { addTags } from '../../../archive/tags/many.ts';
import { readTags } from '../../../archive/tags/read.ts';
import type { Post } from '../../../contract/model/post.ts';
import { postContent, takeInto } from '../../bench/posts.ts';
import { contentOf } from '../../renderer/fake/texts.ts';
import { launchApp } from '../../support/electron.ts';
import { ferryVersions, glorify, hateful, writeVersions } from '../../support/library.ts';
import { type Typed, Typist, typedOf, watchSaving } from '../../support/tag-by-keyboard.ts';
import { openArchiveInWindow, windowPassphrase } from '../../support/window-steps.ts';
import { randomFrom } from '../support/random.ts';
import type { Part, PartOrder } from './part.ts';

const person = { name: 'Dana Desk' };
const palette = { '1': 'x/violent-speech', '2': hateful, '3': 'x/hateful-conduct', g: glorify };
/** Tags that are in the archive before, and posts that they are on. */
const tagsBefore = 100_000;
const otherPosts = 10_000;
/** From the key to the word that the tag is saved. */
const budget = 100;

/** As fast as keys can be sent: none may be lost. */
export const tagThousand: Part = {
  what: `posts tagged by keyboard alone, with ${tagsBefore} tags in the archive`,
  count: 1000,
  run: (order) => run(order, 0),
};

/** As fast as a quick person types, 12 to 15 keys a second: the time until a tag is saved as that person sees it. */
export const tagAtPace: Part = {
  what: `posts tagged by keyboard at the pace of a person, with ${tagsBefore} tags in the archive`,
  count: 60,
  run: (order) => run(order, 60),
};

async function run({ folder, count, seed, say }: PartOrder, delay: number): Promise<number> {
  const path = join(folder, 'case.holdfast');
  const posts = await fill(path, folder, count);
  const before = posts.map(({ tagCount }) => tagCount);
  const { page, close } = await launchApp();
  const typed: Typed[][] = [];
  try {
    await openArchiveInWindow(page, path);
    await page.evaluate(watchSaving);
    const typist = new Typist(page, randomFrom(seed), palette, delay);
    await page.getByRole('grid').focus();
    await typist.press('Enter');
    await page.getByText('Post 1 of').waitFor();
    const started = performance.now();
    for (const [at, { content }] of posts.entries()) {
      if (at > 0) await typist.press('j');
      typed.push(await typist.tag(content));
      if (at % 100 === 99) say(`${at + 1} posts`);
    }
    const seconds = (performance.now() - started) / 1000;
    const total = typed.flat().length;
    say(`${typist.keys} keys and ${total} tags in ${seconds.toFixed(0)} s`);
    const times = await savedTags(page, total);
    for (const how of ['at once', 'ctrl+enter']) {
      tell(
        how === 'at once' ? 'from the palette key to the saved tag' : 'from Ctrl+Enter to the saved tag',
        times.filter((one) => one.how === how).map(({ milliseconds }) => milliseconds),
        say,
      );
    }
  } finally {
    await close();
  }
  return compare(path, posts, before, typed, say);
}

/** How long each took; waits until the window has told of all of them. */
async function savedTags(page: Page, total: number): Promise<{ how: string; milliseconds: number }[]> {
  for (let tries = 0; tries < 600; tries += 1) {
    const times: { how: string; milliseconds: number }[] = await page.evaluate('window.savedTags');
    if (times.length >= total) return times;
    await after(100);
  }
  throw new Error(`the window told of fewer than ${total} saved tags within a minute`);
}

async function fill(path: string, folder: string, count: number): Promise<Post[]> {
  const archive = await createArchive({ path, passphrase: windowPassphrase, person, clauses: starterPack });
  await importPolicy(archive, {
    path: writeVersions(join(folder, 'texts'), ferryVersions),
    ...{ platform: 'Ferry', policy: 'Guidelines' },
  });
  await takeInto(
    archive,
    Array.from({ length: otherPosts }, (_, n) => postContent(n)),
  );
  const others = idsOf(archive, otherPosts);
  for (let made = 0; made < tagsBefore; made += otherPosts)
    addTags(archive, { postIds: others, clauseKey: 'x/hateful-conduct', because: 'set before' });
  // Newer than the others, so that they come first in the list.
  await takeInto(
    archive,
    Array.from({ length: count }, (_, n) => {
      const day = new Date(Date.UTC(2025, 5, 1, 0, count - n)).toISOString();
      const postedAt = { value: day, precision: 'second', zone: 'utc', readFrom: 'x', raw: day } as const;
      return { ...contentOf(n), postedAt, media: [] };
    }),
  );
  setPalette(
    archive,
    Object.entries(palette).map(([slot, clauseKey]) => ({ slot, clauseKey })),
  );
  const posts = idsOf(archive, count).map((id) => requirePost(archive, id));
  closeArchive(archive);
  return posts;
}

/** Of the first posts of the list. */
function idsOf(archive: Archive, count: number): string[] {
  const ids: string[] = [];
  for (let offset = 0; offset < count; offset += 200)
    ids.push(
      ...listPosts(archive, '', offset, Math.min(200, count - offset)).posts.map(({ postId }) => postId),
    );
  return ids;
}

function tell(what: string, times: readonly number[], say: PartOrder['say']): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);
  const over = sorted.filter((time) => time > budget).length;
  say(
    `${what}: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, at most ${at(1)} ms; ${over} of ${sorted.length} over ${budget} ms`,
  );
}

async function compare(
  path: string,
  posts: readonly Post[],
  before: readonly number[],
  typed: readonly Typed[][],
  say: PartOrder['say'],
): Promise<number> {
  const archive = await openArchive({ path, passphrase: windowPassphrase, person });
  let failures = 0;
  for (const [at, { id }] of posts.entries()) {
    const found = readTags(archive, id).slice(before[at]).map(typedOf);
    if (isDeepStrictEqual(found, typed[at])) continue;
    failures += 1;
    say(`post ${at + 1}: typed ${JSON.stringify(typed[at])}, in the archive ${JSON.stringify(found)}`);
  }
  closeArchive(archive);
  return failures;
}
