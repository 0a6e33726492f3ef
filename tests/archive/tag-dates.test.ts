import { expect, test } from 'vitest';
import { addStatement, correctClause } from '../../archive/policies/notes.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { addTag } from '../../archive/tags/add.ts';
import { prepareTag } from '../../archive/tags/prepare.ts';
import { readTags } from '../../archive/tags/read.ts';
import { addReport, listReports } from '../../archive/tags/reports.ts';
import { spanOfStated } from '../../evidence/policy/stated-span.ts';
import { checkArchive, checkLog, importPage, xPage } from '../support/archive.ts';
import {
  addVersions,
  ferryArchive,
  ferryRules,
  ferryVersions,
  hateful,
  newWords,
  spam,
} from '../support/library.ts';
import { begin, finishOf, play, startOf } from '../support/recording.ts';

type FerryArchive = Awaited<ReturnType<typeof ferryArchive>>;

const posted = async (archive: FerryArchive, postedAt: string, id?: string) =>
  importPage(archive, 'words', xPage('words', { postedAt, ...(id !== undefined && { id }) }));
const dayOf = (archive: FerryArchive, version: string | null) =>
  archive.db.prepare('SELECT substr(seen_at, 1, 10) FROM policy_version WHERE id = ?').pluck().get(version) ??
  null;

test.each([
  ['an instant between the same words', '2021-01-14T10:00:00Z', 'yes', '2020-12-03', '2020-12-03'],
  ['an instant between different words', '2020-11-14T10:00:00Z', 'not-known', null, '2020-10-28'],
  ['a month that goes on after the last version', '2021-01', 'not-known', null, '2020-12-03'],
  ['a month in which the words changed', '2020-12', 'not-known', null, '2020-10-28'],
  ['a year', '2021', 'not-known', null, '2020-12-03'],
  ['a day well inside', '2021-01-14', 'yes', '2020-12-03', '2020-12-03'],
  ['a day of an unknown zone at the edge of the new words', '2020-12-03', 'not-known', null, '2020-10-28'],
  ['a wall clock without a zone', '2020-12-10T10:00', 'yes', '2020-12-03', '2020-12-03'],
  [
    'a wall clock whose zone may lead before the sighting',
    '2020-12-03T08:00',
    'not-known',
    null,
    '2020-10-28',
  ],
  ['before the first version', '2019-01-14T10:00:00Z', 'not-known', null, '2020-10-28'],
])('posted at %s (%s): %s, words of %s, cited those of %s', async (_what, at, inForce, then, cited) => {
  const archive = await ferryArchive();
  const postId = await posted(archive, at);

  const { clause, dates } = prepareTag(archive, postId, hateful);

  expect(dates.map(({ when }) => when)).toEqual(['posted', 'last-seen-up', 'reported']);
  expect(dates[0]).toMatchObject({ inForce, at });
  expect(dayOf(archive, dates[0]?.version ?? null)).toBe(then);
  expect(dayOf(archive, clause.version)).toBe(cited);
  const nearest = at < '2020' ? 'first seen after' : 'last seen before';
  expect(dates[0]?.why.includes(`Cited are the words ${nearest}, ${cited}`)).toBe(cited !== then);
  expect(dates[2]).toEqual({
    when: 'reported',
    at: null,
    inForce: 'not-known',
    why: 'No report of it is recorded here.',
    version: null,
    restsOn: [],
  });
});

test('what a stated time may mean', () => {
  const stated = (
    value: string,
    precision: 'year' | 'month' | 'day' | 'minute' | 'second',
    zone: 'utc' | 'unknown',
  ) => {
    const span = spanOfStated({ value, precision, zone, readFrom: 'x', raw: value });
    return span === null ? null : [span.from, span.to].map((time) => new Date(time).toISOString());
  };

  expect(stated('2021-01-14T10:00:00Z', 'second', 'utc')).toEqual([
    '2021-01-14T10:00:00.000Z',
    '2021-01-14T10:00:00.000Z',
  ]);
  expect(stated('2021-01-14T10:00Z', 'minute', 'utc')).toEqual([
    '2021-01-14T10:00:00.000Z',
    '2021-01-14T10:00:59.999Z',
  ]);
  expect(stated('2021-01-14', 'day', 'utc')).toEqual([
    '2021-01-14T00:00:00.000Z',
    '2021-01-14T23:59:59.999Z',
  ]);
  expect(stated('2021-01-14', 'day', 'unknown')).toEqual([
    '2021-01-13T10:00:00.000Z',
    '2021-01-15T11:59:59.999Z',
  ]);
  expect(stated('2020-12', 'month', 'utc')).toEqual(['2020-12-01T00:00:00.000Z', '2020-12-31T23:59:59.999Z']);
  expect(stated('2020', 'year', 'utc')?.[1]).toBe('2020-12-31T23:59:59.999Z');
  expect(stated('2021-01-14T10:00:00', 'second', 'unknown')?.[0]).toBe('2021-01-13T20:00:00.000Z');
  expect(stated('nothing', 'day', 'utc')).toBeNull();
});

