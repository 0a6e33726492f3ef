/** Whether a post was still there goes along in bundles: for whom, from where and when, and never under which persona. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addPersona } from '../../archive/personas/personas.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { toldChecks } from '../../archive/watch/told.ts';
import { addWatch, listWatches } from '../../archive/watch/watch.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import type { LeavingDraft } from '../../contract/model/leaving.ts';
import { migrationFiles } from '../../db/migrate.ts';
import { evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { unpack } from '../evidence/build/bundle.ts';
import { importPage, postPage } from '../support/archive.ts';
import { address, begin, engine, finishOf, play, startOf } from '../support/recording.ts';
import { bundleOf, check, type Desk, desk, postsOf, send } from './desks.ts';

const hourly = { everyMinutes: 60, jitterMinutes: 0, hours: null };

async function look(
  { archive }: Desk,
  watch: string,
  {
    page,
    status = 200,
    network = null,
    persona = null,
  }: { page: string; status?: number; network?: string | null; persona?: string | null },
) {
  const sink = withPurpose(recordingSink(archive), { kind: 'watch', watch, network });
  const { captureId } = await sink.begin({
    url: address,
    startedAt: '2026-01-05T08:00:00.000Z',
    engine,
    persona,
  });
  await play(sink, captureId, startOf(0, { status }), page);
  await sink.finish(finishOf(captureId));
}

async function shown(from: Desk, leaving: LeavingDraft = {}) {
  const files = await unpack(readFileSync(await bundleOf(from, leaving)));
  const texts = [...files].map(([, bytes]) => Buffer.from(bytes).toString('latin1'));
  const file = (path: string) => Buffer.from(files.get(path) ?? '').toString('utf8');
  const { checks = [] } = evidenceSchema.parse(JSON.parse(file('data/evidence.json')));
  return { checks, report: file('data/report.html'), texts };
}

test('checks go along with posts of captures whose recordings are cut down', async () => {
  const [there, here] = [await desk('Ada'), await desk('Bo')];
  const sink = recordingSink(there.archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('The words of it'));
  const { posts } = await sink.finish(finishOf(captureId));
  const draft = { postId: posts[0] ?? '', url: null, schedule: hourly, persona: null };
  await look(there, addWatch(there.archive, draft).id, { page: postPage('The words of it') });

  const { checks, report } = await shown(there, { wacz: 'exhibits' });

  expect(checks.map(({ kind, post }) => [kind, post])).toEqual([['up', posts[0]]]);
  expect(report).toContain('Whether the posts were still there');
  expect(await send(there, here, { wacz: 'exhibits' })).toContain('checks-taken');
  await check(there, here);
});

test('checks stand in evidence.json and the report, are taken in with the post, and go on from there', async () => {
  const [there, here] = [await desk('Ada'), await desk('Bo')];
  const postId = await importPage(there.archive, 'The words of it');
  const persona = addPersona(there.archive, {
    name: 'Quiet reader',
    colour: 'teal',
    languages: [],
    timeZone: null,
    userAgent: null,
    proxy: null,
    pace: null,
  }).id;
  const watch = addWatch(there.archive, { postId, url: null, schedule: hourly, persona: null }).id;
  await look(there, watch, { page: postPage('The words of it') });
  await look(there, watch, { page: postPage('Other words') });
  await look(there, watch, { page: '<h1>No</h1>', status: 451, network: 'VPN, Germany' });
  await look(there, watch, { page: '<h1>No</h1>', status: 410, network: 'VPN, Germany' });
  await look(there, watch, { page: '<h1>No</h1>', status: 410, persona });

  const { checks, report, texts } = await shown(there);

  expect(
    checks.map(({ kind, status, who, vantage, confirms }) => [
      kind,
      status,
      who,
      vantage.session,
      vantage.network,
      vantage.signedIn,
      confirms,
    ]),
  ).toEqual([
    ['up', 200, null, 'fresh', null, false, null],
    ['edited', 200, null, 'fresh', null, false, null],
    ['not-reachable', 451, 'platform-says', 'fresh', 'VPN, Germany', false, null],
    ['not-reachable', 410, 'not-known', 'fresh', 'VPN, Germany', false, null],
    ['not-reachable', 410, 'not-known', 'kept', null, null, checks[2]?.capture],
  ]);
  expect(checks.map(({ post }) => post)).toEqual(Array(5).fill(postId));
  expect(report).toContain('Whether the posts were still there');
  expect(report).toContain('network, as stated: ');
  expect(report).toContain('The platform says that it acted.');
  expect(report.match(/<strong>Gone<\/strong>/g)).toHaveLength(1);
  expect(report).not.toContain('deleted');
  for (const text of texts) {
    expect(text).not.toContain(persona);
    expect(text).not.toContain('Quiet reader');
  }

  expect(await send(there, here)).toEqual(['checks-taken']);
  const told = await shown(here);
  expect(
    told.checks.map(({ kind, capture, origin }) => [kind, capture, origin?.actor.name, origin?.event]),
  ).toEqual(checks.map(({ kind, capture, actor, event }) => [kind, capture, actor.name, event]));
  expect(told.report).toContain('as its bundle says');
  // Beside the watch list, and not in it.
  expect(toldChecks(here.archive, null)).toMatchObject({
    total: 5,
    checks: [...checks]
      .reverse()
      .map(({ kind, capture, actor }) => ({ by: actor.name, check: { kind, capture } })),
  });
  const ofPosts = postsOf(here).map((post) => toldChecks(here.archive, post.postId).total);
  expect(Math.max(...ofPosts)).toBe(5);
  expect([toldChecks(there.archive, postId).total, listWatches(here.archive, 0, 10).total]).toEqual([0, 0]);
  expect(await send(there, here)).toEqual([]);
  expect(await send(here, there)).toEqual([]);
  await check(there, here);

  // As archives were before there was a table of them.
  const { db } = here.archive;
  db.exec('DROP TABLE post_check; CREATE INDEX tag_by_version ON tag (version_id, part)');
  db.exec(migrationFiles().find(({ name }) => name === '021-post-checks.sql')?.sql ?? '');
  expect(db.prepare('SELECT count(*) FROM post_check').pluck().get()).toBe(checks.length);
  expect(rebuild(here.archive).differences).toEqual([]);
});

test('a check that saw the post between two that did not: nobody says that it is gone', async () => {
  const there = await desk('Ada');
  const postId = await importPage(there.archive, 'Words');
  const [one = '', other = ''] = [1, 2].map(
    () => addWatch(there.archive, { postId, url: null, schedule: hourly, persona: null }).id,
  );
  await look(there, one, { page: '<h1>No</h1>', status: 410, network: 'office' });
  await look(there, other, { page: postPage('Words'), network: 'home' });
  await look(there, one, { page: '<h1>No</h1>', status: 410, network: 'VPN, Germany' });

  const { checks, report } = await shown(there);

  expect(checks.map(({ kind, confirms }) => [kind, confirms])).toEqual([
    ['not-reachable', null],
    ['up', null],
    ['not-reachable', null],
  ]);
  expect(report).not.toContain('<strong>Gone</strong>');
});

test('checks of other posts stay', async () => {
  const there = await desk('Ada');
  await importPage(there.archive, 'Words');
  const watch = addWatch(there.archive, {
    postId: null,
    url: 'https://elsewhere.example/a',
    schedule: hourly,
    persona: null,
  }).id;
  await look(there, watch, { page: '<h1>No</h1>', status: 410 });

  expect((await shown(there)).checks).toEqual([]);
});
