/**
 * Tagging with 100,000 tags in an encrypted archive and, where it is at hand, the whole library of real policies: from
 * the choice of a clause to the saved tag, each step against its budget.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { listPosts } from '../../archive/posts.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findClauseChoices, warmClauses } from '../../archive/tags/find.ts';
import { flagsOf } from '../../archive/tags/flags.ts';
import { addTags } from '../../archive/tags/many.ts';
import { prepareTag } from '../../archive/tags/prepare.ts';
import { readTags } from '../../archive/tags/read.ts';
import { pageOfTags } from '../../db/tag.ts';
import { realPolicies } from '../policies/real.ts';
import { ferryVersions, writeVersions } from '../support/library.ts';
import { median } from './measure.ts';
import { postContent, takeInto } from './posts.ts';

/** `npm run bench tags 10000` takes less time. */
const tags = Number(process.argv[3] ?? 100_000);
const posts = 10_000;
const passphrase = 'bench';
const sources: [string, string, string][] = [
  ['pga-v1/Twitter', 'X', 'Community Guidelines'],
  ['pga-v2/Twitter', 'X', 'Community Guidelines'],
  ['pga-v2/X', 'X', 'Community Guidelines'],
  ['pga-v2/TikTok', 'TikTok', 'Community Guidelines'],
  ['pga-v2/Bluesky', 'Bluesky', 'Community Guidelines'],
  ['pga-v2/Telegram', 'Telegram', 'Terms of Service'],
];

async function fillLibrary(archive: Archive, folder: string): Promise<void> {
  if (!existsSync(realPolicies)) {
    const path = writeVersions(join(folder, 'texts'), ferryVersions);
    await importPolicy(archive, { path, platform: 'X', policy: 'Community Guidelines' });
    return;
  }
  for (const [from, platform, policy] of sources)
    await importPolicy(archive, { path: join(realPolicies, from), platform, policy });
}

function milliseconds(act: () => void): number {
  const started = performance.now();
  act();
  return performance.now() - started;
}

function said(what: string, times: readonly number[], budget: number | null = null): void {
  const sorted = [...times].sort((a, b) => a - b);
  const worst = sorted.at(-1) ?? Number.NaN;
  const within = budget === null ? '' : `  (budget ${budget} ms) ${worst <= budget ? 'within' : 'OVER'}`;
  console.log(
    `  ${what.padEnd(56)} median ${median(times).toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${times.length}${within}`,
  );
}

async function blockedWhile(act: () => Promise<void>): Promise<number> {
  let [worst, last, isOver] = [0, performance.now(), false];
  const turn = (): void => {
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await act();
  isOver = true;
  return Math.max(worst, performance.now() - last);
}

export async function benchTags(folder: string): Promise<void> {
  const path = join(folder, 'tags.holdfast');
  let archive = await createArchive({ path, passphrase, person: { name: 'Bench' }, clauses: starterPack });
  await fillLibrary(archive, folder);
  await takeInto(
    archive,
    Array.from({ length: posts }, (_, n) => postContent(n)),
  );
  const postIds: string[] = [];
  for (let offset = 0; offset < posts; offset += 200)
    postIds.push(...listPosts(archive, '', offset, 200).posts.map(({ postId }) => postId));
  // Most tags of an archive are by few clauses.
  const choices = findClauseChoices(archive, '', 'x', 200);
  const keys = choices.filter(({ isDated }) => isDated).map(({ key }) => key);
  const filling: number[] = [];
  for (let made = 0; made < tags; made += posts) {
    const clauseKey = keys[(made / posts) * 17] ?? keys[0] ?? null;
    const some = postIds.slice(0, Math.min(posts, tags - made));
    filling.push(
      milliseconds(() => void addTags(archive, { postIds: some, clauseKey, because: 'the same' })),
    );
  }
  console.log(`\n${tags} tags on ${posts} posts; ${keys.length} clauses of X to choose from`);
  said(`one act on ${Math.min(posts, tags)} posts`, filling);
  closeArchive(archive);

  archive = await openArchive({ path, passphrase, person: { name: 'Bench' } });
  const [postId = ''] = postIds;
  const cold = milliseconds(() => void prepareTag(archive, postId, keys[0] ?? ''));
  said('prepare, the first in an archive just opened', [cold], 100);
  const started = performance.now();
  const blocked = await blockedWhile(() => warmClauses(archive));
  console.log(
    `  ${'reading the library beforehand'.padEnd(56)} ${(performance.now() - started).toFixed(0)} ms beside other work, which waits at most ${blocked.toFixed(0)} ms`,
  );
  const each = postIds.slice(0, 200).map((id, i) => ({ id, key: keys[i % keys.length] ?? '' }));
  said(
    'prepare',
    each.map(({ id, key }) => milliseconds(() => void prepareTag(archive, id, key))),
    50,
  );
  said(
    'add, with its commit to the disk',
    each.map(({ id, key }) =>
      milliseconds(() => void addTag(archive, { postId: id, clauseKey: key, because: 'x' })),
    ),
    50,
  );
  said(
    'list the tags of a post',
    each.map(({ id }) => milliseconds(() => void readTags(archive, id))),
    50,
  );
  const queries = [
    'h',
    'hate',
    'hateful conduct',
    'violence',
    'you may not',
    '',
    'no such words',
    'x/twitter-rules',
  ];
  said(
    'find a clause',
    queries.map((query) => milliseconds(() => void findClauseChoices(archive, query, 'x', 50))),
    50,
  );
  const page = pageOfTags(archive.db, 0, 1000);
  const { postedAt } = postContent(0);
  const flags = milliseconds(() => {
    for (const tag of page) flagsOf(archive.db, tag.dated, postedAt);
  });
  console.log(`  ${`flags of ${page.length} tags`.padEnd(56)} ${flags.toFixed(1)} ms`);
  closeArchive(archive);
}
