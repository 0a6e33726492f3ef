/** Personas in the archive: events, their projection, and the session that no event holds. */
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { takeTurn } from '../../archive/personas/pace.ts';
import { addPersona, changePersona, listPersonas, retirePersona } from '../../archive/personas/personas.ts';
import { clearSession, keepSession, openSession } from '../../archive/personas/session.ts';
import { addTrailPage, purgeTrail, readTrail } from '../../archive/personas/trail.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { emptySession, type PersonaFacts, usualPersonaPace } from '../../contract/model/persona.ts';
import { checkArchive, checkLog, makeArchive } from '../support/archive.ts';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const plain: PersonaFacts = {
  name: 'Ann',
  colour: 'teal',
  languages: [],
  timeZone: null,
  userAgent: null,
  proxy: null,
  pace: usualPersonaPace,
};
const cookie = {
  name: 'sid',
  value: 'planted-5d0c',
  domain: 'x.test',
  path: '/',
  httpOnly: true,
  secure: true,
};
const state = Buffer.from(JSON.stringify({ ...emptySession, cookies: [cookie] }));

const documents = (archive: Archive): string =>
  archive.db
    .prepare('SELECT CAST(document AS TEXT) || CAST(leaf AS TEXT) FROM event')
    .pluck()
    .all()
    .join('\n');

test('made, changed, retired: as the events say, also after a rebuild', async () => {
  const archive = await makeArchive();
  const { id } = addPersona(archive, {
    ...plain,
    timeZone: 'asia/tehran',
    proxy: 'SOCKS5://Proxy.test:1080/',
  });

  expect(
    changePersona(archive, 'Ann', { name: 'Anna', languages: ['fa', 'en'], userAgent: chrome }),
  ).toMatchObject({
    id,
    name: 'Anna',
    languages: ['fa', 'en'],
    timeZone: 'Asia/Tehran',
    proxy: 'socks5://proxy.test:1080',
    userAgent: chrome,
  });
  expect(changePersona(archive, id, { timeZone: null })).toMatchObject({ timeZone: null, userAgent: chrome });
  expect(() => changePersona(archive, id, { timeZone: null })).toThrow(/like this already/);
  expect(retirePersona(archive, 'Anna')).toMatchObject({ retired: true });
  expect(() => openSession(archive, id)).toThrow(/was retired/);
  addPersona(archive, { ...plain, name: 'Anna' });

  expect(listPersonas(archive)).toMatchObject([{ retired: false }, { id, retired: true }]);
  expect(rebuild(archive).differences).toEqual([]);
  checkArchive(archive);
  await checkLog(archive);
});

const refused: [string, Partial<PersonaFacts>][] = [
  ['a name that looks like another', { name: 'ANN' }],
  ['no name', { name: ' ' }],
  ['a time zone that is none', { timeZone: 'Middle/Earth' }],
  ['an offset for a time zone', { timeZone: '+03:30' }],
  ['a language that is none', { languages: ['en;q=1'] }],
  [
    'a user agent of another engine',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0' },
  ],
  ['a line break in the user agent', { userAgent: `${chrome}\r\nCookie: a=b` }],
  ['a proxy with a password', { proxy: 'http://me:secret@proxy.test:3128' }],
  ['a proxy of another kind', { proxy: 'socks4://proxy.test:1080' }],
  ['a second proxy to fall back on', { proxy: 'socks5://proxy.test:1080,direct://' }],
];

test('what no browser can be is refused, and nothing is recorded', async () => {
  const archive = await makeArchive();
  addPersona(archive, plain);

  for (const [name, facts] of refused) {
    expect(() => addPersona(archive, { ...plain, name: 'Ben', ...facts }), name).toThrow(
      expect.objectContaining({ code: facts.name === 'ANN' ? 'persona-name-taken' : 'bad-input' }),
    );
  }
  expect(listPersonas(archive)).toHaveLength(1);
  checkArchive(archive);
});

test('a session is kept, replaced and deleted; no event holds anything of it', async () => {
  const archive = await makeArchive();
  const { id } = addPersona(archive, plain);

  expect(openSession(archive, 'Ann').state).toEqual(emptySession);
  expect(keepSession(archive, id, state, null)).toBe('kept');
  expect(openSession(archive, 'Ann')).toMatchObject({
    persona: { sessionKeptAt: expect.any(String) },
    state: { cookies: [cookie] },
  });
  const { version } = openSession(archive, id);
  expect(() => keepSession(archive, id, Buffer.from('{"v":1,"cookies":"no"}'), version)).toThrow(
    /something else/,
  );
  expect(keepSession(archive, id, state, version)).toBe('kept');
  // Whoever began before that puts nothing back.
  expect(keepSession(archive, id, Buffer.from(JSON.stringify(emptySession)), version)).toBe('newer');
  expect(openSession(archive, id).state.cookies).toEqual([cookie]);
  expect(clearSession(archive, id)).toMatchObject({ sessionKeptAt: null });
  expect(openSession(archive, id).state).toEqual(emptySession);
  expect(() => clearSession(archive, id)).toThrow(expect.objectContaining({ code: 'nothing-to-do' }));
  expect(documents(archive)).not.toContain(cookie.value);

  expect(keepSession(archive, id, state, version)).toBe('newer');
  keepSession(archive, id, state, null);
  expect(retirePersona(archive, id)).toMatchObject({ sessionKeptAt: null });
  expect(archive.db.prepare('SELECT count(*) FROM persona_session').pluck().get()).toBe(0);
  expect(rebuild(archive).differences).toEqual([]);
  checkArchive(archive);
});

