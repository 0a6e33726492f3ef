/** Every real recording that is at hand, as the readers count it, beside a count that jq or Python makes of the same file. */
import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PostContent } from '../../../contract/model/post.ts';
import type { SiteReader } from '../../../contract/reading.ts';
import { readExchange } from '../../../evidence/warc/exchange.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { blueskyReader } from '../../../sites/bluesky/reader.ts';
import { mastodonReader } from '../../../sites/mastodon/reader.ts';
import { xReader } from '../../../sites/x/reader.ts';
import { countsOf, type GivenAnswer } from '../../sites/counts.ts';
import { exchangesOf } from '../../sites/mastodon/cassette.ts';
import { hasRealAnswers, realFile, realFiles, realPath } from '../../sites/real-answers.ts';
import type { Part } from './part.ts';

const scripts = join(import.meta.dirname, '..', '..', 'sites');
const profile = 'https://twitter.com/netpreserve';
const counts = z.record(z.string(), z.number());

interface Compared {
  file: string;
  ours: () => Promise<PostContent[]> | PostContent[];
  /** A command that prints counts as JSON; `input`: what it reads. */
  theirs: { command: string; words: string[]; input?: string };
}

function readBy(reader: SiteReader, answers: readonly GivenAnswer[]): PostContent[] {
  const exchanges = answers.map(({ url, body, status = 200 }, n) => ({
    ...{ n, url, status, mediaType: 'application/json', charset: 'utf-8' },
    body: body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body)),
  }));
  return reader.read({ url: null, exchanges: exchanges.filter((each) => reader.wants?.(each)) }).posts;
}

const jq = (script: string, words: string[], file: string) => ({
  command: 'jq',
  words: [...words, '-c', '-f', join(scripts, script), file],
});

function answersIn(
  folder: string,
  reader: SiteReader,
  url: string,
  script: string,
  words: string[],
): Compared[] {
  return realFiles(folder).map((name) => ({
    file: `${folder}/${name}`,
    ours: () => readBy(reader, [{ url, body: realFile(folder, name) }]),
    theirs: jq(script, words, realPath(folder, name)),
  }));
}

/** jq stops at the line that is cut off; Holdfast reads the others. */
function withoutBrokenLines(compared: Compared): Compared {
  if (!compared.file.endsWith('streaming_output_with_error.jsonl')) return compared;
  const { command, words } = compared.theirs;
  const input = realFile(...compared.file.split('/'))
    .toString('utf8')
    .split('\n')
    .slice(0, 7)
    .join('\n');
  return { ...compared, theirs: { command, words: words.slice(0, -1), input } };
}

async function profilePosts(): Promise<PostContent[]> {
  const stream = createReadStream(realPath('warc-real', 'netpreserve-twitter-2019.warc'));
  for await (const record of new WarcReader(stream).records()) {
    if (record.type !== 'response' || record.targetUri !== profile) continue;
    const { exchange } = await readExchange(record);
    if (exchange?.status === 200) return xReader.read({ url: profile, exchanges: [exchange] }).posts;
  }
  return [];
}

function everything(): Compared[] {
  return [
    ...answersIn('x-graphql', xReader, 'https://x.com/i/api/graphql/a/TweetDetail', 'x/count-graphql.jq', []),
    ...answersIn('x-api-v2', xReader, 'https://api.twitter.com/2/tweets/search/all', 'x/count-api-v2.jq', [
      '-s',
    ]).map(withoutBrokenLines),
    {
      file: 'warc-real/netpreserve-twitter-2019.warc',
      ours: profilePosts,
      theirs: {
        command: 'python3',
        words: [
          join(scripts, 'x', 'count-old-page.py'),
          realPath('warc-real', 'netpreserve-twitter-2019.warc'),
          profile,
        ],
      },
    },
    ...realFiles('mastodon-api').map((name) => ({
      file: `mastodon-api/${name}`,
      ours: () => readBy(mastodonReader, exchangesOf(realFile('mastodon-api', name).toString('utf8'))),
      theirs: {
        command: 'python3',
        words: [join(scripts, 'mastodon', 'count.py'), realPath('mastodon-api', name)],
      },
    })),
    ...answersIn(
      'bluesky',
      blueskyReader,
      'https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread',
      'bluesky/count.jq',
      [],
    ),
  ];
}

/** What the tool printed; names may stand there without quotes. */
function counted({ command, words, input }: Compared['theirs']): Record<string, number> {
  const { stdout, stderr, status } = spawnSync(command, words, {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
  });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stderr}`);
  return counts.parse(JSON.parse(stdout.replace(/([{,]\s*)(\w+)(?=\s*:)/g, '$1"$2"')));
}

const columns = ['posts', 'authors', 'reposts', 'replies', 'quotes', 'threads', 'media', 'polls', 'likes'];

async function differences(compared: Compared, say: (line: string) => void): Promise<string[]> {
  const ours = new Map(Object.entries(countsOf(await compared.ours())));
  const theirs = counted(compared.theirs);
  const cells = columns.map((of) => {
    const [a, b] = [ours.get(of) ?? 0, theirs[of]];
    return (b === undefined ? `${a}/–` : `${a}/${b}`).padStart(16);
  });
  say(`${compared.file.padEnd(48)}${cells.join('')}`);
  return Object.entries(theirs).flatMap(([of, count]) =>
    ours.get(of) === count
      ? []
      : [`${compared.file}: ${of} ${ours.get(of)}, ${compared.theirs.command} ${count}`],
  );
}

export const readers: Part = {
  what: 'the real recordings, as the readers count them and as jq or Python does',
  count: 1,
  async run({ say }) {
    if (!hasRealAnswers) {
      say('The real recordings are not at hand.');
      return 0;
    }
    say(`${'ours/theirs'.padEnd(48)}${columns.map((name) => name.padStart(16)).join('')}`);
    const wrong: string[] = [];
    for (const compared of everything()) wrong.push(...(await differences(compared, say)));
    for (const line of wrong) say(`DIFFERS ${line}`);
    return wrong.length > 0 ? 1 : 0;
  },
};
