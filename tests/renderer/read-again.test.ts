/** Reading a capture again in the window: the difference first, then what is kept. */
import { expect, test } from 'vitest';
import { hashOf } from './fake/ids.ts';
import { calls, captured } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

test('the difference is shown before anything is kept, and what is kept is the difference that was shown', async () => {
  const page = await open();
  await captured(page, 'Page');
  const again = page.getByRole('region', { name: 'Reading the posts again' });

  await again.getByRole('button', { name: 'Read again' }).click();
  await again.getByRole('heading', { name: 'It is read otherwise now' }).waitFor();

  await again.getByText('1 tagged post among these.').waitFor();
  expect(await again.getByRole('cell', { name: '"en"' }).count()).toBe(1);
  expect(
    await again.getByRole('link', { name: 'Open the earlier reading, 2 tags' }).getAttribute('href'),
  ).toMatch(/post\//);
  expect(await calls(page, 'rereadCapture')).toMatchObject([{ keep: false, digest: null }]);

  await again.getByRole('button', { name: 'Keep the new reading' }).click();
  await again.getByRole('heading', { name: 'The new reading is kept' }).waitFor();
  expect((await calls(page, 'rereadCapture'))[1]).toMatchObject({ keep: true, digest: hashOf('difference') });
});
