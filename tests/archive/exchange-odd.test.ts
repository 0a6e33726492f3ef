/** Exchanges that are not as they should be: what is told, what is left out, and that nothing here is bent by it. */
import { expect, onTestFinished, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { listCaptures, listPosts, requireCapture } from '../../archive/posts.ts';
import { sealReading } from '../../archive/readings.ts';
import { readEvent, recordEvent } from '../../archive/record.ts';
import { addTag } from '../../archive/tags/add.ts';
import type { EventBody } from '../../contract/events.ts';
import { captureOrigin } from '../../db/capture.ts';
import { getClauseByKey } from '../../db/clause.ts';
import { getWholeEvent } from '../../db/event.ts';
import { inTransaction } from '../../db/handle.ts';
import { listPolicies, listVersions } from '../../db/policy.ts';
import { getPost } from '../../db/post.ts';
import { newId } from '../../evidence/id.ts';
import { importPage, testPack } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';
import {
  all,
  bundleOf,
  check,
  type Desk,
  desk,
  judgements,
  key,
  library,
  persian,
  postsOf,
  send,
  tag,
  tagsOf,
} from './desks.ts';

function contentOf(archive: Archive, postId: string) {
  const post = getPost(archive.db, postId);
  if (post === null) throw new Error('no post');
  return post.content;
}

function sealed(archive: Archive, captureId: string): EventBody<'capture.sealed'> {
  const stored = getWholeEvent(archive.db, captureOrigin(archive.db, captureId)?.eventSeq ?? -1);
  const event = stored === null ? null : readEvent(stored.document);
  if (event?.kind !== 'capture.sealed') throw new Error('no capture');
  return event.body;
}

/** A desk that took in A's capture and sends on another, which it says is that one. */
async function liar(a: Desk, change: { artifacts?: boolean; text?: string }): Promise<Desk> {
  const b = await desk('Mallory');
  await send(a, b);
  const [capture] = listCaptures(b.archive, 0, 10, 'all').captures.filter(({ format }) => format === 'html');
  const [post] = postsOf(b);
  const body = sealed(b.archive, capture?.id ?? '');
  const content = {
    ...contentOf(b.archive, post?.postId ?? ''),
    ...(change.text === undefined ? {} : { text: change.text }),
  };
  const [theirs] = postsOf(a);
  const forged = await desk('Mallory again');
  await send(a, forged);
  inTransaction(forged.archive.db, () => {
    const capture = newId();
    const artifacts = body.artifacts.map((artifact) =>
      change.artifacts ? { ...artifact, role: 'text' as const } : artifact,
    );
    recordEvent(forged.archive, 'capture.sealed', { ...body, capture, artifacts });
    const [own] = sealReading(forged.archive, capture, {
      reader: { name: 'bundle', version: '1' },
      posts: [content],
      notes: [],
      origin: { reading: newId(), posts: [theirs?.postId ?? ''] },
    });
    const set = {
      tag: newId(),
      post: own ?? '',
      clause: null,
      quote: null,
      because: 'Mine.',
      finding: 'unclear' as const,
    };
    recordEvent(forged.archive, 'tag.set', set);
  });
  return forged;
}

test('other words under the id of a post here, in what is said to be its capture: not taken, and told', async () => {
  const a = await desk('Ada');
  await importPage(a.archive, persian);
  const forged = await liar(a, { text: 'کلاغ‌ها خوبند' });
  const before = postsOf(a);

  const report = await importFiles(a.archive, [await bundleOf(forged)]);

  expect(report.refused).toEqual([]);
  expect(report.warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['capture-known', 'post-differs', 'tag-post-not-here']),
  );
  expect(postsOf(a)).toEqual(before);
  expect(tagsOf(a)).toEqual([]);
  await check(a);
});

test('what is said to be a capture here, with another artifact, is another capture', async () => {
  const a = await desk('Ada');
  await importPage(a.archive, persian);
  const forged = await liar(a, { artifacts: true });

  const report = await importFiles(a.archive, [await bundleOf(forged)]);

  expect(report.refused).toEqual([]);
  const [, added] = report.captures;
  expect(requireCapture(a.archive, added?.id ?? '').origin).toMatchObject({
    archive: forged.archive.info.archiveId,
    before: [{ archive: a.archive.info.archiveId }],
  });
  expect(listPosts(a.archive, '', 0, 10).total).toBe(2);
  expect(tagsOf(a)).toMatchObject([{ because: 'Mine.' }]);
  await check(a);
});