test('last seen up: the newest capture of the same post, and what that rests on', async () => {
  const archive = await ferryArchive();
  const saved = (day: string) =>
    `<!--\n Page saved with SingleFile \n url: https://x.com/ada/status/20 \n saved date: ${day} \n-->${xPage('words')}`;
  const first = await importPage(archive, 'words', xPage('words'));
  const seenUp = () => prepareTag(archive, first, hateful).dates[1];

  expect(seenUp()).toMatchObject({ at: null, why: expect.stringMatching(/No capture here says/) as string });
  await importPage(archive, 'words', saved('Thu Jan 14 2021 12:00:00 GMT+0000 (UTC)'));
  expect(seenUp()).toMatchObject({
    at: '2021-01-14T12:00:00.000Z',
    inForce: 'yes',
    why: expect.stringMatching(/^An imported file says .*a claim of its source/) as string,
  });
  // A date after it was received here is no date.
  await importPage(archive, 'words', saved('Thu Jan 14 2099 12:00:00 GMT+0000 (UTC)'));
  // Another post says nothing of this one.
  await posted(archive, '2021-01-14T10:00:00Z', '21');
  expect(seenUp()?.at).toBe('2021-01-14T12:00:00.000Z');

  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), xPage('words'));
  await sink.finish(finishOf(captureId));

  expect(seenUp()).toMatchObject({
    at: '2026-01-05T08:00:00.000Z',
    inForce: 'not-known',
    why: expect.stringMatching(/^Captured here by Holdfast on 2026-01-05/) as string,
  });
});

test('the version in force when last seen up is cited where that when posted is not known', async () => {
  const archive = await ferryArchive();
  const saved = `<!--\n Page saved with SingleFile \n url: https://x.com/ada/status/20 \n saved date: Thu Dec 10 2020 12:00:00 GMT+0000 (UTC) \n-->`;
  const postId = await importPage(archive, 'x', saved + xPage('words', { postedAt: '2019-01-14T10:00:00Z' }));

  const { clause, dates } = prepareTag(archive, postId, hateful);

  expect(dates[0]).toMatchObject({
    inForce: 'not-known',
    why: expect.stringMatching(/Cited are the words in force when the post was last seen up\.$/) as string,
  });
  expect(dayOf(archive, clause.version)).toBe('2020-12-03');
});

test('reported: the newest report of the same post; refused are times to come, unknown posts and bundles', async () => {
  const archive = await ferryArchive();
  const [postId, again] = [
    await importPage(archive, 'x', xPage('words')),
    await importPage(archive, 'x', xPage('words')),
  ];
  const report = {
    posts: [postId],
    to: ' The Ferry Line ',
    at: '2021-01-10',
    bundle: null,
    note: ' case 7 ',
  };

  const first = addReport(archive, report);
  const later = addReport(archive, {
    ...report,
    posts: [again, postId, again],
    at: '2021-01-15T09:00:00+01:00',
  });
  for (const [change, code] of [
    [{ at: '2099-01-01' }, 'bad-input'],
    [{ at: 'last week' }, 'bad-input'],
    [{ to: ' ' }, 'bad-input'],
    [{ bundle: postId }, 'bad-input'],
    [{ posts: [postId, '01890a5d-ac96-774b-bcce-b302099a8057'] }, 'post-not-found'],
  ] as const) {
    expect(() =>
      addReport(archive, { ...report, ...change, posts: [...(change.posts ?? report.posts)] }),
    ).toThrowError(expect.objectContaining({ code }));
  }

  expect(first).toMatchObject({ to: 'The Ferry Line', note: 'case 7' });
  expect(listReports(archive, null)).toEqual([later, first]);
  expect(listReports(archive, again)).toEqual([{ ...later, posts: [again, postId] }]);
  expect(prepareTag(archive, postId, hateful).dates[2]).toMatchObject({
    at: '2021-01-15T09:00:00+01:00',
    inForce: 'yes',
    why: expect.stringMatching(/^Reported to The Ferry Line on 2021-01-15T09:00:00\+01:00\. /) as string,
  });
  checkArchive(archive);
  await checkLog(archive);
});

