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
import { bundleOf, check, desk, send } from './desks.ts';

test('the recipient lists each post once, the tagged earlier reading with its tag, and the report names both', async () => {
  const [there, here] = [await desk('Ada'), await desk('Bo')];
  const { archive } = there;
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
  await rereadCapture(archive, { captureId: sealed.captureId, keep: true, digest: null });

  const path = await bundleOf(there);
  await send(there, here);

  const lists = [there, here].map(({ archive: one }) =>
    listPosts(one, 'words', 0, 10).posts.map(({ language, tagCount, isEarlier }) => [
      language,
      tagCount,
      isEarlier,
    ]),
  );
  expect(lists[0]).toEqual([
    ['en', 0, false],
    ['nl', 1, true],
  ]);
  expect(lists[1]).toEqual(lists[0]);
  expect(listPosts(here.archive, 'never', 0, 10).total).toBe(0);
  const report = readFileSync(path).toString('latin1');
  expect(report).toContain('which reads this post otherwise; as it is read there: Exhibit');
  expect(report).toContain('which did not find this post in it');
  await check(there, here);
});
