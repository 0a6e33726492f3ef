import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordEvent } from '../../../archive/record.ts';
import type { ReviewAct } from '../../../contract/model/tag.ts';
import { inTransaction } from '../../../db/handle.ts';
import { getJudgement } from '../../../db/judgement.ts';
import { listReviews } from '../../../db/review.ts';
import { newId } from '../../../evidence/id.ts';
import { tagState, type Word } from '../../../evidence/review/state.ts';
import { checkArchive, importPage } from '../../support/archive.ts';
import { makeDesk, tag } from './desk.ts';

function word(act: ReviewAct, name: string, time: number, signer: string | null = null): Word {
  return {
    id: newId(),
    act,
    actor: { name, basis: signer === null ? 'claimed' : 'proven', signer },
    time: new Date(time).toISOString(),
    origin: null,
  };
}
const key = 'a'.repeat(64);

test.each([
  ['nothing said', [], 'unreviewed'],
  ['one agrees', [word('agree', 'Ann', 1)], 'agreed'],
  ['one of two disputes', [word('dispute', 'Ann', 1), word('agree', 'Ben', 2)], 'disputed'],
  ['a dispute that was taken back', [word('dispute', 'Ann', 1), word('agree', 'Ann', 2)], 'agreed'],
  ['an agreement that was taken back', [word('agree', 'Ann', 1), word('dispute', 'Ann', 2)], 'disputed'],
  ['the later word arrived first', [word('agree', 'Ann', 2), word('dispute', 'Ann', 1)], 'agreed'],
  ['withdrawn, whatever came later', [word('withdraw', 'Ann', 1), word('agree', 'Ann', 2)], 'withdrawn'],
  ['a name is not a key', [word('dispute', 'Ann', 1), word('agree', 'Ann', 2, key)], 'disputed'],
  [
    'a key is one person by any name',
    [word('dispute', 'Ann', 1, key), word('agree', 'A.', 2, key)],
    'agreed',
  ],
])('%s', (_name, words, state) => {
  expect(tagState(words)).toBe(state);
});

const said = fc.record({
  act: fc.constantFrom<ReviewAct>('agree', 'dispute', 'agree', 'dispute', 'agree', 'withdraw'),
  name: fc.constantFrom('Ann', 'Ben', 'Cem'),
  time: fc.integer({ min: 0, max: 3 }),
});

test('the order in which reviews arrive makes no difference', () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 8 }), fc.func(fc.nat()), (list, shuffle) => {
      const words = list.map(({ act, name, time }) => word(act, name, time));
      const others = words.toSorted((a, b) => shuffle(a.id) - shuffle(b.id));

      expect(tagState(others)).toBe(tagState(words));
    }),
  );
});

test('the table says of every tag what its reviews say, also of those that came from elsewhere', async () => {
  const { archive } = await makeDesk();
  const postId = await importPage(archive, 'words');
  const [bundle, other] = [newId(), newId()];

  fc.assert(
    fc.property(fc.array(said, { maxLength: 6 }), (list) => {
      const tagId = tag(archive, postId);
      for (const { act, name, time } of list) {
        const origin = {
          bundle,
          archive: other,
          event: newId(),
          time: new Date(time).toISOString(),
          actor: { name, basis: 'claimed' as const, signer: null },
        };
        const review = { review: newId(), tag: tagId, act, because: 'x', origin };
        inTransaction(archive.db, () => recordEvent(archive, 'tag.reviewed', review));
      }

      expect(getJudgement(archive.db, tagId)?.state).toBe(tagState(listReviews(archive.db, tagId)));
    }),
    { numRuns: 60 },
  );
  checkArchive(archive);
});
