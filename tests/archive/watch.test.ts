/** The watch list: what a check says, when it comes, and what may be said of it. */
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import {
  addWatch,
  checkDiff,
  dueWatches,
  listWatches,
  readWatch,
  setWatch,
  watchesOf,
} from '../../archive/watch/watch.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import type { RecordingEnd } from '../../contract/model/recording.ts';
import { checkArchive, checkLog, importPage, makeArchive, postPage } from '../support/archive.ts';
import { begin, finishOf, play, startOf } from '../support/recording.ts';

const hourly = { everyMinutes: 60, jitterMinutes: 0, hours: null };
const missing = '01890000-0000-7000-8000-000000000000';

/** An archive whose clock is set by the test. */
async function makeDesk() {
  const made = await makeArchive();
  const desk = { now: new Date('2026-01-05T08:00:00.000Z') };
  const archive: Archive = { ...made, clock: () => desk.now };
  return { archive, desk };
}

interface Check {
  page?: string;
  status?: number;
  network?: string | null;
  end?: Partial<RecordingEnd>;
}

async function check(
  archive: Archive,
  watch: string,
  { page = '', status = 200, network = null, end = {} }: Check,
) {
  const sink = withPurpose(recordingSink(archive), { kind: 'watch', watch, network });
  const captureId = await begin(sink);
  if (page !== '') await play(sink, captureId, startOf(0, { status }), page);
  await sink.finish(finishOf(captureId, end));
  return { captureId, outcome: readWatch(archive, watch, 1).checks[0]?.outcome };
}

test('still up, then edited with a word diff, then not reachable: each a capture and an event', async () => {
  const { archive, desk } = await makeDesk();
  const postId = await importPage(archive, 'The first words of it');
  const watch = addWatch(archive, { postId, url: null, schedule: hourly, persona: null });
  expect(watch).toMatchObject({
    url: 'https://social.example/ada/1',
    nextAt: '2026-01-05T09:00:00.000Z',
    overdue: 0,
  });
  expect(dueWatches(archive)).toEqual([]);

  desk.now = new Date('2026-01-05T09:10:00.000Z');
  expect(dueWatches(archive).map(({ id, overdue }) => [id, overdue])).toEqual([[watch.id, 1]]);
  const up = await check(archive, watch.id, { page: postPage('The  first words\nof it') });
  expect(up.outcome).toMatchObject({ kind: 'up', status: 200, who: null, comparedWith: postId });

  desk.now = new Date('2026-01-05T13:30:00.000Z');
  expect(dueWatches(archive)[0]?.overdue).toBe(4);
  const edited = await check(archive, watch.id, { page: postPage('The first words, quite other ones') });
  expect(edited.outcome).toMatchObject({ kind: 'edited', comparedWith: up.outcome?.post, words: null });
  expect(checkDiff(archive, edited.captureId)).toEqual([
    { op: 'same', text: 'The first' },
    { op: 'removed', text: ' words\nof it' },
    { op: 'added', text: ' words, quite other ones' },
  ]);
  // Compared with what was seen last: an edit is told once.
  expect(
    (await check(archive, watch.id, { page: postPage('The first words, quite other ones') })).outcome,
  ).toMatchObject({
    kind: 'up',
  });

  const gone = await check(archive, watch.id, { page: '<h1>Not here</h1>', status: 404 });
  expect(gone.outcome).toMatchObject({
    kind: 'not-reachable',
    status: 404,
    who: 'not-known',
    words: 'The server answered 404: not found.',
  });
  expect(checkDiff(archive, gone.captureId)).toEqual([]);

  const { watch: now, checks } = readWatch(archive, watch.id, 10);
  expect(checks.map(({ outcome, missed, dueAt }) => [outcome.kind, missed, dueAt])).toEqual([
    ['not-reachable', 0, null],
    ['up', 0, null],
    ['edited', 3, '2026-01-05T10:10:00.000Z'],
    ['up', 0, '2026-01-05T09:00:00.000Z'],
  ]);
  expect(now).toMatchObject({ checks: 4, missed: 3, gone: null, since: '2026-01-05T13:30:00.000Z' });
  expect(watchesOf(archive, up.outcome?.post ?? '').map(({ id }) => id)).toEqual([watch.id]);
  expect(watchesOf(archive, postId).map(({ id }) => id)).toEqual([watch.id]);
  expect(rebuild(archive).differences).toEqual([]);
  await checkLog(archive);
  checkArchive(archive);
});

test('gone is said after two vantages agree, and never from one', async () => {
  const { archive, desk } = await makeDesk();
  const postId = await importPage(archive, 'Words');
  const { id } = addWatch(archive, { postId, url: null, schedule: hourly, persona: null });
  const gone = (network: string | null) => check(archive, id, { page: '<h1>No</h1>', status: 410, network });
  const said = () => readWatch(archive, id, 1).watch.gone;

  await gone('office');
  await gone('office');
  await gone(null);
  expect(said()).toBeNull();
  desk.now = new Date('2026-01-05T20:00:00.000Z');
  await gone('VPN, Germany');
  expect(said()).toMatchObject({
    first: { vantage: { network: 'office' } },
    second: { vantage: { network: 'VPN, Germany' }, at: '2026-01-05T20:00:00.000Z' },
  });
  await check(archive, id, { page: postPage('Words') });
  expect(said()).toBeNull();
  await gone('VPN, Germany');
  expect(said()).toBeNull();
});

