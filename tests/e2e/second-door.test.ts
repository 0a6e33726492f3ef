/** The second door: a Chromium with a window on a profile that stays, by the command and beside the real window. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { requireCapture } from '../../archive/posts.ts';
import { findChromium } from '../../capture/chromium.ts';
import type { HoldfastWindow } from '../../contract/window.ts';
import { acting } from '../capture/look-only/requests.ts';
import { launchApp, projectRoot, type RunningApp } from '../support/electron.ts';
import { makeCommandHome, runCommand } from './support/command.ts';
import { type PersonaSite, planted, servePersonaSite } from './support/persona-site.ts';

const passphrase = 'four words that nobody guesses';
let site: PersonaSite;
let folder: string;
let environment: NodeJS.ProcessEnv;
let endHome: () => void = () => undefined;
let running: RunningApp;

beforeAll(async () => {
  ({ folder, environment, end: endHome } = await makeCommandHome(passphrase));
  site = await servePersonaSite();
});
afterAll(async () => {
  await running?.close();
  site?.close();
  endHome();
});

const holdfast = (...args: string[]) => runCommand(environment, args);
const stored = () => site.told().find(({ where }) => where === 'page')?.stored;

/** At a terminal: a person waits until the page has done what it does, and presses Enter. What the command printed. */
async function captureAfterSignIn(path: string, page: string, ...more: string[]): Promise<unknown> {
  const printed = join(folder, 'after-sign-in.json');
  const program = [process.execPath, join(projectRoot, 'cli', 'holdfast.mjs')];
  const args = ['capture', path, `${site.origin}${page}`, ...more, '--sign-in', '--json'];
  const quoted = [...program, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qec', `${quoted} > '${printed}'`, '/dev/null'], {
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(terminal, 'exit');
  await expect
    .poll(() => site.requests.some(({ path: asked }) => asked.startsWith('/planted?')), { timeout: 60_000 })
    .toBe(true);
  terminal.stdin.write('\n');
  await ended;
  return JSON.parse(readFileSync(printed, 'utf8'));
}

/** As a person does who clicks a link elsewhere: the browser that has the profile opens it in a new tab. */
async function openByHand(profile: string, page: string): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...sandbox, `--user-data-dir=${profile}`, `${site.origin}${page}`];
  const child = spawn(findChromium(), args, { env: environment, stdio: 'ignore' });
  await once(child, 'exit');
}

/** What acts in somebody's name and was sent. */
function acted(): string[] {
  const line = ({ method = 'POST', path: asked = '', body = '' }) => `${method} ${asked} ${body}`;
  const sent = new Set(site.requests.map(line));
  return acting.map(line).filter((one) => sent.has(one));
}

