/** A persona in the window: put on before the first page, shown around it, kept when the archive is locked. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { openSession } from '../../archive/personas/session.ts';
import { requireCapture } from '../../archive/posts.ts';
import type { HoldfastWindow } from '../../contract/window.ts';
import { launchApp, type RunningApp } from '../support/electron.ts';
import { type PersonaSite, planted, servePersonaSite } from './support/persona-site.ts';
import { serveVisitors, type VisitorSite, visitorEntry } from './support/visitor-site.ts';

const passphrase = 'four words that nobody guesses';
const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
let running: RunningApp;
let site: PersonaSite;
let visitors: VisitorSite;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-visitors-'));
  [site, visitors] = await Promise.all([servePersonaSite(), serveVisitors(folder)]);
  rmSync(folder, { recursive: true });
  running = await launchApp({ args: visitors.switches });
});
afterAll(async () => {
  await running?.close();
  site?.close();
  await visitors?.close();
});

/** What a call of the bridge gives; throws what it refuses. */
async function call(name: keyof HoldfastWindow, input: unknown = {}): Promise<Record<string, unknown>> {
  const expression = `holdfast.${name}(${JSON.stringify(input)})`;
  const result: { ok: boolean; value: Record<string, unknown>; error: unknown } =
    await running.page.evaluate(expression);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const state = () => call('openView', { url: null });
async function visit(page: string): Promise<void> {
  site.forget();
  await call('navigateView', { address: `${site.origin}${page}` });
  await expect.poll(async () => (await state()).title, { timeout: 30_000 }).toBe('A page');
}
const told = (where: string) => site.told().find((one) => one.where === where);
const cookieOf = (page: string) => site.requests.find(({ path }) => path === page)?.headers.cookie;

test('below its pages a browser remembers a visitor, and never the next persona', async () => {
  await call('createArchive', {
    path: join(running.home, 'visits.holdfast'),
    passphrase,
    actorName: 'Tess Ter',
  });
  const facts = { colour: 'teal', languages: [], timeZone: null, userAgent: null, proxy: null, pace: null };
  const [ann, ben] = await Promise.all(
    ['Ann', 'Ben'].map(async (name) => (await call('addPersona', { ...facts, name })).id),
  );
  const come = async (persona: unknown) => {
    const visit = await visitors.visit(() => call('openView', { url: visitorEntry, persona }));
    return { ...visit, first: visit.lines[0], known: visit.lines.filter((line) => line.includes('/first')) };
  };
  const first = await come(ann);
  const again = await come(ann);
  const others = [await come(ben), await come(null)];
  await call('lockArchive');

  // What a browser remembers in one session, so that it could be told from another.
  const members = 'GET https://visitors.example/members/first';
  expect(first).toMatchObject({ first: `GET ${visitorEntry}`, known: [members] });
  expect(again).toMatchObject({
    first: 'GET https://visitors.example/ on a resumed session',
    known: [`${members} on a resumed session signed in`],
  });
  const placesOf = (lines: string[]) => lines.map((line) => line.replace(/ (on a|signed).*/, ''));
  const [asked, askedAgain] = [first, again].map(({ lines }) => placesOf(lines));
  const remembered = [
    'OPTIONS https://other.visitors.example/preflight',
    'GET https://visitors.example/in/frame',
  ];
  expect(remembered.map((one) => [asked?.includes(one), askedAgain?.includes(one)])).toEqual([
    [true, false],
    [true, false],
  ]);
  expect([...again.connections].some((one) => first.connections.has(one))).toBe(true);
  const annIsAt = new Set([...first.connections, ...again.connections]);
  for (const other of others) {
    expect(other.lines).toEqual(first.lines);
    expect([...other.connections].filter((one) => annIsAt.has(one))).toEqual([]);
  }
  // Neither is asked for in Electron, by anybody.
  expect([first, again, ...others].map(({ icons, datagrams }) => [icons, datagrams])).toEqual(
    Array.from({ length: 4 }, () => [0, 0]),
  );
});

test('its session outlives a lock and a quit, sealed in the archive and nowhere else', async () => {
  const path = join(running.home, 'desk.holdfast');
  const opening = { path, passphrase, actorName: 'Tess Ter' };
  await call('createArchive', opening);
  const facts = {
    name: 'Ann',
    colour: 'teal',
    languages: ['fa', 'en'],
    timeZone: 'Asia/Tehran',
    userAgent: windows,
    pace: null,
  };
  const { id: persona } = await call('addPersona', { ...facts, proxy: null });

  expect(await call('openView', { url: null, persona })).toMatchObject({
    url: '',
    canGoBack: false,
    persona: { id: persona, name: 'Ann', colour: 'teal', hasProxy: false },
    lookOnly: true,
  });
  await visit('/sign-in');
  // Signing in is not recorded: nothing is, before Capture.
  expect(await call('listCaptures', { offset: 0, limit: 10 })).toMatchObject({ total: 0 });
  await call('lockArchive');
  await call('openArchive', opening);
  expect(await state()).toMatchObject({ persona: null, url: '' });

  // A lock in the moment in which it is put on: nothing of it comes up afterwards.
  const [putOn]: unknown[] = await running.page.evaluate(
    `Promise.all([holdfast.openView({ url: null, persona: '${String(persona)}' }), holdfast.lockArchive({})])`,
  );
  expect(putOn).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  await call('openArchive', opening);
  expect(await state()).toMatchObject({ persona: null, url: '' });

  await call('openView', { url: null, persona });
  await visit('/who');
  await expect.poll(() => told('worker'), { timeout: 30_000 }).toBeDefined();
  const says = { userAgent: windows, languages: ['fa', 'en'], timeZone: 'Asia/Tehran', platform: 'Windows' };
  // A frame of another origin stays empty in Electron 25 (docs/personas.md).
  for (const where of ['page', 'worker']) {
    await expect.poll(() => told(where), { timeout: 30_000 }).toMatchObject(says);
  }
  expect([cookieOf('/who'), told('page')?.stored]).toEqual([
    `sid=${planted.cookie}`,
    planted.token.slice(-4),
  ]);

  // What was visited is noted, with the digest of each document, and not while it is paused.
  const trail = async () => (await call('listTrail', { persona, offset: 0, limit: 10 })).lines;
  const line = (path: string, body: string) => ({
    url: `${site.origin}${path}`,
    sha256: createHash('sha256').update(body).digest('hex'),
    door: 'view',
    captureId: null,
  });
  const served = await (await fetch(`${site.origin}/held`)).text();
  await visit('/held');
  const [who, signIn] = [{ url: `${site.origin}/who` }, { url: `${site.origin}/sign-in` }];
  await expect.poll(trail, { timeout: 30_000 }).toMatchObject([line('/held', served), who, signIn]);
  expect(await call('keepTrail', { on: false })).toMatchObject({ trail: 'paused' });
  await visit('/frame');
  await call('keepTrail', { on: true });
  await visit('/who');

  const { id: captureId } = await call('captureView', { access: 'approval' });
  site.forget();
  await call('actOnView', { act: 'reload' });
  await expect.poll(() => told('worker'), { timeout: 30_000 }).toMatchObject(says);
  // Nothing of the page while it was paused; what was captured since says so.
  expect(await trail()).toMatchObject([
    { ...who, captureId },
    line('/held', served),
    { ...who, captureId },
    signIn,
  ]);

  await visit('/acts');
  await expect
    .poll(() => site.requests.some(({ path: asked }) => asked === '/done'), { timeout: 30_000 })
    .toBe(true);
  expect(
    site.requests.filter(({ method, path: asked }) => method === 'POST' && /\/like\b/.test(asked)),
  ).toEqual([]);
  expect(await state()).toMatchObject({ blocked: { total: expect.any(Number), newest: expect.any(Array) } });
  expect(await call('lookOnly', { on: false })).toMatchObject({ lookOnly: false });

  expect(await call('openView', { url: null, persona: null })).toMatchObject({
    persona: null,
    lookOnly: false,
  });
  await visit('/who');
  expect([cookieOf('/who'), told('page')?.stored ?? null]).toEqual([undefined, null]);
  await call('openView', { url: null, persona });
  // Cleared while it is worn: what is open ends, and does not come back.
  const { id: other } = await call('addPersona', { ...facts, name: 'Ben', proxy: null });
  // A batch under it began before the sign-in and ends after it: what the sign-in left stays.
  const held = site.hold('/held');
  const { batch } = await call('openBatch', {
    which: { kind: 'list', name: null, addresses: [`${site.origin}/held`] },
  });
  const batchId = (batch as { id: string }).id;
  const circumstances = { persona: other };
  const batched = call('runBatch', {
    batchId,
    retryFailed: false,
    pace: { jobs: 1, limit: 60 },
    circumstances,
  });
  await held.asked;
  await call('openView', { url: null, persona: other });
  await visit('/sign-in');
  await call('openView', { url: null, persona: null });
  held.answer();
  expect(await batched).toMatchObject({ batch: { counts: { complete: 1 } }, stopped: null });
  await call('openView', { url: null, persona: other });
  await visit('/who');
  expect(cookieOf('/who')).toBe(`sid=${planted.cookie}`);
  await call('retirePersona', { personaId: other });
  expect(await state()).toMatchObject({ persona: null, url: '' });
  await call('openView', { url: null, persona });
  await running.app.close();

  const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  expect(openSession(archive, 'Ann').state).toMatchObject({
    cookies: [{ value: planted.cookie }],
    storage: [{ origin: site.origin, items: [['token', planted.token]] }],
  });
  expect(requireCapture(archive, String(captureId))).toMatchObject({
    persona: { name: 'Ann' },
    recording: { access: 'approval' },
  });
  expect(archive.db.prepare('SELECT count(*) FROM persona_session').pluck().get()).toBe(1);
  closeArchive(archive);
  const files = readdirSync(running.home, { recursive: true, encoding: 'utf8' })
    .map((name) => join(running.home, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
  expect(
    files.filter((file) =>
      [planted.cookie, planted.token].some((secret) => readFileSync(file).includes(secret)),
    ),
  ).toEqual([]);
});
