import { expect, test } from 'vitest';
import { drawCoding, nextInCoding } from '../../../archive/review/coding.ts';
import { reviewTag } from '../../../archive/review/review.ts';
import { allVisibleTags, visibleTags } from '../../../archive/review/visible.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { importPage } from '../../support/archive.ts';
import { makeDesk, tag } from './desk.ts';

test('while a person judges a sample, their own tags on its posts show no review of others, and not what came of it', async () => {
  const desk = await makeDesk();
  const postId = await importPage(desk.archive, 'words of vermin');
  const tagId = tag(desk.archive, postId);
  const other = await desk.sit('Mika Second');
  reviewTag(other, { tagId, act: 'dispute', because: 'it is a quotation' });
  const again = await desk.sit('Tess Ter');
  const shown = () => visibleTags(again, postId).tags.find(({ id }) => id === tagId);
  reviewTag(again, { tagId, act: 'dispute', because: 'on second thoughts' });
  expect(shown()).toMatchObject({ state: 'disputed', reviews: [{ because: 'it is a quotation' }, {}] });

  const { id: coding } = drawCoding(again, { name: 'All', posts: 1, seed: null });
  nextInCoding(again, coding);

  expect(shown()).toMatchObject({ state: 'disputed', reviews: [{ because: 'on second thoughts' }] });
  expect(shown()?.reviews).toHaveLength(1);
  expect(allVisibleTags(again).tags.flatMap(({ reviews }) => reviews)).toHaveLength(1);
  addTag(again, { postId, clauseKey: null, finding: 'unclear', coding, because: 'as I read it' });
  expect(nextInCoding(again, coding).postId).toBeNull();
  expect(shown()?.reviews).toHaveLength(2);
});