async function call(name: keyof HoldfastWindow, input: unknown = {}): Promise<Record<string, unknown>> {
  const expression = `holdfast.${name}(${JSON.stringify(input)})`;
  const result: { ok: boolean; value: Record<string, unknown>; error: unknown } =
    await running.page.evaluate(expression);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('what a person did in the profile is there the next time; a tab is captured as everywhere', async () => {
  const path = join(folder, 'case.holdfast');
  const profile = join(folder, 'second');
  await holdfast('init', path);
  const capture = (page: string, ...more: string[]) =>
    holdfast('capture', path, `${site.origin}${page}`, '--profile', profile, ...more);

  await holdfast('persona', 'add', path, 'Ann', '--pace', 'none');
  expect(await captureAfterSignIn(path, '/sign-in', '--profile', profile, '--persona', 'Ann')).toMatchObject({
    captures: [{ reasons: [{ code: 'login-wall' }] }],
  });
  // What was opened by hand is noted, once, and not what the recorder loads.
  expect((await holdfast('trail', 'list', path, '--persona', 'Ann')).printed).toMatchObject({
    lines: [{ url: `${site.origin}/sign-in`, door: 'own-browser' }],
  });
  site.forget();
  const { printed } = await capture('/who', '--access', 'sign-in');
  expect(printed).toMatchObject({ engine: 'chromium', captures: [{ verdict: 'complete' }], refused: [] });
  expect(stored()).toBe(planted.token.slice(-4));
  expect(site.told()[0]?.userAgent).not.toMatch(/Headless/);
  const usual = join(folder, '.config', 'chromium');
  expect(await holdfast('capture', path, site.origin, '--profile', usual)).toMatchObject({
    status: 1,
    printed: { error: { code: 'profile-not-separate' } },
  });

  running = await launchApp();
  await call('openArchive', { path, passphrase, actorName: 'Tess Ter' });
  const { id: persona } = await call('addPersona', {
    ...{ name: 'Ben', colour: 'teal', languages: ['fa', 'en'], timeZone: 'Asia/Tehran' },
    ...{ userAgent: null, proxy: null, pace: null },
  });
  site.forget();
  expect(await call('openDoor', { profile, persona })).toMatchObject({
    ...{ open: true, profile, trail: 'on', capturing: null },
    persona: { name: 'Ben' },
  });
  await openByHand(profile, '/acts');
  const tab = async () =>
    ((await call('doorState')).tabs as { id: string; url: string; title: string }[]).find(
      ({ url, title }) => url === `${site.origin}/acts` && title === 'A page',
    );
  await expect.poll(tab, { timeout: 30_000 }).toBeDefined();
  await expect
    .poll(() => site.requests.some(({ path: asked }) => asked === '/done'), { timeout: 30_000 })
    .toBe(true);
  expect(site.requests[0]?.headers['accept-language']).toMatch(/^fa,/);
  // Look-only holds for what a person opens, as long as it is on.
  expect(acted()).toEqual([]);
  expect((await call('doorState')).blocked).toMatchObject({ total: expect.any(Number) });
  expect(((await call('doorState')).blocked as { total: number }).total).toBeGreaterThanOrEqual(
    acting.length,
  );
  await expect(call('openDoor', { profile, persona })).rejects.toThrow(/not-allowed/);
  await expect
    .poll(() => call('listTrail', { persona, offset: 0, limit: 10 }), { timeout: 30_000 })
    .toMatchObject({ lines: [{ url: `${site.origin}/acts`, door: 'own-browser' }] });

  site.forget();
  const captured = await call('captureTab', { tabId: (await tab())?.id, access: 'sign-in' });
  expect(captured).toMatchObject({ verdict: 'complete', url: `${site.origin}/acts` });
  expect(acted()).toEqual([]);
  expect((await tab())?.url).toBe(`${site.origin}/acts`);

  await openByHand(profile, '/feed');
  const feed = async () =>
    ((await call('doorState')).tabs as { id: string; url: string }[]).find(({ url }) =>
      url.endsWith('/feed'),
    );
  await expect.poll(feed, { timeout: 30_000 }).toBeDefined();
  const passed = await call('captureTab', {
    tabId: (await feed())?.id,
    autopilot: { posts: 100, screens: 100, minutes: 5 },
  });

  await call('openView', { url: null });
  await call('lookOnly', { on: false });
  site.forget();
  await openByHand(profile, '/acts');
  await expect
    .poll(() => site.requests.some(({ path: asked }) => asked === '/done'), { timeout: 30_000 })
    .toBe(true);
  expect(acted()).toHaveLength(acting.length);
  await call('lockArchive');
  expect(await call('doorState')).toMatchObject({ open: false, tabs: [] });
  await running.app.close();

  const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  const noted = requireCapture(archive, String(captured.id));
  const { recording } = requireCapture(archive, String(passed.id));
  // What a worker asks for is recorded, though look-only holds it, too.
  const recorded = archive.db
    .prepare('SELECT count(*) FROM exchange WHERE capture_id = ? AND url = ?')
    .pluck()
    .get(captured.id, `${site.origin}/log/metrics?by=worker`);
  expect(recorded).toBe(1);
  const turns = archive.db
    .prepare(
      'SELECT count(*) FROM persona_turn AS t JOIN persona AS p ON p.id = t.persona_id WHERE p.name = ?',
    )
    .pluck();
  // Of Ann: the address of the command, and what was opened by hand before it.
  expect(turns.get('Ann')).toBe(2);
  closeArchive(archive);
  expect(noted).toMatchObject({
    persona: { name: 'Ben' },
    recording: { access: 'sign-in', engine: { name: 'chromium' } },
  });
  expect(noted.recording?.blocked?.length).toBeGreaterThan(0);
  expect(recording?.autopilot?.outcome).toMatchObject({ ended: 'end', posts: 30 });
});
