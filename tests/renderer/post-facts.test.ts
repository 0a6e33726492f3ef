/** What the platform says of a post beside its words, on the post's page. */
import { expect, test } from 'vitest';
import { seriousViolations } from '../support/axe.ts';
import { postWithFacts } from './fake/texts.ts';
import { openPost } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const caption = 'What else the platform says of it';

test('each fact of a post stands on its page', async () => {
  const page = await open();
  await openPost(page, postWithFacts);
  const table = page.getByRole('table', { name: caption });
  const rows = await table.getByRole('row').allInnerTexts();

  expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
    'Notices Withheld: The post (status) is withheld in: DE, FR',
    expect.stringMatching(/^Refers to Quotes @bo https:\/\/x\.invalid\/bo\/status\/9/),
    expect.stringMatching(/^Other sources of the time .*Read from: the id of the post \(snowflake\)$/),
    'Counts, as the platform gave them Likes: 1,234 Views: 15,188,632',
    'Poll نعم: 7 No: votes not given',
    expect.stringMatching(/^Words that lead elsewhere https:\/\/t\.co\/a → https:\/\/site\.invalid\/long/),
    'States of the post, oldest first 1348999999999 its words are not in the source 1349000000005 the words now',
    'The platform’s translation; not the author’s words words of a machine',
  ]);
  expect(await seriousViolations(page)).toEqual([]);
});

test('where there is nothing of it, there is no table', async () => {
  const page = await open();
  await openPost(page, 0);

  expect(await page.getByRole('table', { name: caption }).count()).toBe(0);
});
