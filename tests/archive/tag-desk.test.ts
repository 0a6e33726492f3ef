/** Tagging as the window asks for it: every channel, what goes in and out held against the contract. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDesk } from '../../archive/desk.ts';
import type { CallContext } from '../../archive/host/port.ts';
import { hostChannels } from '../../contract/channels.ts';
import { streamOf, xPage } from '../support/archive.ts';
import { ferryVersions, glorify, hateful, stateActors, writeVersions } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary.ts';

const context = (bytes = ''): CallContext => ({
  signal: new AbortController().signal,
  progress: () => undefined,
  bytesIn: () => streamOf(bytes),
  bytesOut: async () => undefined,
});

/** A desk with dated rules and two posts; its calls parse as the host does. */
async function desk() {
  const { handlers, close } = makeDesk();
  onTestFinished(close);
  const folder = temporaryFolder();
  await handlers['archive.create'](
    { path: join(folder, 'a.holdfast'), passphrase: null, actorName: 'Tess Ter' },
    context(),
  );
  const about = { platform: 'Ferry', policy: 'Guidelines', kind: 'rules' as const, jurisdiction: null };
  const path = writeVersions(join(folder, 'texts'), ferryVersions);
  await handlers['policies.import'](
    { ...about, path, captureId: null, address: null, licence: null, attribution: null },
    context(),
  );
  const posts: string[] = [];
  for (const id of ['20', '21']) {
    const report = await handlers['import.stream'](
      { name: `${id}.html` },
      context(xPage('می‌گویند چه', { id })),
    );
    posts.push(...report.posts);
  }
  return { handlers, posts, postId: posts[0] ?? '' };
}

test('from finding a clause to a tag, many tags and a report', async () => {
  const { handlers, posts, postId } = await desk();
  const channels = hostChannels;

  const found = await handlers['clauses.find'](
    channels['clauses.find'].input.parse({ query: 'glorify', platform: 'ferry' }),
    context(),
  );
  const prepared = await handlers['tags.prepare']({ postId, clauseKey: glorify }, context());
  const report = await handlers['reports.add'](
    { posts, to: 'Ferry', at: '2021-01-16', bundle: null, note: null },
    context(),
  );
  const tag = await handlers['tags.add'](
    channels['tags.add'].input.parse({
      postId,
      clauseKey: glorify,
      because: 'a reason',
      quotes: [{ text: 'چه', start: 9, end: 11 }],
      considered: [{ key: stateActors, answer: 'does-not-apply', because: null }],
    }),
    context(),
  );
  const many = await handlers['tags.addMany'](
    channels['tags.addMany'].input.parse({ postIds: posts, clauseKey: hateful, because: 'the same' }),
    context(),
  );
  const listed = await handlers['tags.list']({ postId }, context());
  const reports = await handlers['reports.list']({ postId: null }, context());

  expect(channels['clauses.find'].output.parse(found).clauses.map(({ key }) => key)).toContain(glorify);
  expect(channels['tags.prepare'].output.parse(prepared)).toEqual(prepared);
  expect(prepared.exceptions.map(({ key }) => key)).toEqual([stateActors]);
  expect(channels['tags.add'].output.parse(tag)).toEqual(tag);
  expect(tag.dates[2]).toMatchObject({ at: '2021-01-16', inForce: 'yes' });
  expect(channels['tags.addMany'].output.parse(many)).toMatchObject({ tags: 2 });
  expect(channels['tags.list'].output.parse(listed)).toEqual(listed);
  expect(listed.tags.map(({ clause, batch }) => [clause?.key, batch])).toEqual([
    [glorify, null],
    [hateful, many.batch],
  ]);
  expect(reports).toEqual({ reports: [report] });
});
