/** Captures that are read again: nothing of an earlier reading is lost, and every post is listed once. */
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { stageBytes } from '../../archive/blobs.ts';
import type { FoundReading } from '../../archive/import/contents.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { sealImport } from '../../archive/import/seal.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { listPosts, requireCapture, requirePost, searchPosts } from '../../archive/posts.ts';
import { sealReading } from '../../archive/readings.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { rereadMany } from '../../archive/reread/many.ts';
import { rereadCapture } from '../../archive/reread/reread.ts';
import { listEvents } from '../../archive/status.ts';
import { addTag } from '../../archive/tags/add.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { inTransaction } from '../../db/handle.ts';
import { checkArchive, importPage, makeArchive, postPage, streamOf, xPage } from '../support/archive.ts';
import { begin, finishOf, play, startOf } from '../support/recording.ts';

const look = { keep: false, digest: null };
const keep = { keep: true, digest: null };

/** A saved page as an older reader read it: `change` makes of today's posts what that one read. */
async function importedBefore(
  archive: Archive,
  page: string,
  change: (posts: PostContent[]) => PostContent[],
) {
  const today = await makeArchive({ plain: true });
  const { postIds } = await importFile(today, 'page.html', streamOf(page));
  const posts = change(postIds.map((id) => requirePost(today, id).content));
  const original = await stageBytes(archive, streamOf(page));
  const mediaType = 'text/html';
  const stored = { blobId: original.id, offset: 0, size: original.size, mediaType };
  const stage = (bytes: AsyncIterable<Uint8Array>) => stageBytes(archive, bytes);
  const source = {
    archive,
    original,
    stored,
    sha256: original.sha256,
    mediaType,
    name: 'page.html',
    options: {},
    stage,
  };
  const reading: FoundReading = { reader: { name: 'general', version: '0' }, posts, notes: [] };
  return sealImport(source, 'html', {
    url: null,
    savedAt: null,
    records: {},
    exchangeCount: 0,
    readings: [reading],
    media: [],
    warnings: [],
  });
}

async function tag(archive: Archive, post: string) {
  return addTag(archive, {
    postId: post,
    clauseKey: 'x/hateful-conduct',
    finding: 'breach',
    quotes: [],
    because: 'for the test',
    account: false,
  });
}

const listed = (archive: Archive) => listPosts(archive, '', 0, 100).posts.map(({ postId }) => postId);

test('a look shows the difference field by field, and changes nothing', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId, postIds } = await importedBefore(archive, xPage('the words'), (posts) =>
    posts.map((post) => ({ ...post, language: 'nl', author: { ...post.author, handle: null } })),
  );
  const before = listEvents(archive, { before: null, offset: 0, limit: 1, filter: {} }).total;

  const report = await rereadCapture(archive, { captureId, ...look });

  expect(report).toMatchObject({
    outcome: 'not-kept',
    before: [{ name: 'general', version: '0' }],
    now: [{ name: 'general', version: expect.any(String), posts: 1 }],
    counts: { same: 0, changed: 1, new: 0, gone: 0 },
    changed: [{ postId: postIds[0], tags: 0 }],
  });
  expect(report.changed[0]?.fields.map(({ field }) => field)).toEqual(['author', 'language']);
  expect(listEvents(archive, { before: null, offset: 0, limit: 1, filter: {} }).total).toBe(before);
  expect(listed(archive)).toEqual(postIds);
  checkArchive(archive);
});

test('a post that is read otherwise takes the place of the earlier one, which stays with its link', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId, postIds } = await importedBefore(archive, xPage('the words'), (posts) =>
    posts.map((post) => ({ ...post, language: 'nl' })),
  );
  const { digest } = await rereadCapture(archive, { captureId, ...look });

  const report = await rereadCapture(archive, { captureId, keep: true, digest });

  expect(report.outcome).toBe('kept');
  const [now] = listed(archive);
  expect(listed(archive)).toHaveLength(1);
  expect(now).not.toBe(postIds[0]);
  expect(requirePost(archive, now ?? '')).toMatchObject({
    content: { text: 'the words', language: 'en' },
    later: null,
    earlier: [{ postId: postIds[0], reader: { name: 'general', version: '0' }, tagCount: 0 }],
  });
  expect(requirePost(archive, postIds[0] ?? '')).toMatchObject({
    content: { language: 'nl' },
    later: { postId: now, reader: { name: 'general' } },
  });
  expect(searchPosts(archive, 'words', 10)).toMatchObject({ total: 1, hits: [{ postId: now }] });
  expect(requireCapture(archive, captureId).postCount).toBe(1);
  checkArchive(archive);
  expect(rebuild(archive).differences).toEqual([]);
  expect(await verifyLog(archive)).toMatchObject({ ok: true });
});

