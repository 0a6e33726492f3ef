/** After a purge no byte of the item is in the archive's files, whatever became of its rows before. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive } from '../../archive/open.ts';
import { requirePost } from '../../archive/posts.ts';
import { cleanFile } from '../../archive/purge/clean.ts';
import { purgeCapture } from '../../archive/purge/purge.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { structureProblems } from '../../db/check.ts';
import { PageCipher } from '../../db/cipher.ts';
import { connectReader } from '../../db/connection.ts';
import { pageSize } from '../../db/page-size.ts';
import { checkArchive, checkLog, importPage, makeArchive, streamOf } from '../support/archive.ts';
import { findTraces } from '../support/traces.ts';

vi.setConfig({ testTimeout: 120_000 });

const order = (captureId: string) => ({
  captureId,
  because: 'A court says so',
  authority: 'District court',
  confirm: captureId,
  keepAddress: false,
});

/** Words of one item: they stand in its post, its bytes, a tag and its quote. */
const word = (i: number): string => `zqx${i}marker${(i * 7919).toString(36)}end`;

async function item(archive: Archive, i: number): Promise<string> {
  const words = word(i);
  const postId = await importPage(archive, `${words} ${'filler '.repeat(i % 40)}`);
  const content = requirePost(archive, postId).content.text;
  addTag(archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    because: `because ${words}`,
    quotes: [findQuote(content, words)],
  });
  return requirePost(archive, postId).captureId;
}

test('a plain archive, after many items came and some went', async () => {
  let archive = await makeArchive({ plain: true });
  const folder = dirname(archive.path);
  const captures: string[] = [];
  for (let i = 0; i < 40; i++) captures.push(await item(archive, i));
  const going = captures.flatMap((id, i) => (i % 5 === 2 || (i > 20 && i < 30) ? [{ id, i }] : []));

  for (const { id } of going) await purgeCapture(archive, order(id));
  archive.db.pragma('wal_checkpoint(TRUNCATE)');
  const before = going.filter(({ i }) => findTraces(word(i), [folder]).length > 0);
  await cleanFile(archive, {}, (next) => {
    archive = next;
  });

  console.log('with traces before cleaning', before.length, 'of', going.length);
  expect(going.flatMap(({ i }) => findTraces(word(i), [folder]))).toEqual([]);
  expect(structureProblems(archive.db)).toEqual([]);
  expect(findTraces(word(0), [folder])).not.toEqual([]);
  checkArchive(archive);
  await checkLog(archive);
  closeArchive(archive);
});