test('a later bundle that shows more posts of a known capture brings those with their tags', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  const postId = await importPage(a.archive, persian);
  await library(a.archive, all);
  await send(a, b);
  const content = contentOf(a.archive, postId);
  const capture = listCaptures(a.archive, 0, 1, 'all').captures[0]?.id ?? '';
  const more = inTransaction(a.archive.db, () =>
    sealReading(a.archive, capture, {
      reader: { name: 'general', version: '2' },
      posts: [content, { ...content, kind: 'reply', text: 'و پاسخ آن' }],
      notes: [],
    }),
  );
  expect(await send(a, b)).toEqual(['readings-added']);
  expect(postsOf(b)).toHaveLength(3);
  addTag(a.archive, { postId: more[1] ?? '', clauseKey: key, because: 'A reply.' });

  expect(await send(a, b)).toEqual(['tags-taken']);

  expect(postsOf(b).map(({ text }) => text)).toEqual(expect.arrayContaining([persian, 'و پاسخ آن']));
  expect(postsOf(b)).toHaveLength(3);
  expect(judgements(b)).toEqual(judgements(a));
  expect(await send(b, a)).toEqual([]);
  expect(await send(a, b)).toEqual([]);
  expect(postsOf(b)).toHaveLength(3);
  expect(postsOf(a)).toHaveLength(3);
  await check(a, b);
});

test('a clause of a pack that is not known here comes with its pack; one that is, is found by its key', async () => {
  const a = await desk('Ada');
  await importPage(a.archive, persian);
  tag(a, 'کلاغ', ['دزدند'], { clauseKey: 'x/hateful-conduct' });
  const other = {
    ...testPack,
    name: 'another pack',
    clauses: testPack.clauses.map((clause) => ({ ...clause, key: 'x/other-rule' })),
  };
  const archive = await createArchive({
    path: `${temporaryFolder()}/b.holdfast`,
    passphrase: null,
    person: { name: 'Bea' },
    clauses: other,
  });
  onTestFinished(() => closeArchive(archive));
  const b: Desk = { ...(await desk('Bea')), archive };
  const c = await desk('Cleo');

  await send(a, b);
  await send(a, c);

  expect(getClauseByKey(b.archive.db, 'x/hateful-conduct')).toMatchObject({
    pack: 'test pack 1',
    summary: testPack.clauses[0]?.summary,
  });
  for (const each of [b, c]) expect(judgements(each)).toEqual(judgements(a));
  expect(await send(b, a)).toEqual([]);
  await check(a, b, c);
});

test('keys that name other clauses here are not taken over', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  tag(a, 'کلاغ', ['دزدند'], { clauseKey: 'x/hateful-conduct' });
  tag(a, 'کلاغ', ['کلاغ']);
  // Another library already has these keys for other clauses, under a policy of another name.
  await library(
    b.archive,
    [['20190101', '# Hateful conduct\n\n## What is not allowed\n\n**Slurs:** Be kind to owls.\n']],
    'Owl rules',
  );

  expect(await send(a, b)).toEqual(['tags-taken']);

  const [owls, rules] = ['Owl rules', 'Rules'].map((name) =>
    listPolicies(b.archive.db, 'elmwick').find((policy) => policy.name === name),
  );
  expect(listVersions(b.archive.db, owls?.id ?? '')).toHaveLength(1);
  expect(listVersions(b.archive.db, rules?.id ?? '').length).toBeGreaterThan(1);
  const keysOf = (policyId = '') =>
    b.archive.db
      .prepare(
        'SELECT DISTINCT p.key FROM policy_part AS p JOIN policy_version AS v ON v.event_seq = p.version_seq WHERE v.policy_id = ? AND p.key IS NOT NULL',
      )
      .pluck()
      .all(policyId);
  expect(keysOf(rules?.id).filter((each) => keysOf(owls?.id).includes(each))).toEqual([]);
  expect(judgements(b)).toEqual(judgements(a));
  expect(await send(b, a)).toEqual([]);
  await check(a, b);
});