test('a tagged post stays listed with its tag, which is not moved to the post that took its place', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId, postIds } = await importedBefore(archive, xPage('the words'), (posts) =>
    posts.map((post) => ({ ...post, language: 'nl' })),
  );
  await tag(archive, postIds[0] ?? '');

  const report = await rereadCapture(archive, { captureId, ...keep });

  expect(report).toMatchObject({ tagged: { changed: 1, gone: 0 }, changed: [{ tags: 1 }] });
  const { posts, total } = listPosts(archive, '', 0, 10);
  expect(total).toBe(2);
  expect(posts.map(({ tagCount, isEarlier }) => [tagCount, isEarlier])).toEqual([
    [0, false],
    [1, true],
  ]);
  expect(requirePost(archive, posts[0]?.postId ?? '').earlier).toMatchObject([{ tagCount: 1 }]);
  checkArchive(archive);
});

test('a post of which every word and fact is the same keeps its identity; what is gone and untagged is not listed', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId, postIds } = await importedBefore(archive, xPage('the words'), (posts) => [
    ...posts,
    ...posts.map((post) => ({ ...post, platformId: '99', url: null, text: 'never a post' })),
  ]);

  const report = await rereadCapture(archive, { captureId, ...keep });

  expect(report).toMatchObject({
    outcome: 'kept',
    counts: { same: 1, changed: 0, new: 0, gone: 1 },
    gone: [{ postId: postIds[1], text: 'never a post' }],
  });
  expect(listed(archive)).toEqual([postIds[0]]);
  expect(requirePost(archive, postIds[1] ?? '').later).toMatchObject({ postId: null });
  expect(listEvents(archive, { before: null, offset: 0, limit: 1, filter: {} }).events[0]?.kind).toBe(
    'reading.made',
  );
  checkArchive(archive);
  expect(rebuild(archive).differences).toEqual([]);

  expect(await rereadCapture(archive, { captureId, ...keep })).toMatchObject({ outcome: 'nothing-new' });
});

test('the same words under another id are another post', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId, postIds } = await importedBefore(archive, xPage('the words'), (posts) =>
    posts.map((post) => ({ ...post, platformId: '21', url: 'https://x.com/ada/status/21' })),
  );

  const report = await rereadCapture(archive, { captureId, ...look });

  expect(report).toMatchObject({ counts: { changed: 0, new: 1, gone: 1 }, gone: [{ postId: postIds[0] }] });
});

test('what is kept is what was shown: another difference is refused', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId } = await importedBefore(archive, xPage('the words'), (posts) =>
    posts.map((post) => ({ ...post, language: 'nl' })),
  );
  const { digest } = await rereadCapture(archive, { captureId, ...look });
  await rereadCapture(archive, { captureId, ...keep });

  await expect(rereadCapture(archive, { captureId, keep: true, digest })).rejects.toMatchObject({
    code: 'reading-differs',
  });
});

test('a recording that is read again is read as it was sealed', async () => {
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('recorded words'));
  await sink.artifact(
    { captureId, role: 'dom', mediaType: 'text/html', name: null },
    streamOf(postPage('recorded words')),
  );
  const { posts } = await sink.finish(finishOf(captureId));
  await importFile(archive, 'picture.txt', streamOf('no page'));

  const all = await rereadMany(archive, 'all', true, {});

  expect(all).toMatchObject({
    captures: [{ captureId, outcome: 'nothing-new', counts: { same: 1, changed: 0, new: 0, gone: 0 } }],
    notRead: 1,
    refused: [],
  });
  expect(listed(archive)).toEqual(posts);
  checkArchive(archive);
});

test('where no reader reads anything any more, that is recorded, and what was read is set aside', async () => {
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0, { status: 500 }), postPage('words of an error'));
  await sink.finish(finishOf(captureId));
  const content = requirePost(archive, await importPage(archive, 'words of an error')).content;
  const reader = { name: 'general', version: '0' };
  inTransaction(archive.db, () => sealReading(archive, captureId, { reader, posts: [content], notes: [] }));

  const report = await rereadCapture(archive, { captureId, ...keep });

  expect(report).toMatchObject({
    outcome: 'kept',
    now: [{ name: 'general', posts: 0, notes: ['No reader reads anything out of this capture.'] }],
    counts: { same: 0, changed: 0, new: 0, gone: 1 },
  });
  expect(listed(archive)).toHaveLength(1);
  expect(await rereadCapture(archive, { captureId, ...keep })).toMatchObject({ outcome: 'nothing-new' });
  checkArchive(archive);
});

test('a page that made its own address another one is read as it was sealed', async () => {
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('recorded words'));
  await sink.finish(finishOf(captureId, { finalUrl: 'https://social.example/made/by/the/page' }));

  expect(await rereadCapture(archive, { captureId, ...keep })).toMatchObject({
    outcome: 'nothing-new',
    counts: { same: 1 },
  });
});