test('an archive that is not encrypted keeps no session', async () => {
  const archive = await makeArchive({ plain: true });
  const { id } = addPersona(archive, plain);

  expect(keepSession(archive, id, state, null)).toBe('not-kept');
  expect(openSession(archive, id).state).toEqual(emptySession);
});

test('a capture says in an event of its own under which persona it was made; its own event does not', async () => {
  const archive = await makeArchive();
  const { id } = addPersona(archive, plain);
  const sink = recordingSink(archive);
  const startedAt = '2026-03-04T09:30:00.000Z';
  const engine = { name: 'chromium', version: 'Chromium 1', userAgent: 'test' } as const;
  const { captureId } = await sink.begin({
    url: 'https://x.test/1',
    startedAt,
    engine,
    persona: id,
    access: 'sign-in',
  });
  const blocked = [{ action: 'like', platform: 'X', method: 'POST', host: 'x.test', times: 2 }] as const;

  await sink.finish({
    captureId,
    finalUrl: null,
    title: null,
    finishedAt: startedAt,
    monotonicMilliseconds: 0,
    serverClock: [],
    reasons: [],
    withheld: [],
    blocked: [...blocked],
  });

  const sealed = archive.db
    .prepare("SELECT CAST(document AS TEXT) FROM event WHERE kind = 'capture.sealed'")
    .pluck()
    .get();
  expect(sealed).not.toContain(id);
  expect(sealed).not.toContain('Ann');
  expect(JSON.parse(String(sealed)).body.recording).toMatchObject({ access: 'sign-in', blocked });
  expect(archive.db.prepare('SELECT capture_id, name FROM persona_use').all()).toEqual([
    { capture_id: captureId, name: 'Ann' },
  ]);
  expect(rebuild(archive).differences).toEqual([]);
  checkArchive(archive);
});

test('pages are asked for at a person’s pace, however many want them at once; by hand nobody waits', async () => {
  const archive = await makeArchive();
  const pace = { betweenPages: 10, pagesAnHour: 4, betweenSteps: 2 };
  const { id } = addPersona(archive, { ...plain, pace });
  addPersona(archive, { ...plain, name: 'Ben', pace: null });
  let now = Date.parse('2026-03-04T09:00:00.000Z');
  const desk = { ...archive, clock: () => new Date(now) };
  const wait = (named = 'Ann', chance = 0, byHand = false) =>
    takeTurn(desk, named, byHand, () => chance).milliseconds / 1000;

  expect([wait(), wait('Ann', 1), wait()]).toEqual([0, 15, 25]);
  now += 20_000;
  expect(wait('Ann', 0, true)).toBe(0);
  // Four in this hour: the fifth comes an hour after the first.
  expect(wait()).toBe(3600 - 20);
  now += 3_585_000;
  expect([wait(), wait('Ben'), wait('Ben')]).toEqual([10, 0, 0]);

  expect(changePersona(archive, id, { pace: null })).toMatchObject({ pace: null });
  expect(wait()).toBe(0);
  expect(rebuild(archive).differences).toEqual([]);
  checkArchive(archive);
});

test('the trail is kept in an encrypted archive alone, and nothing of a line is left when it is deleted', async () => {
  const archive = await makeArchive();
  const { id: persona } = addPersona(archive, plain);
  const { id: other } = addPersona(archive, { ...plain, name: 'Ben' });
  const url = 'https://x.test/planted-address-7c1d';
  const page = { persona, at: '2026-03-04T09:00:00.000Z', url, referrer: null, sha256: 'ab'.repeat(32) };
  expect(addTrailPage(archive, { ...page, door: 'view' })).toBe(true);
  addTrailPage(archive, { ...page, at: '2026-03-05T09:00:00.000Z', sha256: null, door: 'own-browser' });
  addTrailPage(archive, { ...page, persona: other, door: 'view' });

  expect(readTrail(archive, 'Ann', 0, 1)).toMatchObject({
    total: 2,
    lines: [{ personaName: 'Ann', url, sha256: null, door: 'own-browser', captureId: null }],
  });
  expect(readTrail(archive, null, 0, 10).total).toBe(3);
  expect(archive.db.serialize().includes('planted-address')).toBe(true);
  expect(purgeTrail(archive, { persona, before: '2026-03-05T00:00:00.000Z' })).toBe(1);
  expect(purgeTrail(archive, { persona: null, before: null })).toBe(2);
  expect(() => purgeTrail(archive, { persona: null, before: null })).toThrow(/no such lines/);
  expect(documents(archive)).not.toContain('planted-address');
  expect(archive.db.serialize().includes('planted-address')).toBe(false);
  expect(rebuild(archive).differences).toEqual([]);
  checkArchive(archive);

  const open = await makeArchive({ plain: true });
  const { id } = addPersona(open, plain);
  expect(addTrailPage(open, { ...page, persona: id, door: 'view' })).toBe(false);
  expect(readTrail(open, null, 0, 10).total).toBe(0);
});
