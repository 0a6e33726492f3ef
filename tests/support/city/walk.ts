/**
 * One walk through the fixture city: every page captured by `holdfast capture` as users run it, in one engine and into
 * one archive, and all that is wrong with what came of it.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { closeArchive, openArchive } from '../../../archive/open.ts';
import { captureResultSchema } from '../../../contract/model/recording.ts';
import { runCommand, withSwitches } from '../../e2e/support/command.ts';
import { type Judged, judgeBodies, judgeCapture } from './judge.ts';
import type { CityPage, Engine } from './page.ts';
import { type City, serveCity } from './server.ts';

const passphrase = 'four words that nobody guesses';
const pagesFolder = join(import.meta.dirname, 'pages');

const printedSchema = z.object({
  captures: z.array(captureResultSchema),
  refused: z.array(z.object({ url: z.string(), message: z.string() })),
});
type Printed = z.infer<typeof printedSchema>;

export interface PageWalked {
  name: string;
  page: CityPage;
  /** What is wrong, in words; empty where everything is as it must be. */
  wrong: string[];
  /** Path of the WACZ of each capture. */
  waczs: string[];
  /** Bodies compared, and their bytes. */
  bodies: number;
  bytes: number;
}

/** Those that `CITY_PAGES` names, or, where it names none, those of which `isUsual` is true. */
export async function chosenPages(
  isUsual: (page: CityPage) => boolean = () => true,
): Promise<Record<string, CityPage>> {
  const chosen = process.env.CITY_PAGES?.split(',');
  return Object.fromEntries(
    Object.entries(await allPages()).filter(([name, page]) => chosen?.includes(name) ?? isUsual(page)),
  );
}

/** Every page of the folder, by the name of its file. */
export async function allPages(): Promise<Record<string, CityPage>> {
  const names = readdirSync(pagesFolder).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    names.map(async (name): Promise<[string, CityPage]> => {
      const module: { page: CityPage } = await import(pathToFileURL(join(pagesFolder, name)).href);
      return [name.slice(0, -3), module.page];
    }),
  );
  return Object.fromEntries(modules);
}

/**
 * @param folder empty; keeps archive and WACZ files.
 * @param environment with a display; HOME and the temporary folder are put below `folder`.
 */
export async function walkCity(
  engine: Engine,
  pages: Record<string, CityPage>,
  folder: string,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void = () => undefined,
): Promise<PageWalked[]> {
  const city = await serveCity(Object.values(pages), folder);
  const path = join(folder, `${engine}.holdfast`);
  try {
    const command = await commandIn(engine, city, folder, environment);
    await command(['init', path]);
    const printed: Printed = { captures: [], refused: [] };
    for (const [options, addresses] of byOptions(engine, Object.values(pages))) {
      const words = [
        'capture',
        path,
        ...addresses,
        '--engine',
        engine,
        ...options.split(' ').filter(Boolean),
      ];
      const started = performance.now();
      const { captures, refused } = printedSchema.parse((await command(words)).printed);
      printed.captures.push(...captures);
      printed.refused.push(...refused);
      say(
        `${engine} ${options}: ${captures.length} captures in ${((performance.now() - started) / 1000).toFixed(1)} s`,
      );
    }
    return await judged(engine, city, path, pages, printed);
  } finally {
    await city.close();
  }
}

/** One command takes all pages that are captured in the same way. */
function byOptions(engine: Engine, pages: readonly CityPage[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const page of pages) {
    const options = (page.options ?? []).join(' ');
    const addresses = page.captures(engine).map(() => page.address);
    groups.set(options, [...(groups.get(options) ?? []), ...addresses]);
  }
  return groups;
}

async function judged(
  engine: Engine,
  city: City,
  path: string,
  pages: Record<string, CityPage>,
  printed: Printed,
): Promise<PageWalked[]> {
  const served = await city.served();
  const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  try {
    const results: PageWalked[] = [];
    for (const [name, page] of Object.entries(pages)) {
      const captures = printed.captures.filter(({ url }) => url === page.address);
      const refused = printed.refused.filter(({ url }) => url === page.address);
      const expected = page.captures(engine);
      const wrong = refused.map(({ url, message }) => `${url} was refused: ${message}`);
      if (captures.length !== expected.length) wrong.push(`${captures.length} captures`);
      const each: Judged[] = [];
      for (const [n, capture] of captures.entries()) {
        const wacz = path.replace('.holdfast', `-${name}-${n}.wacz`);
        const one = expected[n];
        if (one !== undefined) each.push(await judgeCapture(archive, capture, one, wacz));
      }
      const compared = judgeBodies(page, engine, served, each);
      results.push({
        ...{ name, page, waczs: each.map(({ wacz }) => wacz) },
        wrong: [...wrong, ...each.flatMap((one) => one.wrong), ...compared.wrong],
        ...{ bodies: compared.bodies, bytes: compared.bytes },
      });
    }
    return results;
  } finally {
    closeArchive(archive);
  }
}

/** Runs `holdfast` where every host of the web is the city. */
async function commandIn(
  engine: Engine,
  city: City,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<(args: string[]) => ReturnType<typeof runCommand>> {
  const home = join(folder, `home-${engine}`);
  mkdirSync(home);
  const own: NodeJS.ProcessEnv = {
    ...environment,
    ...(await withSwitches(city.switches, home)),
    HOME: home,
    TMPDIR: home,
    HOLDFAST_PASSPHRASE: passphrase,
  };
  return (args) => runCommand(own, args);
}