test('by statement, for a clause with words and for one of a pack', async () => {
  const archive = await ferryArchive();
  const postId = await posted(archive, '2020-11-14T10:00:00Z');
  for (const key of [hateful, 'x/hateful-conduct']) {
    addStatement(archive, {
      ...{ key, speaker: 'A spokesperson', saidOn: '2020-11-01', text: 'It applies.', reportedIn: null },
      ...{ address: null, capture: null, effect: 'applies' },
    });
    expect(prepareTag(archive, postId, key).dates[0]).toMatchObject({
      inForce: 'by-statement',
      version: null,
    });
  }
});

test('what was said of posts that are older than the rule stands where one is', async () => {
  const archive = await ferryArchive({ ...ferryVersions });
  const postId = await posted(archive, '2020-11-30T10:00:00Z');
  addTag(archive, { postId, clauseKey: spam, because: 'x' });
  addStatement(archive, {
    ...{ key: spam, speaker: 'Ferry', saidOn: '2021-01-20', text: 'We take older posts down.' },
    ...{ reportedIn: null, address: null, capture: null, effect: 'explains' },
    olderPosts: { removal: 'yes', sanction: 'no' },
  });

  expect(readTags(archive, postId)[0]?.flags[0]).toMatchObject({
    code: 'older-than-rule',
    message: expect.stringContaining(
      'Ferry, 2021-01-20, of older posts: they are removed, they bring no sanction.',
    ),
  });
  checkArchive(archive);
});

test('flags: reworded, dropped, older than the rule, not in force; found anew as the library grows', async () => {
  const archive = await ferryArchive({ ...ferryVersions });
  const postId = await posted(archive, '2020-11-30T10:00:00Z');
  const early = await posted(archive, '2020-10-28T10:00:00Z', '30');
  addTag(archive, { postId: early, clauseKey: hateful, because: 'x' });
  addTag(archive, { postId, clauseKey: spam, because: 'x' });
  const flags = (id: string) =>
    readTags(archive, id).flatMap((tag) =>
      tag.flags.map(({ code, version }) => [code, dayOf(archive, version)]),
    );

  expect(flags(early)).toEqual([['reworded-since', '2020-12-03']]);
  // Between 2020-10-28 and 2020-12-03, neither of which has the rule on spam.
  expect(flags(postId)).toEqual([
    ['older-than-rule', '2021-01-20'],
    ['not-in-force-when-posted', '2020-10-28'],
  ]);

  await addVersions(archive, {
    '20220101_Ferry.md': ferryRules(newWords),
    '20220201_Ferry.md': ferryRules(newWords),
  });

  expect(flags(postId)[0]).toEqual(['dropped-since', '2022-01-01']);
  expect(flags(early)).toEqual([['reworded-since', '2020-12-03']]);

  await addVersions(archive, {
    '20220301_Ferry.md': ferryRules('You may not attack people on the basis of race, religion or origin.'),
  });
  expect(flags(early)).toEqual([]);
});

test('a clause that a person corrected counts by its new key', async () => {
  const archive = await ferryArchive();
  const postId = await posted(archive, '2020-10-28T10:00:00Z');
  addTag(archive, { postId, clauseKey: hateful, because: 'x' });
  const newest = archive.db.prepare('SELECT id FROM policy_version ORDER BY seen_at').pluck().all();

  correctClause(archive, {
    key: hateful,
    version: String(newest[1]),
    because: 'another rule',
    change: { kind: 'key', key: null },
  });

  // Of the key that was cited, nothing stands from the second version on.
  expect(readTags(archive, postId)[0]?.flags).toMatchObject([{ code: 'dropped-since', version: newest[1] }]);
});
