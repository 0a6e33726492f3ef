/** Captures: time and posts against SingleFile's command line, memory with a body of 50 MB, and how large the archive gets. */
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { requireCapture } from '../../archive/posts.ts';
import { projectRoot } from '../support/electron.ts';
import { benchKept } from './kept.ts';
import { report, rounds } from './measure.ts';
import { demoPages, pages, serveCapturePages } from './support/capture-site.ts';
import { Commands, engines, finished, passphrase, person } from './support/commands.ts';
import { MemoryWatch, type Roles, sum } from './support/memory.ts';

type Engine = (typeof engines)[number];
const mebibyte = 1024 * 1024;
const repetitions = 3;
const growthCaptures = 20;

async function benchTime(commands: Commands, origin: string): Promise<void> {
  for (const page of pages) {
    const seconds = await rounds(
      {
        'SingleFile, chromium': async () => {
          const [code] = await once(commands.singleFile(origin + page), 'close');
          if (code !== 0) throw new Error(`SingleFile ended with ${code}`);
        },
        'holdfast capture, chromium': async () =>
          void (await finished(commands.holdfast(commands.newArchive(), origin + page, 'chromium'))),
        'holdfast capture, electron': async () =>
          void (await finished(commands.holdfast(commands.newArchive(), origin + page, 'electron'))),
      },
      repetitions,
    );
    for (const engine of engines)
      report(
        `${page}, command to sealed, ${engine}`,
        Object.fromEntries(
          Object.entries(seconds).filter(([name]) => name.startsWith('Single') || name.endsWith(engine)),
        ),
        `holdfast capture, ${engine}`,
        ['SingleFile, chromium'],
        1.5,
      );
  }
}

async function benchSize(commands: Commands, origin: string): Promise<void> {
  console.log(
    '\nbytes in the archive by bytes of bodies received; the budget is 1.15 × plus pictures: screenshot, PDF, snapshot',
  );
  for (const engine of engines) {
    for (const page of [...pages, '/large']) {
      const path = commands.newArchive();
      const { id, bytes } = await finished(commands.holdfast(path, origin + page, engine));
      const grown = statSync(path).size - commands.emptySize;
      const archive = await openArchive({ path, passphrase, person });
      const sizes: Record<string, number> = {};
      for (const { role, size } of requireCapture(archive, id).artifacts)
        sizes[role] = (sizes[role] ?? 0) + size;
      closeArchive(archive);
      const { wacz = 0, screenshot = 0, pdf = 0, mhtml = 0 } = sizes;
      const ratio = (grown - screenshot - pdf - mhtml) / bytes;
      console.log(
        `  ${engine.padEnd(8)} ${page.padEnd(7)} ${kibibytes(bytes)} received, ${kibibytes(grown)} in the archive: WACZ ${kibibytes(wacz)}, ` +
          `screenshot ${kibibytes(screenshot)}, PDF ${kibibytes(pdf)}, snapshot ${kibibytes(mhtml)}; without these three ${ratio.toFixed(2)} ×`,
      );
    }
  }
}

/** Many small captures in one archive: its tables have begun, and what each adds is what it costs. */
async function benchGrowth(commands: Commands, origin: string): Promise<void> {
  const path = commands.newArchive();
  const ids: string[] = [];
  let received = 0;
  let before = 0;
  for (let n = 0; n < 4 + growthCaptures; n++) {
    if (n === 4) before = statSync(path).size;
    const address = origin + demoPages[n % demoPages.length];
    const { id, bytes } = await finished(commands.holdfast(path, address, 'chromium'));
    if (n < 4) continue;
    ids.push(id);
    received += bytes;
  }
  const grown = statSync(path).size - before;
  const archive = await openArchive({ path, passphrase, person });
  const sizes: Record<string, number> = {};
  const stored = new Set<string>();
  for (const { role, size, sha256 } of ids.flatMap((id) => requireCapture(archive, id).artifacts)) {
    // Equal bytes are stored once.
    if (!stored.has(sha256)) sizes[role] = (sizes[role] ?? 0) + size;
    stored.add(sha256);
  }
  closeArchive(archive);
  console.log(`\n${growthCaptures} captures of the demo's pages into one archive, for each on average`);
  console.log(
    `  ${kibibytes(received / growthCaptures)} received, ${kibibytes(grown / growthCaptures)} grown`,
  );
  for (const [role, size] of Object.entries(sizes))
    console.log(`  ${role.padEnd(12)} ${kibibytes(size / growthCaptures)}`);
}

function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KiB`;
}

/** Idle: when the browser asks for the page, before it has received anything. */
async function benchMemory(commands: Commands, engine: Engine): Promise<void> {
  let idle: Roles = {};
  let watch: MemoryWatch | null = null;
  const site = await serveCapturePages((path) => {
    if (path === '/large') idle = watch?.now() ?? {};
  });
  try {
    const child = commands.holdfast(commands.newArchive(), `${site.origin}/large`, engine);
    watch = new MemoryWatch(child);
    await finished(child);
    watch.stop();
    const { peak, peakOfAll } = watch;
    console.log(`\nmemory with a body of 50 MiB, ${engine} (budget 300 MiB above idle)`);
    for (const [role, bytes] of Object.entries(peak)) {
      const before = idle[role] ?? 0;
      console.log(
        `  ${role.padEnd(12)} ${mebibytes(before)} idle, ${mebibytes(bytes)} at most: ${mebibytes(bytes - before)} above`,
      );
    }
    console.log(
      `  all together ${mebibytes(sum(idle))} idle, ${mebibytes(peakOfAll)} at most: ${mebibytes(peakOfAll - sum(idle))} above`,
    );
  } finally {
    await site.close();
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(0)} MiB`;
}

interface DisplayScript {
  ensureDisplay(): Promise<{ environment: Record<string, string>; stop: () => void }>;
}

export async function benchCapture(folder: string): Promise<void> {
  const script: DisplayScript = await import(pathToFileURL(join(projectRoot, 'scripts', 'display.mjs')).href);
  const display = await script.ensureDisplay();
  const home = join(folder, 'home');
  mkdirSync(home);
  const commands = new Commands(folder, {
    ...process.env,
    ...display.environment,
    HOME: home,
    HOLDFAST_PASSPHRASE: passphrase,
  });
  await commands.prepare();
  const site = await serveCapturePages();
  try {
    for (const engine of engines) await benchMemory(commands, engine);
    await benchSize(commands, site.origin);
    await benchGrowth(commands, site.origin);
    await benchTime(commands, site.origin);
    await benchKept(commands, site.origin);
  } finally {
    await site.close();
    display.stop();
  }
}
