import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { importPolicy } from '../../../archive/policies/import.ts';
import { inbox } from '../../../archive/review/inbox.ts';
import { reviewTag } from '../../../archive/review/review.ts';
import { addTag } from '../../../archive/tags/add.ts';
import type { InboxFilter } from '../../../contract/model/tag.ts';
import { checkArchive, importPage } from '../../support/archive.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { makeDesk, tag } from './desk.ts';

const page = { others: false, offset: 0, limit: 50 };
const because = (archive: Archive, filter: InboxFilter, others = false) =>
  inbox(archive, { ...page, filter, others }).lines.map((line) => line.tag.because);

test('tags are under the filter of their state, newest first, with the post that they stand on', async () => {
  const desk = await makeDesk();
  const postId = await importPage(desk.archive, 'words');
  const ids = ['one', 'two', 'three', 'four'].map((reason) => tag(desk.archive, postId, reason));
  await desk.sit('Ann Other');
  tag(desk.archive, postId, 'five');
  for (const [i, act] of (['agree', 'dispute', 'withdraw'] as const).entries())
    reviewTag(desk.archive, { tagId: ids[i] ?? '', act, because: 'as I see it' });

  const { total, counts, lines } = inbox(desk.archive, { ...page, filter: 'all' });

  expect(counts).toEqual({ all: 5, unreviewed: 2, disputed: 1, changed: 0, withdrawn: 1 });
  expect(total).toBe(5);
  expect(lines.map((line) => [line.tag.because, line.tag.state])).toEqual([
    ['five', 'unreviewed'],
    ['four', 'unreviewed'],
    ['three', 'withdrawn'],
    ['two', 'disputed'],
    ['one', 'agreed'],
  ]);
  expect(lines[4]).toMatchObject({
    post: { postId, text: 'words', tagCount: 5 },
    tag: { reviews: [{ act: 'agree', actor: { name: 'Ann Other' } }] },
  });
  expect(because(desk.archive, 'unreviewed')).toEqual(['five', 'four']);
  expect(because(desk.archive, 'disputed')).toEqual(['two']);
  expect(because(desk.archive, 'withdrawn')).toEqual(['three']);
  expect(because(desk.archive, 'unreviewed', true)).toEqual(['four']);
  expect(inbox(desk.archive, { ...page, filter: 'unreviewed', others: true }).counts).toEqual({
    all: 4,
    unreviewed: 1,
    disputed: 1,
    changed: 0,
    withdrawn: 1,
  });
  checkArchive(desk.archive);
});

test('pages follow each other without a gap, whatever the filter', async () => {
  const desk = await makeDesk();
  const postId = await importPage(desk.archive, 'words');
  const reasons = Array.from({ length: 7 }, (_, i) => `reason ${i}`);
  for (const reason of reasons) tag(desk.archive, postId, reason);

  const pages = [0, 3, 6, 9].map((offset) =>
    inbox(desk.archive, { filter: 'unreviewed', others: false, offset, limit: 3 }),
  );

  expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7]);
  expect(pages.flatMap(({ lines }) => lines.map((line) => line.tag.because))).toEqual(reasons.toReversed());
});

const rules = (words: string) =>
  `The Ferry Rules\n===============\n\n### Safety\n\nHateful conduct: ${words}\n\nViolence: You may not threaten.\n`;

test('a tag whose clause was reworded or dropped since is found, until somebody withdraws it', async () => {
  const { archive } = await makeDesk();
  const folder = join(temporaryFolder(), 'texts');
  mkdirSync(folder);
  const add = async (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    const order = { path: folder, platform: 'Ferry', policy: 'Rules', kind: 'rules' as const };
    const rest = { jurisdiction: null, address: null, licence: null, attribution: null };
    await importPolicy(archive, { ...order, ...rest, inForceFrom: null, seen: null });
  };
  const postId = await importPage(archive, 'words');
  await add('20201203_a.md', rules('You may not attack people for their race or religion.'));
  const [hate, violence] = ['ferry/ferry-rules/hateful-conduct', 'ferry/ferry-rules/violence'];
  const reworded = addTag(archive, { postId, clauseKey: hate, because: 'reworded' }).id;
  addTag(archive, { postId, clauseKey: violence, because: 'dropped' });
  tag(archive, postId, 'of a pack');
  expect(inbox(archive, { ...page, filter: 'changed' }).counts).toMatchObject({ all: 3, changed: 0 });

  await add('20210120_b.md', rules('You may not attack people for their race, caste or religion.'));
  expect(because(archive, 'changed')).toEqual(['reworded']);
  await add(
    '20210301_c.md',
    rules('You may not attack people for their race, caste or religion.').replace(/Violence: .*\n/, ''),
  );
  const { lines, counts } = inbox(archive, { ...page, filter: 'changed' });

  expect(counts.changed).toBe(2);
  expect(lines.map((line) => [line.tag.because, line.tag.flags.map(({ code }) => code)])).toEqual([
    ['dropped', expect.arrayContaining(['dropped-since'])],
    ['reworded', expect.arrayContaining(['reworded-since'])],
  ]);
  reviewTag(archive, { tagId: reworded, act: 'withdraw', because: 'by the new words it is allowed' });
  expect(because(archive, 'changed')).toEqual(['dropped']);
  checkArchive(archive);
});
