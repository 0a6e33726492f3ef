/** What people say of clauses in the policies screen, in a real browser. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { idOf } from './fake/ids.ts';
import { violationsInLightAndDark } from './support/light-and-dark.ts';
import { calls } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const hateful = 'ferry/ferry-rules/hateful-conduct';
const first = idOf(71, 2);

async function policies(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Policies', exact: true }).click();
  await page.getByRole('button', { name: `Add a note: ${hateful}` }).waitFor();
}
/** The form for one kind of note on the clause. */
async function note(page: Page, kind: string) {
  await policies(page);
  await page.getByRole('button', { name: `Add a note: ${hateful}` }).click();
  await page.getByText(kind, { exact: true }).click();
  return page.getByRole('region', { name: 'A note on the clause Hateful conduct' });
}
async function find(page: Page, label: string, words: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label });
  await field.fill(words);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await field.press('Enter');
}
const record = (page: Page) => page.getByRole('button', { name: 'Record', exact: true }).click();

test('a statement is added with where it was said, and stands beside the text', async () => {
  const page = await open();
  const form = await note(page, 'A statement');

  await record(page);
  expect(await form.getByText('Fill this in.').count()).toBe(3);
  await form.getByLabel('Who said it').fill('A spokesperson');
  await form.getByLabel('Day on which it was said (UTC)').fill('2021-01-11');
  await form.getByLabel('What was said').fill('Older posts are removed, but bring no sanction.');
  await form.getByLabel('Reported in (optional)').fill('The Invented Post');
  await form.getByLabel('Posts older than the clause').selectOption('are removed');
  await form.getByLabel('Sanction for such posts').selectOption('bring no sanction');
  await record(page);
  await page.getByText('The statement was recorded').waitFor();

  expect(await calls(page, 'addStatement')).toEqual([
    {
      key: hateful,
      speaker: 'A spokesperson',
      saidOn: '2021-01-11',
      text: 'Older posts are removed, but bring no sanction.',
      reportedIn: 'The Invented Post',
      address: null,
      capture: null,
      effect: 'explains',
      olderPosts: { removal: 'yes', sanction: 'no' },
    },
  ]);
  await page.getByText('they are removed, they bring no sanction').waitFor();
  await page.getByText('A spokesperson, 2021-01-11, reported in The Invented Post').waitFor();
  const back = page.getByRole('button', { name: `Add a note: ${hateful}` });
  expect(await back.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('a capture may show a statement', async () => {
  const page = await open();
  const form = await note(page, 'A statement');
  const field = form.getByLabel('The capture that shows it (optional)');
  await field.locator('option').nth(1).waitFor({ state: 'attached' });

  await form.getByLabel('Who said it').fill('A spokesperson');
  await form.getByLabel('Day on which it was said (UTC)').fill('2021-01-11');
  await form.getByLabel('What was said').fill('It applies.');
  await form.getByLabel('What it says of the clause').selectOption('applies');
  await field.selectOption({ index: 1 });
  await record(page);
  await page.getByRole('link', { name: 'Show the capture' }).click();

  await page.getByRole('link', { name: 'Back to the captures' }).waitFor();
  expect(await calls(page, 'addStatement')).toMatchObject([{ effect: 'applies', capture: idOf(2, 0) }]);
});

test('a role is set by hand with its reason, and is no proposal any more', async () => {
  const page = await open();
  const form = await note(page, 'Its role');

  await form.getByLabel('What the clause does').selectOption('definition');
  await record(page);
  await form.getByText('Say why.').waitFor();
  await form.getByLabel('Because').fill('It only says what the word means.');
  await record(page);
  await page.getByText('The role was recorded').waitFor();

  expect(await calls(page, 'correctClause')).toEqual([
    {
      key: hateful,
      version: first,
      because: 'It only says what the word means.',
      change: { kind: 'role', role: 'definition' },
    },
  ]);
  await page.getByText('definition', { exact: true }).waitFor();
});

test('clauses are linked in either direction', async () => {
  const page = await open();
  const form = await note(page, 'A link');

  await form.getByLabel('How they hang together').selectOption('The other is an exception to this one');
  await record(page);
  await form.getByText('Choose a clause.').waitFor();
  await find(page, 'The other clause', 'state actors');
  await record(page);
  await page.getByText('The link was recorded').waitFor();

  const [link] = (await calls(page, 'linkClauses')) as { from: string; to: string }[];
  expect(link).toMatchObject({ to: hateful, kind: 'limits', because: null });
  await page.getByText(`${link?.from} limits this one`).waitFor();
});

test('what was reworded much is confirmed with both wordings in view', async () => {
  const page = await open();
  await policies(page);
  await page.getByRole('tab', { name: 'To confirm (1)' }).click();

  await page.getByText('As it was known').waitFor();
  expect(await page.locator('del').allTextContents()).not.toEqual([]);
  expect(await page.locator('ins').allTextContents()).not.toEqual([]);
  await record(page);
  await page.getByText('Choose one.').waitFor();
  await page.getByLabel('The same clause, reworded').check();
  await page.getByLabel('Because').fill('Only the list of traits is longer.');
  await record(page);

  await page.getByText('No clause waits for a person to confirm it.').waitFor();
  expect(await calls(page, 'correctClause')).toEqual([
    {
      key: hateful,
      version: idOf(71, 1),
      because: 'Only the list of traits is longer.',
      change: { kind: 'confirm' },
    },
  ]);
});

test.each([
  ['another clause of the policy', true],
  ['a clause of its own', false],
])('or it is %s', async (_, isOther) => {
  const page = await open();
  await policies(page);
  await page.getByRole('tab', { name: 'To confirm (1)' }).click();

  await page.getByLabel(isOther ? 'Another clause that is known' : 'A clause of its own').check();
  if (isOther) {
    const field = page.getByRole('combobox', { name: 'The other clause' });
    await field.fill('hateful');
    // Of packs, and itself: none of them can be the same clause.
    await page.getByText('No clause contains these words').first().waitFor();
    await find(page, 'The other clause', 'threaten');
  }
  await page.getByLabel('Because').fill('It was split.');
  await record(page);
  await page.getByText('The correction was recorded').waitFor();

  expect(await calls(page, 'correctClause')).toMatchObject([
    { key: hateful, change: { kind: 'key', key: isOther ? 'ferry/ferry-rules/violence' : null } },
  ]);
});

test('what the archive refuses is said beside the form, which stays', async () => {
  const page = await open({
    errors: { correctClause: { code: 'policy-clause-conflict', message: 'Both stand in one version.' } },
  });
  await policies(page);
  await page.getByRole('tab', { name: 'To confirm (1)' }).click();
  await page.getByLabel('The same clause, reworded').check();
  await page.getByLabel('Because').fill('So it is.');
  await record(page);

  await page.getByText('These are two clauses').waitFor();
  expect(await page.getByLabel('Because').inputValue()).toBe('So it is.');
});

test('a version says its source, address, licence and whom to name', async () => {
  const page = await open();
  await policies(page);
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Read the version seen 2020-12-03' }).click();

  const facts = page.getByRole('table', { name: 'Where this text comes from' });
  expect(await facts.getByRole('row').allTextContents()).toEqual([
    'Seen2020-12-03',
    'Known to be in force fromnot known; when it was seen is not when it took effect',
    'Sourceferry/Community Guidelines.md',
    'Addresshttps://rules.ferry.invalid/',
    'LicenceODC-By 1.0',
    'To be named as sourceAn invented archive of terms',
    expect.stringMatching(/^SHA-256 of the exact text[0-9a-f]{64}$/),
  ]);
});

test('a captured page is kept as a version from its own screen', async () => {
  const page = await open();
  await page.getByRole('navigation').getByRole('link', { name: 'Captures', exact: true }).click();
  await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('complete');
  await page.locator('#capture-row-0:not([aria-busy])').click();

  await page.getByRole('button', { name: 'Keep as a policy version' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await page.getByText('Fill this in.').count()).toBe(2);
  await page.getByLabel('Platform', { exact: true }).fill('Ferry');
  await page.getByLabel('Policy', { exact: true }).fill('Community Guidelines');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('3 versions added').waitFor();

  expect(await calls(page, 'importPolicy')).toMatchObject([
    { captureId: idOf(2, 1), platform: 'Ferry', policy: 'Community Guidelines', kind: 'rules' },
  ]);
  expect((await calls(page, 'importPolicy'))[0]).not.toHaveProperty('path');
});

test('an imported file has no readable text and cannot be kept as a version', async () => {
  const page = await open();
  await page.getByRole('navigation').getByRole('link', { name: 'Captures', exact: true }).click();
  await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('imported');
  await page.locator('#capture-row-0:not([aria-busy])').click();
  await page.getByRole('link', { name: 'Back to the captures' }).waitFor();

  expect(await page.getByRole('button', { name: 'Keep as a policy version' }).count()).toBe(0);
});

describe('accessibility: no serious violation (axe)', () => {
  const screens: [string, (page: Page) => Promise<unknown>][] = [
    ['a statement', (page) => note(page, 'A statement')],
    [
      'a link, with an error',
      async (page) => {
        await note(page, 'A link');
        await record(page);
      },
    ],
    [
      'to confirm, with errors',
      async (page) => {
        await policies(page);
        await page.getByRole('tab', { name: 'To confirm (1)' }).click();
        await page.getByText('As it was known').waitFor();
        await record(page);
      },
    ],
  ];
  test.each(screens)('%s', async (_, act) => {
    const page = await open();
    await act(page);
    expect(await violationsInLightAndDark(page)).toEqual([]);
  });
});
