/** The whole fixture city in one engine, the heavy pages too; each page is then shown by ReplayWeb.page. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { replayWebPage } from '../../evidence/wacz/replay-web-page.ts';
import type { Engine } from '../../support/city/page.ts';
import { chosenPages, type PageWalked, walkCity } from '../../support/city/walk.ts';
import { projectRoot } from '../../support/electron.ts';
import type { Part, PartOrder } from './part.ts';

/** ReplayWeb.page reads the whole file into memory. */
const mostReplayed = 100 * 1024 * 1024;
const patience = 20_000;

interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

export function city(engine: Engine): Part {
  return {
    what: `the whole fixture city is captured in ${engine}, judged, and shown again`,
    count: 1,
    run: (order) => run(engine, order),
  };
}

async function run(engine: Engine, { folder, say }: PartOrder): Promise<number> {
  const display: DisplayScript = await import(pathToFileURL(`${projectRoot}/scripts/display.mjs`).href);
  const { environment, stop } = await display.ensureDisplay();
  try {
    const pages = await chosenPages();
    const walked = await walkCity(engine, pages, folder, { ...process.env, ...environment }, say);
    let failures = 0;
    let [bodies, bytes] = [0, 0];
    for (const one of walked) {
      const wrong = [...one.wrong, ...(await replayed(one))];
      bodies += one.bodies;
      bytes += one.bytes;
      if (wrong.length > 0) failures += 1;
      say(`${one.name}, ${one.page.what}: ${wrong.length === 0 ? 'as it must be' : wrong.join('; ')}`);
    }
    say(`${walked.length} pages, ${bodies} bodies of ${bytes} bytes in all are in the records byte for byte`);
    return failures > 0 ? 1 : 0;
  } finally {
    stop();
  }
}

/** What is wrong with how ReplayWeb.page shows the first capture. */
async function replayed({ page, waczs }: PageWalked): Promise<string[]> {
  const [path] = waczs;
  if (page.shows === null || path === undefined) return [];
  const wacz = readFileSync(path);
  if (wacz.length > mostReplayed) return [];
  const replay = await replayWebPage(wacz);
  try {
    const frame = await replay.show(page.address);
    await frame.getByText(page.shows).first().waitFor({ state: 'attached', timeout: patience });
    return replay.elsewhere.map((url) => `the replay asked for ${url}`);
  } catch (error) {
    return [`ReplayWeb.page does not show it: ${String(error).split('\n')[0]}`];
  } finally {
    await replay.close();
  }
}
