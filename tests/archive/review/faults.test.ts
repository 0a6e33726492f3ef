import { expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { drawCoding } from '../../../archive/review/coding.ts';
import { setPalette } from '../../../archive/review/palette.ts';
import { addPhrase, removePhrase } from '../../../archive/review/phrases.ts';
import { reviewTag } from '../../../archive/review/review.ts';
import { dumpProjections } from '../../../db/projection.ts';
import { checkArchive, checkLog, importPage } from '../../support/archive.ts';
import { faultyArchive } from '../../support/faulty.ts';
import { countEvents, makeDesk, tag } from './desk.ts';

const clauseKey = 'x/hateful-conduct';

interface Found {
  tagId: string;
  phraseId: string;
}

test.each<[string, (archive: Archive, found: Found) => unknown, number]>([
  // Each: the event, the head of the tree, and the rows that follow.
  ['a review', (archive, { tagId }) => reviewTag(archive, { tagId, act: 'dispute', because: 'x' }), 4],
  ['a palette', (archive) => setPalette(archive, [{ slot: '2', clauseKey }]), 4],
  ['a phrase', (archive) => addPhrase(archive, { text: 'rats', clauseKey }), 3],
  ['a phrase that is removed', (archive, { phraseId }) => removePhrase(archive, phraseId), 3],
  ['a sample', (archive) => drawCoding(archive, { name: 'A', posts: 2, seed: null }), 5],
])('on a disk that is full at any write %s is whole or not there', async (_name, act, least) => {
  const { archive } = await makeDesk();
  const postId = await importPage(archive, 'words of vermin');
  await importPage(archive, 'other words');
  const found = {
    tagId: tag(archive, postId),
    phraseId: addPhrase(archive, { text: 'vermin', clauseKey }).id,
  };
  setPalette(archive, [{ slot: '1', clauseKey }]);
  const events = countEvents(archive);
  const before = dumpProjections(archive.db);

  let at = 0;
  for (; ; at++) {
    try {
      act(faultyArchive(archive, at).archive, found);
      break;
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_FULL' });
      expect(dumpProjections(archive.db)).toBe(before);
    }
  }

  expect(at).toBeGreaterThanOrEqual(least);
  expect(countEvents(archive)).toBe(events + 1);
  checkArchive(archive);
  await checkLog(archive);
});
