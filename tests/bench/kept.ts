/** Time, bytes and posts kept, beside SingleFile's command line on the same pages. */
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { requirePost } from '../../archive/posts.ts';
import { elementsOf, ownText, parseHtml } from '../../sites/html/parse.ts';
import { packed } from '../../sites/packed.ts';
import { served } from './support/capture-site.ts';
import { type Commands, engines, finished, passphrase, person } from './support/commands.ts';

/** Lists show more as one scrolls; other pages are recorded as they load. */
const scrolled = new Set(['/list', '/feed']);

/** Words that end in a number do not stand where a longer one begins. */
function occurrences(words: string, text: string): number {
  return text.split(words).filter((after, n) => n > 0 && !/^\d/.test(after)).length;
}

/** How many of the served posts stand in the texts, each as often as it was served. */
function kept(words: readonly string[], texts: readonly string[]): number {
  const times = new Map<string, number>();
  for (const each of words) times.set(packed(each), (times.get(packed(each)) ?? 0) + 1);
  const found = texts.map(packed);
  return [...times].reduce(
    (sum, [each, most]) =>
      sum +
      Math.min(
        most,
        found.reduce((count, text) => count + occurrences(each, text), 0),
      ),
    0,
  );
}

/** The words of a page, as people see them. */
function wordsOf(path: string): string {
  const parsed = parseHtml(readFileSync(path, 'utf8'));
  if (!('document' in parsed)) throw new Error('SingleFile’s file is no page');
  return [...elementsOf(parsed.document)]
    .filter(({ tagName }) => tagName !== 'script' && tagName !== 'style')
    .map(ownText)
    .join('');
}

interface Row {
  seconds: number;
  bytes: number;
  posts: number;
}

async function single(commands: Commands, url: string, words: readonly string[]): Promise<Row> {
  const path = commands.single;
  for (let tries = 0; tries < 3; tries += 1) {
    const started = performance.now();
    const [code] = await once(commands.singleFile(url), 'close');
    const seconds = (performance.now() - started) / 1000;
    if (code !== 0) throw new Error(`SingleFile ended with ${code}`);
    if (existsSync(path)) return { seconds, bytes: statSync(path).size, posts: kept(words, [wordsOf(path)]) };
    // On a busy machine it gives up now and then without a word.
    console.log(`  SingleFile wrote no file of ${url} after ${seconds.toFixed(1)} s`);
  }
  throw new Error('SingleFile writes no file');
}

async function ours(
  commands: Commands,
  url: string,
  engine: (typeof engines)[number],
  words: readonly string[],
  options: readonly string[],
): Promise<Row> {
  const path = commands.newArchive();
  const started = performance.now();
  const { posts } = await finished(commands.holdfast(path, url, engine, options));
  const seconds = (performance.now() - started) / 1000;
  const bytes = statSync(path).size - commands.emptySize;
  const archive = await openArchive({ path, passphrase, person });
  const texts = posts.map((postId) => requirePost(archive, postId).content.text);
  closeArchive(archive);
  return { seconds, bytes, posts: kept(words, texts) };
}

export async function benchKept(commands: Commands, origin: string): Promise<void> {
  console.log(
    '\nthe same pages side by side: seconds, bytes of the file or of the archive that it adds, posts kept of those served (in SingleFile’s file: their words; in Holdfast: posts of the archive)',
  );
  for (const [page, words] of Object.entries(served)) {
    const rows: Record<string, Row> = {};
    rows['SingleFile, chromium'] = await single(commands, origin + page, words);
    for (const engine of engines)
      rows[`holdfast, ${engine}`] = await ours(
        commands,
        origin + page,
        engine,
        words,
        scrolled.has(page) ? ['--autopilot'] : [],
      );
    for (const [name, { seconds, bytes, posts }] of Object.entries(rows))
      console.log(
        `  ${page.padEnd(7)} ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s ${(bytes / 1024).toFixed(0).padStart(6)} KiB ${String(posts).padStart(4)} of ${words.length}`,
      );
  }
}
