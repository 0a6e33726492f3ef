/** The pages of the fixture city, each captured as users do it in both engines; all of them: `npm run campaign city`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CityPage } from '../support/city/page.ts';
import { allPages, chosenPages, walkCity } from '../support/city/walk.ts';

let folder: string;
let environment: NodeJS.ProcessEnv;
let stopDisplay: () => void = () => undefined;
let pages: Record<string, CityPage>;

beforeAll(async () => {
  const { ensureDisplay } = await import('../../scripts/display.mjs');
  const display = await ensureDisplay();
  stopDisplay = display.stop;
  environment = { ...process.env, ...display.environment };
  folder = mkdtempSync(join(tmpdir(), 'holdfast-city-'));
  pages = await chosenPages((page) => page.inTests === true);
});

afterAll(() => {
  stopDisplay();
  rmSync(folder, { recursive: true, force: true });
});

test('no two pages of the city serve one address', async () => {
  const places = Object.values(await allPages()).flatMap((page) => [
    ...Object.keys(page.routes()),
    ...Object.keys(page.sockets?.() ?? {}),
  ]);
  expect(places.filter((place, at) => places.indexOf(place) !== at)).toEqual([]);
});

test.each(['electron', 'chromium'] as const)('%s: every page is what it is said to be', async (engine) => {
  const walked = await walkCity(engine, pages, folder, environment);
  const wrong = walked.flatMap(({ name, wrong }) => wrong.map((what) => `${name}: ${what}`));
  expect(wrong).toEqual([]);
});
