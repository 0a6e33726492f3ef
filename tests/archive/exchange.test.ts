import { expect, onTestFinished, test } from 'vitest';
import { importFiles } from '../../archive/import/import-files.ts';
import { addRedaction } from '../../archive/leaving/redactions.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { correctClause } from '../../archive/policies/notes.ts';
import { listCaptures, listPosts, requirePost } from '../../archive/posts.ts';
import { recordEvent } from '../../archive/record.ts';
import { reviewTag } from '../../archive/review/review.ts';
import { archiveStatus } from '../../archive/status.ts';
import { inTransaction } from '../../db/handle.ts';
import { listPolicies, listVersions } from '../../db/policy.ts';
import { importPage } from '../support/archive.ts';

import {
  all,
  bundleOf,
  check,
  december,
  desk,
  emoji,
  judgements,
  key,
  library,
  mixed,
  persian,
  postsOf,
  send,
  september,
  slurs,
  tag,
  tagsOf,
  tagsOn,
} from './desks.ts';

test('Persian, emoji and mixed directions, with two quotes: the same in another archive, in its bundle, and back', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  for (const text of [persian, emoji, mixed]) await importPage(a.archive, text);
  await library(a.archive, all);
  const [, , third] = [
    tag(a, 'کلاغ', ['کلاغ‌ها دزدند', 'کلاغ‌ها را'], { sure: 'certain' }),
    tag(a, 'Out with', [
      '\u{1F426}\u200d\u2b1b',
      '\u{1F468}\u{1F3FD}\u200d\u{1F469}\u{1F3FB}\u200d\u{1F467}',
    ]),
    tag(a, 'They said', ['\u2067خانه‌ها را بسوزانید\u2069', '(شب) 42'], { finding: 'unclear' }),
  ];
  expect(third?.quotes).toHaveLength(2);
  const before = judgements(a);

  expect(await send(a, b)).toEqual(['tags-taken']);

  expect(judgements(b)).toEqual(before);
  expect(await send(b, a)).toEqual([]);
  expect(judgements(a)).toEqual(before);
  // What came from elsewhere says so, and keeps its id; versions keep theirs and say which bundle showed them.
  expect(tagsOf(b)[0]?.origin).toMatchObject({
    archive: a.archive.info.archiveId,
    actor: { name: 'Tess Ter' },
  });
  const [policy] = listPolicies(b.archive.db, 'elmwick');
  const versions = listVersions(b.archive.db, policy?.id ?? '');
  expect(versions.map(({ id }) => id)).toEqual(
    listVersions(a.archive.db, policy?.id ?? '').map(({ id }) => id),
  );
  expect(versions[0]?.source).toMatchObject({
    name: expect.stringMatching(/^bundle \S+ of the archive \S+, signed by "Ada": 20200902_rules\.md$/),
    licence: 'ODC-By 1.0',
    attribution: 'Invented Archive',
    address: 'https://rules.example',
  });
  await check(a, b);
});

test('back and forth five times: the same tags and reviews on both sides, nothing twice, disputes side by side', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await importPage(a.archive, emoji);
  const { captureId } = requirePost(a.archive, await importPage(a.archive, 'Zora was there'));
  addRedaction(a.archive, { captureId, hides: { what: 'words', words: ['Zora'] }, because: 'a bystander' });
  await library(a.archive, all);
  tag(a, 'کلاغ', ['کلاغ‌ها دزدند'], { considered: [] });
  for (let round = 0; round < 5; round += 1) {
    await send(a, b);
    const [about] = tagsOn(b, 'کلاغ');
    reviewTag(b.archive, { tagId: about?.id ?? '', act: 'dispute', because: `No, in round ${round}.` });
    tag(b, 'Out with', ['now'], {
      because: `Round ${round}`,
      clauseKey: round % 2 === 0 ? key : 'x/hateful-conduct',
    });
    await send(b, a);
    const newest = tagsOn(a, 'Out with').at(-1);
    reviewTag(a.archive, { tagId: newest?.id ?? '', act: 'dispute', because: `Nor this, ${round}.` });
    expect(tagsOn(a, 'کلاغ')[0]?.state).toBe('disputed');
  }
  await send(a, b);

  expect(judgements(a)).toEqual(judgements(b));
  expect(tagsOf(a)).toHaveLength(6);
  expect(tagsOf(a).flatMap(({ reviews }) => reviews)).toHaveLength(10);
  const madeOf = ({ archive }: typeof a) =>
    listCaptures(archive, 0, 100, 'all').captures.flatMap(({ format }) =>
      format === 'bundle' ? [] : [format],
    );
  expect(madeOf(a)).toEqual(['html', 'html', 'html']);
  // What came in part stays what it is.
  expect(madeOf(b).sort()).toEqual(['html', 'html', 'partial']);
  for (const { archive } of [a, b]) {
    expect(listPosts(archive, '', 0, 100).total).toBe(3);
    expect(listPolicies(archive.db, null)).toHaveLength(1);
    expect(listVersions(archive.db, listPolicies(archive.db, null)[0]?.id ?? '')).toHaveLength(3);
  }
  expect(tagsOn(a, 'کلاغ')[0]?.reviews.map(({ act }) => act)).toEqual(
    Array.from({ length: 5 }, () => 'dispute'),
  );
  await check(a, b);
});

test('the same bundle, or the same tags in another, add nothing', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  tag(a, 'کلاغ', ['کلاغ‌ها دزدند']);
  await send(a, b);
  const before = archiveStatus(b.archive).counts;

  expect(await send(a, b)).toEqual([]);

  // The bundle itself: one capture, its sealing with its files, and its import.
  expect(archiveStatus(b.archive).counts).toMatchObject({
    tags: before.tags,
    posts: before.posts,
    captures: before.captures + 1,
    events: before.events + 3,
  });
  await check(a, b);
});

