/** Purging a capture: what goes, what stays, and that the log still says what it said. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { listCaptures, requireCapture, requirePost, searchPosts } from '../../archive/posts.ts';
import { planPurge } from '../../archive/purge/plan.ts';
import { purgeCapture } from '../../archive/purge/purge.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { reviewTags } from '../../archive/review/review.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { listEvents } from '../../archive/status.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { verifyFile } from '../../archive/verify.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { checkArchive, importPage, makeArchive, postPage, streamOf } from '../support/archive.ts';
import { address, begin, finishOf, play, startOf } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';

vi.setConfig({ testTimeout: 60_000 });

const order = (captureId: string) => ({
  captureId,
  because: 'A court says so',
  authority: 'District court, file 7',
  confirm: captureId,
  keepAddress: false,
});

async function record(archive: Archive, words: string): Promise<string> {
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const salt = '5a'.repeat(32);
  const hash = createHash('sha256')
    .update(Buffer.from([4]))
    .update(Buffer.from(salt, 'hex'))
    .update(words);
  const withheld = {
    where: 'request-header' as const,
    name: 'Cookie: sid',
    commitment: hash.digest('hex'),
    salt,
  };
  await play(sink, captureId, startOf(0, { withheld: [withheld] }), postPage(words));
  await play(
    sink,
    captureId,
    startOf(1, { url: `${address}/${words}.css`, resourceType: 'stylesheet' }),
    words,
  );
  await sink.finish(finishOf(captureId));
  return captureId;
}

function captureOf(archive: Archive, postId: string): string {
  return requirePost(archive, postId).captureId;
}

/** Everything holds together, the tables are those that the log makes, and so many documents are gone by that leaf. */
async function expectPurged(archive: Archive, leaf: number, events: readonly number[]): Promise<void> {
  checkArchive(archive);
  const report = await verifyLog(archive);
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ ok: true, purged: events.length, purges: [{ leaf, events }] });
}

test('takes a capture, its posts, tags and reviews, and leaves the others and the log', async () => {
  const archive = await makeArchive({ plain: true });
  const stays = await importPage(archive, 'words that stay');
  const captureId = await record(archive, 'wordsthatgo');
  const [hit] = searchPosts(archive, 'wordsthatgo', 10).hits;
  const postId = hit?.postId ?? '';
  addTag(archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    because: 'a reason',
    quotes: [findQuote(requirePost(archive, postId).content.text, 'wordsthatgo')],
  });
  const later = await importPage(archive, 'words that came later');

  const { leaf, events, ...plan } = await purgeCapture(archive, order(captureId));

  expect(plan).toMatchObject({
    captureId,
    along: [],
    destroyed: { captures: 1, posts: 1, tags: 1, readings: 1 },
  });
  expect(searchPosts(archive, 'wordsthatgo', 10).total).toBe(0);
  expect(searchPosts(archive, 'words', 10).hits.map((each) => each.postId)).toEqual([later, stays]);
  expect(listCaptures(archive, 0, 10).total).toBe(2);
  expect(() => requireCapture(archive, captureId)).toThrowError(
    expect.objectContaining({ code: 'capture-purged' }),
  );
  expect(
    listEvents(archive, { before: null, limit: 50 })
      .events.filter(({ purgedBy }) => purgedBy === leaf)
      .map(({ seq }) => seq)
      .sort(),
  ).toEqual(events);
  await expectPurged(archive, leaf, events);
});
