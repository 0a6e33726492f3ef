/** Lists of 2,000 posts that recycle their elements, gone through by the autopilot; and the memory that it takes. */
import { pathToFileURL } from 'node:url';
import type { CityPage, Engine } from '../../support/city/page.ts';
import { allPages, walkCity } from '../../support/city/walk.ts';
import { projectRoot } from '../../support/electron.ts';
import { memoryOfChildren } from '../support/memory.ts';
import type { Part, PartOrder } from './part.ts';

/** Milliseconds between two looks at the memory. */
const interval = 1000;
const mebibyte = 1024 * 1024;

interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

export function autopilot(engine: Engine): Part {
  return {
    what: `the lists of the fixture city are gone through in ${engine} to their end, and stored whole`,
    count: 1,
    run: (order) => run(engine, order),
  };
}

async function run(engine: Engine, { folder, say }: PartOrder): Promise<number> {
  const display: DisplayScript = await import(pathToFileURL(`${projectRoot}/scripts/display.mjs`).href);
  const { environment, stop } = await display.ensureDisplay();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOfChildren());
  }, interval);
  const pages: [string, CityPage][] = Object.entries(await allPages()).filter(([name]) =>
    name.startsWith('list-'),
  );
  try {
    const walked = await walkCity(
      engine,
      Object.fromEntries(pages),
      folder,
      { ...process.env, ...environment },
      (line) => {
        say(`${line}; at most ${(peak / mebibyte).toFixed(0)} MiB in all processes together`);
        peak = 0;
      },
    );
    for (const { name, wrong } of walked)
      say(`${name}: ${wrong.length === 0 ? 'as it must be' : wrong.join('; ')}`);
    return walked.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
  } finally {
    clearInterval(watch);
    stop();
  }
}
