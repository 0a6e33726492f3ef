/** Desks that exchange bundles, for tests: each with an archive and a key, and what must be the same at all of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { listPosts } from '../../archive/posts.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { readTags } from '../../archive/tags/read.ts';
import { verifyFile } from '../../archive/verify.ts';
import type { LeavingDraft } from '../../contract/model/leaving.ts';
import type { Tag } from '../../contract/model/tag.ts';
import { newId } from '../../evidence/id.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { checkArchive, checkLog, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

export const september =
  '# Hateful conduct\n\n## What is not allowed\n\n**Slurs:** You may not call people vermin.\n\n## Exceptions\n\n**News:** We allow posts that report on it.\n';
export const december = september.replace(
  '## Exceptions',
  '**Glorifying harm:** You may not praise “driving out” — in any script: حشرات \u{1F525}.\n\n## Exceptions',
);
export const january = december.replace('praise', 'praise, condone or celebrate');
export const key = 'elmwick/hateful-conduct/glorifying-harm';
export const slurs = 'elmwick/hateful-conduct/slurs';

/** Persian with zero-width joiners, emoji of several code points, and directions mixed with marks. */
export const persian = 'کلاغ‌ها دزدند؛ همه‌ی کلاغ‌ها را بیرون کنید';
export const emoji =
  'Out with them \u{1F426}\u200d\u2b1b \u{1F468}\u{1F3FD}\u200d\u{1F469}\u{1F3FB}\u200d\u{1F467} now \u{1F1EE}\u{1F1F7}';
export const mixed = 'They said \u2067خانه‌ها را بسوزانید\u2069 and then (شب) 42 left';

export async function library(
  archive: Archive,
  texts: readonly [string, string][],
  policy = 'Rules',
): Promise<void> {
  const folder = join(temporaryFolder(), newId());
  mkdirSync(folder);
  for (const [day, text] of texts) writeFileSync(join(folder, `${day}_rules.md`), text);
  await importPolicy(archive, {
    path: folder,
    platform: 'Elmwick',
    policy,
    address: 'https://rules.example',
    licence: 'ODC-By 1.0',
    attribution: 'Invented Archive',
  });
}

export const all = [
  ['20200902', september],
  ['20201203', december],
  ['20210120', january],
] as [string, string][];

export interface Desk {
  archive: Archive;
  identity: Identity;
  name: string;
  n: number;
}

export async function desk(name: string): Promise<Desk> {
  const archive = await makeArchive({ plain: true });
  const identity = await createIdentity({ name, organisation: null, email: null, now: new Date() });
  return { archive, identity, name, n: 0 };
}

/** A bundle of all that the desk has, checked. */
export async function bundleOf(from: Desk, leaving: LeavingDraft = {}): Promise<string> {
  const path = join(temporaryFolder(), `${from.name}-${from.n++}-${newId()}.zip`);
  await compileBundle(from.archive, { path, identity: from.identity, captures: 'all', leaving });
  const verification = await verifyFile(path, { trust: [] });
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  return path;
}

/** `checked`: the receiver has compared the sender's fingerprint. */
export async function send(
  from: Desk,
  to: Desk,
  { checked = true, ...leaving }: LeavingDraft & { checked?: boolean } = {},
) {
  const trust = join(temporaryFolder(), `${from.name}.pem`);
  writeFileSync(trust, toPem(from.identity.certificate));
  const report = await importFiles(to.archive, [await bundleOf(from, leaving)], {
    ...(checked && { named: { trust: [trust] } }),
  });
  expect(report.refused).toEqual([]);
  return report.warnings
    .map(({ code }) => code)
    .filter((code) => code !== 'signer-not-checked' && code !== 'capture-known');
}

export const postsOf = ({ archive }: Desk) => listPosts(archive, '', 0, 100).posts;
export const tagsOf = (from: Desk): Tag[] =>
  postsOf(from).flatMap(({ postId }) => readTags(from.archive, postId));

export const tagsOn = (from: Desk, part: string): Tag[] =>
  postsOf(from).flatMap(({ postId, text }) => (text.includes(part) ? readTags(from.archive, postId) : []));

/** What must be the same at every desk: who judged which words by which words, and who reviewed it. */
export function judgements(from: Desk) {
  const own = from.archive.info.archiveId;
  return tagsOf(from)
    .map((tag) => ({
      id: tag.id,
      text: postsOf(from).find(({ postId }) => postId === tag.postId)?.text,
      finding: tag.finding,
      clause: tag.clause?.text ?? tag.clause?.summary ?? null,
      title: tag.clause?.title ?? null,
      quotes: tag.quotes,
      because: tag.because,
      sure: tag.sure,
      account: tag.account,
      considered: tag.considered.map(({ answer, because, title }) => ({ answer, because, title })),
      dates: tag.dates.map(({ when, at, inForce, why, restsOn }) => ({
        when,
        at,
        inForce,
        why,
        on: restsOn.length,
      })),
      flags: tag.flags.map(({ code }) => code),
      by: tag.origin?.actor.name ?? tag.actor.name,
      archive: tag.origin?.archive ?? own,
      time: tag.origin?.time ?? tag.time,
      state: tag.state,
      reviews: tag.reviews
        .map(({ id, act, because, origin, time }) => ({
          id,
          act,
          because,
          time: origin?.time ?? time,
          archive: origin?.archive ?? own,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function check(...desks: Desk[]): Promise<void> {
  for (const { archive } of desks) {
    checkArchive(archive);
    await checkLog(archive);
    expect(rebuild(archive)).toMatchObject({});
  }
}

export function tag(
  to: Desk,
  part: string,
  quoted: readonly string[],
  more: Partial<Parameters<typeof addTag>[1]> = {},
): Tag {
  const post = postsOf(to).find(({ text }) => text.includes(part));
  const line = post?.text ?? '';
  return addTag(to.archive, {
    postId: post?.postId ?? '',
    clauseKey: key,
    because: 'چون — because \u{1F525}',
    quotes: quoted.map((words) => findQuote(line, words)),
    ...more,
  });
}
