import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { openArchive } from '../../archive/open.ts';
import { listPosts } from '../../archive/posts.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { addTag } from '../../archive/tags/add.ts';
import { addTags } from '../../archive/tags/many.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { readTags } from '../../archive/tags/read.ts';
import { addReport } from '../../archive/tags/reports.ts';
import { dumpProjections } from '../../db/projection.ts';
import { checkArchive, checkLog, importPage } from '../support/archive.ts';
import { faultyArchive } from '../support/faulty.ts';
import { ferryArchive, glorify, stateActors } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary.ts';

const text = 'می‌گویند 👨‍👩‍👧 و نمی‌آیند';

const acts: [string, (archive: Archive, posts: string[]) => void][] = [
  [
    'a tag with two quotes and an answer',
    (archive, [postId = '']) => {
      addTag(archive, {
        postId,
        clauseKey: glorify,
        quotes: [findQuote(text, '👨‍👩‍👧'), findQuote(text, 'نمی‌آیند')],
        considered: [{ key: stateActors, answer: 'unclear', because: null }],
        account: true,
        because: 'a reason',
      });
    },
  ],
  [
    'tags on many posts',
    (archive, postIds) => void addTags(archive, { postIds, clauseKey: glorify, because: 'x' }),
  ],
  [
    'a report',
    (archive, posts) =>
      void addReport(archive, { posts, to: 'Ferry', at: '2021-01-14', bundle: null, note: null }),
  ],
];

test.each(acts)('%s on a disk that is full at any write is whole or not there', async (_name, act) => {
  const archive = await ferryArchive();
  const posts = [await importPage(archive, text), await importPage(archive, text)];
  const before = dumpProjections(archive.db);

  let at = 0;
  for (; ; at++) {
    try {
      act(faultyArchive(archive, at).archive, posts);
      break;
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_FULL' });
      expect(dumpProjections(archive.db)).toBe(before);
    }
  }

  expect(at).toBeGreaterThan(4);
  expect(dumpProjections(archive.db)).not.toBe(before);
  checkArchive(archive);
  await checkLog(archive);
});

test('rows of tags, quotes and reports that were changed are found and put right', async () => {
  const archive = await ferryArchive();
  const posts = [await importPage(archive, text)];
  for (const [, act] of acts) act(archive, posts);
  const before = dumpProjections(archive.db);
  archive.db.exec(`DROP TRIGGER tag_no_update; UPDATE tag SET finding = 'unclear';
    DROP TRIGGER tag_quote_no_update; UPDATE tag_quote SET start_point = start_point + 1, end_point = end_point + 1;
    DROP TRIGGER report_filed_no_update; UPDATE report_filed SET to_whom = 'nobody';
    DROP TRIGGER report_post_no_delete; DELETE FROM report_post`);

  const { differences } = rebuild(archive);

  expect(differences.map(({ table }) => table)).toEqual(['tag', 'tag_quote', 'report_filed', 'report_post']);
  expect(dumpProjections(archive.db)).toBe(before);
  checkArchive(archive);
});

test('a tag of an archive of schema 2 reads as it was set', async () => {
  const path = join(temporaryFolder(), 'old.holdfast');
  const fixture = join(import.meta.dirname, '..', 'fixtures', 'archives', 'schema-2.holdfast.gz');
  writeFileSync(path, gunzipSync(readFileSync(fixture)));
  const archive = await openArchive({ path, passphrase: null, person: { name: 'Tess Ter' } });
  const [post] = listPosts(archive, 'crows', 0, 1).posts;

  const tags = readTags(archive, post?.postId ?? '');

  expect(tags).toHaveLength(1);
  expect(tags[0]).toMatchObject({
    finding: 'breach',
    clause: { version: null, text: null },
    dates: [],
    considered: [],
    flags: [],
    actor: { name: 'Ida Old', basis: 'proven' },
  });
  for (const { text: words } of tags[0]?.quotes ?? []) expect(post?.text).toContain(words);
  checkArchive(archive);
  archive.db.close();
  archive.lock.release();
});
