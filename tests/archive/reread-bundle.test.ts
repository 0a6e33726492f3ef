/** A capture that was read again, in a bundle: what is set aside there is set aside here, and the report says so. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stageBytes } from '../../archive/blobs.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { sealImport } from '../../archive/import/seal.ts';
import { listPosts, requirePost } from '../../archive/posts.ts';
import { rereadCapture } from '../../archive/reread/reread.ts';
import { addTag } from '../../archive/tags/add.ts';
import { makeArchive, streamOf, xPage } from '../support/archive.ts';
import { bundleOf, check, type Desk, desk, send } from './desks.ts';

/** A page as an older reader read it, with a post that it never held; the first of its posts is tagged. */
async function readBefore({ archive }: Desk) {
  const page = xPage('words that stay the same');
  const today = await makeArchive({ plain: true });
  const { postIds } = await importFile(today, 'page.html', streamOf(page));
  const content = requirePost(today, postIds[0] ?? '').content;
  const original = await stageBytes(archive, streamOf(page));
  const mediaType = 'text/html';
  const source = {
    archive,
    original,
    stored: { blobId: original.id, offset: 0, size: original.size, mediaType },
    sha256: original.sha256,
    mediaType,
    name: 'page.html',
    options: {},
    stage: (bytes: AsyncIterable<Uint8Array>) => stageBytes(archive, bytes),
  };
  const never = { ...content, platformId: '99', url: null, text: 'never a post' };
  const sealed = sealImport(source, 'html', {
    url: null,
    savedAt: null,
    records: {},
    exchangeCount: 0,
    readings: [
      {
        reader: { name: 'general', version: '0' },
        posts: [{ ...content, language: 'nl' }, never],
        notes: [],
      },
    ],
    media: [],
    warnings: [],
  });
  const [old = ''] = sealed.postIds;
  addTag(archive, {
    postId: old,
    clauseKey: null,
    finding: 'no-violation',
    quotes: [],
    because: 'for the test',
    account: false,
  });
  return sealed;
}

const listOf = ({ archive }: Desk) =>
  listPosts(archive, 'words', 0, 10).posts.map(({ language, tagCount, isEarlier }) => [
    language,
    tagCount,
    isEarlier,
  ]);

test('the recipient lists each post once, the tagged earlier reading with its tag, and the report names both', async () => {
  const [there, here] = [await desk('Ada'), await desk('Bo')];
  const { captureId } = await readBefore(there);
  await rereadCapture(there.archive, { captureId, keep: true, digest: null });

  const path = await bundleOf(there);
  await send(there, here);

  expect(listOf(there)).toEqual([
    ['en', 0, false],
    ['nl', 1, true],
  ]);
  expect(listOf(here)).toEqual(listOf(there));
  expect(listPosts(here.archive, 'never', 0, 10).total).toBe(0);
  const report = readFileSync(path).toString('latin1');
  expect(report).toContain('which reads this post otherwise; as it is read there: Exhibit');
  expect(report).toContain('which did not find this post in it');
  await check(there, here);
});

test('a rereading reaches a recipient who has the capture: its posts, tags, and what it set aside, each once', async () => {
  const [there, here, third] = [await desk('Ada'), await desk('Bo'), await desk('Cy')];
  const { captureId } = await readBefore(there);
  await send(there, here);
  expect(listPosts(here.archive, 'never', 0, 10).total).toBe(1);
  await rereadCapture(there.archive, { captureId, keep: true, digest: null });
  const [newer] = listPosts(there.archive, 'words', 0, 1).posts;
  addTag(there.archive, {
    postId: newer?.postId ?? '',
    clauseKey: null,
    finding: 'no-violation',
    quotes: [],
    because: 'as it is read now',
    account: false,
  });

  expect(await send(there, here)).toEqual(['readings-added', 'tags-taken']);

  expect(listOf(here)).toEqual([
    ['en', 1, false],
    ['nl', 1, true],
  ]);
  expect(listOf(here)).toEqual(listOf(there));
  expect(listPosts(here.archive, 'never', 0, 10).total).toBe(0);
  const events = here.archive.db
    .prepare("SELECT document FROM event WHERE kind = 'reading.made' ORDER BY seq")
    .pluck()
    .all();
  expect(events).toHaveLength(2);
  expect(JSON.parse(String(events.at(-1)))).toMatchObject({ body: { origin: { posts: [newer?.postId] } } });

  expect(await send(there, here)).toEqual([]);
  expect(await send(here, there)).toEqual([]);
  expect(await send(here, third)).toEqual(['tags-taken']);
  expect(listOf(third)).toEqual(listOf(there));
  expect(await send(there, third)).toEqual([]);
  for (const { archive } of [there, here, third])
    expect(archive.db.prepare('SELECT count(*) FROM post').pluck().get()).toBe(3);
  await check(there, here, third);
});
