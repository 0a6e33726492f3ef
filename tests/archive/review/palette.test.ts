import { expect, test } from 'vitest';
import { getPalette, setPalette } from '../../../archive/review/palette.ts';
import { checkArchive, checkLog, makeArchive } from '../../support/archive.ts';
import { countEvents, makeDesk } from './desk.ts';

const clauseKey = 'x/hateful-conduct';
const title = 'Hateful conduct';

test('the palette is what was arranged last, in the order of the keys, for whoever sits there', async () => {
  const desk = await makeDesk();
  expect(getPalette(desk.archive)).toEqual([]);

  setPalette(desk.archive, [
    { slot: 'b', clauseKey },
    { slot: '1', clauseKey },
  ]);
  setPalette(desk.archive, [
    { slot: 'c', clauseKey },
    { slot: '9', clauseKey },
  ]);
  const before = countEvents(desk.archive);
  setPalette(desk.archive, [
    { slot: '9', clauseKey },
    { slot: 'c', clauseKey },
  ]);

  expect(countEvents(desk.archive)).toBe(before);
  await desk.sit('Ann Other');
  expect(getPalette(desk.archive)).toEqual([
    { slot: '9', clauseKey, title },
    { slot: 'c', clauseKey, title },
  ]);
  const kept = desk.archive.db.prepare("SELECT count(*) FROM event WHERE kind = 'palette.arranged'");
  expect(kept.pluck().get()).toBe(2);
  checkArchive(desk.archive);
  await checkLog(desk.archive);
  setPalette(desk.archive, []);
  expect(getPalette(desk.archive)).toEqual([]);
});

test.each([
  ['a clause that is not there', [{ slot: '1', clauseKey: 'x/none' }], 'clause-not-found'],
  [
    'one key twice',
    [
      { slot: '1', clauseKey },
      { slot: '1', clauseKey },
    ],
    'bad-input',
  ],
  ['a key that no keyboard has', [{ slot: 'ä', clauseKey }], 'bad-input'],
])('%s is refused and nothing is recorded', async (_name, slots, code) => {
  const archive = await makeArchive({ plain: true });
  const before = countEvents(archive);

  expect(() => setPalette(archive, slots)).toThrowError(expect.objectContaining({ code }));

  expect(countEvents(archive)).toBe(before);
});
