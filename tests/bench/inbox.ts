/** The review inbox and blind samples over very many tags. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { listPosts } from '../../archive/posts.ts';
import { recordEvent } from '../../archive/record.ts';
import { drawCoding, nextInCoding } from '../../archive/review/coding.ts';
import { inbox } from '../../archive/review/inbox.ts';
import { visibleTags } from '../../archive/review/visible.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { type InboxFilter, inboxFilterSchema } from '../../contract/model/tag.ts';
import { getClauseByKey } from '../../db/clause.ts';
import { inTransaction } from '../../db/handle.ts';
import { listParts, listPolicies, listVersions } from '../../db/policy.ts';
import { newId } from '../../evidence/id.ts';
import { hasRealPolicies, realPolicies } from '../policies/real.ts';
import { median } from './measure.ts';
import { postContent, takeInto } from './posts.ts';

const posts = 5000;
const tags = 100_000;
const reviews = 20_000;
const versions = 40;
const rules = 60;
const passphrase = 'bench';
const real: [string, string][] = [
  ['pga-v1/Twitter', 'X'],
  ['pga-v2/Twitter', 'X'],
  ['pga-v2/X', 'X'],
  ['pga-v2/TikTok', 'TikTok'],
];
/** Seconds in which a page of the inbox is there. */
const budget = 0.1;

async function takePosts(archive: Archive): Promise<string[]> {
  await takeInto(
    archive,
    Array.from({ length: posts }, (_, n) => postContent(n)),
  );
  return listPosts(archive, '', 0, posts).posts.map(({ postId }) => postId);
}

/** The real policies, where they are at hand; else texts of which every version rewords one of the rules. */
async function takeRules(archive: Archive, folder: string): Promise<void> {
  if (hasRealPolicies) {
    for (const [from, platform] of real)
      await importPolicy(archive, {
        path: join(realPolicies, from),
        platform,
        policy: 'Community Guidelines',
      });
    return;
  }
  const texts = join(folder, 'texts');
  mkdirSync(texts);
  for (let n = 0; n < versions; n++) {
    const rule = (i: number) =>
      `Rule ${i}: you may not do what is number ${i}${i < n ? ', nor the like' : ''}.`;
    const text = `The Rules\n=========\n\n${Array.from({ length: rules }, (_, i) => rule(i)).join('\n\n')}\n`;
    writeFileSync(
      join(texts, `${2020 + Math.floor(n / 12)}${String(1 + (n % 12)).padStart(2, '0')}01_a.md`),
      text,
    );
  }
  await importPolicy(archive, { path: texts, platform: 'X', policy: 'Rules' });
}

/** The places of the library that tags cite: every clause of every fifth version. */
function places(archive: Archive): { key: string; version: string; part: number }[] {
  return listPolicies(archive.db, null)
    .flatMap(({ id }) => listVersions(archive.db, id))
    .filter((_, i) => i % 5 === 0)
    .flatMap(({ seq, id }) =>
      listParts(archive.db, seq).flatMap(({ key, n }) =>
        key === null ? [] : [{ key, version: id, part: n }],
      ),
    );
}

function setTags(archive: Archive, postIds: readonly string[], from: number, to: number): string[] {
  const cited = places(archive);
  const clause = getClauseByKey(archive.db, starterPack.clauses[0]?.key ?? '')?.id ?? null;
  const ids = Array.from({ length: to - from }, () => newId());
  for (let at = 0; at < ids.length; at += 1000) {
    inTransaction(archive.db, () => {
      for (const [i, tag] of ids.slice(at, at + 1000).entries()) {
        const n = from + at + i;
        const dated = n % 4 === 0 ? undefined : cited[n % cited.length];
        recordEvent(archive, 'tag.set', {
          tag,
          post: postIds[n % postIds.length] ?? '',
          clause: dated === undefined ? clause : null,
          quote: { text: 'the', start: 0, end: 3 },
          because: `because of what it says, number ${n}, and of what was said before it by the same account`,
          ...(dated !== undefined && { dated }),
        });
      }
    });
  }
  return ids;
}

function setReviews(archive: Archive, tagIds: readonly string[]): void {
  for (let at = 0; at < reviews; at += 1000) {
    inTransaction(archive.db, () => {
      for (let n = at; n < at + 1000; n++) {
        recordEvent(archive, 'tag.reviewed', {
          review: newId(),
          tag: tagIds[n * 3] ?? '',
          act: n % 10 === 0 ? 'withdraw' : n % 3 === 0 ? 'dispute' : 'agree',
          because: 'as I read it',
        });
      }
    });
  }
}

function time<T>(name: string, rounds: number, act: () => T, most = budget): T {
  const seconds: number[] = [];
  let result = act();
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    result = act();
    seconds.push((performance.now() - started) / 1000);
  }
  const middle = median(seconds);
  console.log(
    `  ${name.padEnd(52)} median ${(middle * 1000).toFixed(1)} ms (${(Math.min(...seconds) * 1000).toFixed(1)}–${(Math.max(...seconds) * 1000).toFixed(1)}) ${middle <= most ? 'within' : 'OVER'} ${most * 1000} ms`,
  );
  return result;
}

const seated = (path: string, name: string) => openArchive({ path, passphrase, person: { name } });

export async function benchInbox(folder: string): Promise<void> {
  const path = join(folder, 'inbox.holdfast');
  let archive = await createArchive({ path, passphrase, person: { name: 'Ann' }, clauses: starterPack });
  const postIds = await takePosts(archive);
  await takeRules(archive, folder);
  const ids = setTags(archive, postIds, 0, tags / 2);
  closeArchive(archive);
  archive = await seated(path, 'Ben');
  ids.push(...setTags(archive, postIds, tags / 2, tags));
  setReviews(archive, ids);
  closeArchive(archive);
  archive = await seated(path, 'Cem');

  console.log(
    `\ninbox over ${tags} tags of ${posts} posts, ${reviews} reviews, ${places(archive).length} places of the library cited`,
  );
  const page = (filter: InboxFilter, offset = 0, others = false) =>
    inbox(archive, { filter, others, offset, limit: 50 });
  const started = performance.now();
  page('unreviewed');
  console.log(`  first page after opening: ${(performance.now() - started).toFixed(0)} ms`);
  for (const filter of inboxFilterSchema.options) {
    const { total } = time(`a page of 50: ${filter}`, 9, () => page(filter));
    console.log(`    ${total} tags`);
  }
  time('a page of 50 at the end of all', 9, () => page('all', tags - 50));
  time('a page of 50 that others set', 9, () => page('unreviewed', 0, true));
  time('the tags of one post', 9, () => visibleTags(archive, postIds[0] ?? ''));

  const { id } = time(
    'draw 1000 of them',
    3,
    () => drawCoding(archive, { name: 'A', posts: 1000, seed: null }),
    0.5,
  );
  nextInCoding(archive, id);
  time('a page while coding 1000 of the posts', 9, () => page('unreviewed'), 0.2);
  time('the tags of one post while coding', 9, () => visibleTags(archive, postIds[0] ?? ''));
  time('the next post of a sample', 9, () => nextInCoding(archive, id));
  closeArchive(archive);
}