test('a check that shows nothing says nothing', async () => {
  const { archive } = await makeDesk();
  const postId = await importPage(archive, 'Words of the post');
  const { id } = addWatch(archive, { postId, url: null, schedule: hourly, persona: null });
  const nothing = {
    finalUrl: null,
    reasons: [{ code: 'navigation-failed', message: 'No way there.' }],
  } as const;
  const said = async (order: Check) => (await check(archive, id, order)).outcome;

  expect(await said({ end: { ...nothing, reasons: [...nothing.reasons] } })).toMatchObject({
    kind: 'undetermined',
    status: null,
    words: 'No answer came for the page.',
  });
  expect(await said({ page: '<p>busy', status: 503 })).toMatchObject({ kind: 'undetermined', status: 503 });
  expect(
    await said({ end: { finalUrl: null, reasons: [{ code: 'stopped-by-user', message: 'Stopped.' }] } }),
  ).toMatchObject({ kind: 'undetermined', words: 'Stopped.' });
  expect(
    await said({
      page: '<title>Sign in</title><p>Sign in to see more',
      end: { finalUrl: 'https://social.example/login' },
    }),
  ).toMatchObject({ kind: 'undetermined' });
  expect(await said({ page: '<p>law', status: 451 })).toMatchObject({
    kind: 'not-reachable',
    who: 'platform-says',
  });
});

test('an address alone is due at once, and compared with itself from then on', async () => {
  const { archive } = await makeDesk();
  const watch = addWatch(archive, {
    postId: null,
    url: 'https://social.example/ada/1',
    schedule: hourly,
    persona: null,
  });
  expect(dueWatches(archive).map(({ id }) => id)).toEqual([watch.id]);
  const first = await check(archive, watch.id, { page: postPage('One') });
  expect(first.outcome).toMatchObject({ kind: 'up', comparedWith: null });
  expect((await check(archive, watch.id, { page: postPage('Two') })).outcome).toMatchObject({
    kind: 'edited',
    comparedWith: first.outcome?.post,
  });
});

test('paused it is not due, ended it stays ended; the list has what comes next first', async () => {
  const { archive, desk } = await makeDesk();
  const add = (n: number, everyMinutes: number) =>
    addWatch(archive, {
      postId: null,
      url: `https://social.example/${n}`,
      schedule: { ...hourly, everyMinutes },
      persona: null,
    }).id;
  const [one, two, three] = [add(1, 60), add(2, 30), add(3, 10)];
  for (const id of [one, two, three]) await check(archive, id, { page: postPage('x') });
  setWatch(archive, three, 'paused');
  setWatch(archive, one, 'ended');
  desk.now = new Date('2026-01-06T08:00:00.000Z');
  expect(listWatches(archive, 0, 10).watches.map(({ id, state }) => [id, state])).toEqual([
    [two, 'active'],
    [three, 'paused'],
    [one, 'ended'],
  ]);
  expect(dueWatches(archive).map(({ id }) => id)).toEqual([two]);
  expect(setWatch(archive, three, 'active').nextAt).toBe('2026-01-06T08:10:00.000Z');
  expect(() => setWatch(archive, one, 'active')).toThrow(/ended for good/);
  await expect(check(archive, one, {})).rejects.toMatchObject({ code: 'not-allowed' });
  expect(() => setWatch(archive, missing, 'paused')).toThrow(/watch list/);
  await expect(check(archive, missing, {})).rejects.toMatchObject({ code: 'watch-not-found' });
  expect(rebuild(archive).differences).toEqual([]);
});

test('what cannot be watched is refused in words', async () => {
  const { archive } = await makeDesk();
  const draft = { postId: null, url: 'https://social.example/1', schedule: hourly, persona: null };
  expect(() => addWatch(archive, { ...draft, url: 'file:///etc/passwd' })).toThrow(/http/);
  expect(() => addWatch(archive, { ...draft, postId: missing })).toThrow(/no post/);
  const hours = { from: 8, to: 18, timeZone: 'Europe/Nowhere' };
  expect(() => addWatch(archive, { ...draft, schedule: { ...hourly, hours } })).toThrow(/time zone/);
  expect(listWatches(archive, 0, 10).total).toBe(0);
});

test('a post is looked at where it was captured, whatever the page says of its own address', async () => {
  const { archive } = await makeDesk();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const page = postPage('Words').replace('https://social.example/ada/1', 'https://elsewhere.example/1');
  await play(sink, captureId, startOf(0), page);
  const { posts } = await sink.finish(finishOf(captureId));
  const draft = { postId: posts[0] ?? '', url: null, schedule: hourly, persona: null };
  expect(addWatch(archive, draft).url).toBe('https://social.example/ada/1');
  expect(addWatch(archive, { ...draft, url: 'https://mirror.example/1' }).url).toBe(
    'https://mirror.example/1',
  );
});