test('a desk that has the same texts already uses them as they are, under the keys that they have there', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  correctClause(a.archive, {
    key,
    version: null,
    because: 'A clause of its own.',
    change: { kind: 'key', key: null },
  });
  await library(b.archive, all);
  const [policy] = listPolicies(b.archive.db, 'elmwick');
  const mine = listVersions(b.archive.db, policy?.id ?? '').map(({ id }) => id);
  const cited = tag(a, 'کلاغ', ['دزدند'], { clauseKey: `${key}-2` });
  expect(cited.clause).toMatchObject({ key: `${key}-2`, title: 'Glorifying harm' });

  await send(a, b);

  expect(listVersions(b.archive.db, policy?.id ?? '').map(({ id }) => id)).toEqual(mine);
  expect(tagsOf(b)[0]?.clause).toMatchObject({ key, text: cited.clause?.text });
  expect(mine).toContain(tagsOf(b)[0]?.clause?.version);
  expect(judgements(b)).toEqual(judgements(a));
  expect(await send(b, a)).toEqual([]);
  expect(judgements(a)).toEqual(judgements(b));
  await check(a, b);
});

test('a desk that has some of the texts gets the others, and its keys are not mixed up with those from there', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  await library(b.archive, [['20201001', september]]);
  tag(a, 'کلاغ', ['دزدند'], { clauseKey: slurs });

  await send(a, b);

  const [policy] = listPolicies(b.archive.db, 'elmwick');
  expect(listVersions(b.archive.db, policy?.id ?? '').length).toBeGreaterThan(1);
  expect(tagsOf(b)[0]?.clause).toMatchObject({ key: slurs, title: 'Slurs' });
  expect(await send(b, a)).toEqual([]);
  await check(a, b);
});

test('another text of the same day stands beside the one that is known', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, [['20201203', december]]);
  await library(b.archive, [['20201203', `${december}\nAnd more.\n`]]);
  tag(a, 'کلاغ', ['دزدند']);

  expect(await send(a, b)).toEqual(['tags-taken']);

  const names = listPolicies(b.archive.db, 'elmwick').map(({ name }) => name);
  expect(names).toEqual(['Rules', `Rules (archive ${a.archive.info.archiveId.slice(-12)})`]);
  expect(judgements(b).map(({ clause }) => clause)).toEqual(judgements(a).map(({ clause }) => clause));
  expect(await send(b, a)).toEqual([]);
  expect(listPolicies(a.archive.db, 'elmwick')).toHaveLength(1);
  await check(a, b);
});

test('a tag or a review under a known id with another content is told of, and not taken', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  const tagged = tag(a, 'کلاغ', ['دزدند']);
  await send(a, b);
  const review = reviewTag(b.archive, { tagId: tagged.id, act: 'dispute', because: 'No.' });
  // Another desk says that it has the same tag and the same review, with other words.
  const c = await desk('Cleo');
  await importFiles(c.archive, [await bundleOf(a)]);
  const forged = await desk('Mallory');
  await importPage(forged.archive, persian);
  inTransaction(forged.archive.db, () => {
    const [post] = postsOf(forged);
    const body = {
      tag: tagged.id,
      post: post?.postId ?? '',
      clause: null,
      quote: null,
      because: 'All is well.',
      finding: 'no-violation' as const,
    };
    recordEvent(forged.archive, 'tag.set', body);
  });
  expect(await send(forged, b)).toEqual(['tag-differs']);
  inTransaction(c.archive.db, () =>
    recordEvent(c.archive, 'tag.reviewed', {
      review: review.id,
      tag: tagged.id,
      act: 'agree',
      because: 'Yes.',
    }),
  );
  expect(await send(c, b)).toEqual(['review-differs']);
  expect(tagsOf(b)).toMatchObject([
    { id: tagged.id, because: tagged.because, reviews: [{ act: 'dispute' }] },
  ]);
  await check(b);
});

test('by way of a third desk: one capture, one tag, and no proof that nobody saw', async () => {
  const [a, b, c] = [await desk('Ada'), await desk('Bea'), await desk('Cleo')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  tag(a, 'کلاغ', ['دزدند']);
  await send(a, b);
  reviewTag(b.archive, { tagId: tagsOf(b)[0]?.id ?? '', act: 'dispute', because: 'No.' });

  await send(b, c);
  await send(a, c);
  await send(c, a);

  // The tag cites texts that came to Cleo by way of somebody else: they say nothing of what became of the rule.
  expect(judgements(b)[0]?.flags).toEqual(['reworded-since']);
  expect(judgements(c)).toEqual(judgements(b).map((judgement) => ({ ...judgement, flags: [] })));
  expect(judgements(a)).toEqual(judgements(b));
  for (const { archive } of [a, b, c]) expect(listPosts(archive, '', 0, 100).total).toBe(1);
  expect(tagsOf(c)[0]?.origin?.actor).toEqual({ name: 'Tess Ter', basis: 'claimed', signer: null });
  await check(a, b, c);
});

test('an archive that is opened again, with what it took in, goes on', async () => {
  const [a, b] = [await desk('Ada'), await desk('Bea')];
  await importPage(a.archive, persian);
  await library(a.archive, all);
  tag(a, 'کلاغ', ['دزدند']);
  await send(a, b);
  const { path } = b.archive;
  closeArchive(b.archive);
  const again = { ...b, archive: await openArchive({ path, passphrase: null, person: { name: 'Bea' } }) };
  onTestFinished(() => closeArchive(again.archive));
  expect(judgements(again)).toEqual(judgements(a));
  expect(await send(again, a)).toEqual([]);
  await check(again);
});
