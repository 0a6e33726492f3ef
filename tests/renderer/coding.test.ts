/** Coding a drawn sample, its result, and the list of phrases, in a real browser. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hashOf } from './fake/ids.ts';
import { violationsInLightAndDark } from './support/light-and-dark.ts';
import { calls } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}
async function code(page: Page): Promise<void> {
  await go(page, 'Coding');
  await page.getByRole('link', { name: 'Code on: First sample' }).click();
  await page.getByText('Post 5 of 6').waitFor();
}
/** By keyboard: N is 'no violation', and the reason follows. */
async function judge(page: Page, because: string): Promise<void> {
  await page.getByRole('group', { name: /^Text of the post/ }).focus();
  await page.keyboard.press('n');
  await page.keyboard.type(because);
  await page.keyboard.press('Control+Enter');
}

test('a sample is drawn, by chance or again by its seed', async () => {
  const page = await open();
  await go(page, 'Coding');
  const draw = page.getByRole('button', { name: 'Draw', exact: true });

  await draw.click();
  await page.getByText('Give it a name.').waitFor();
  await page.getByLabel('Name of the sample').fill('Winter');
  await page.getByLabel('How many posts').fill('8');
  await page.getByLabel('Seed (optional)').fill('my birthday');
  await draw.click();
  await page.getByText('Expected 64 hexadecimal digits, or nothing.').waitFor();
  await page.getByLabel('Seed (optional)').fill(hashOf('seed').toUpperCase());
  await draw.click();
  await page.getByRole('link', { name: 'Code on: Winter' }).waitFor();
  await page.getByLabel('Name of the sample').fill('Without a seed');
  await page.getByLabel('How many posts').fill('61');
  await draw.click();
  await page.getByText('There are 60 posts to draw from').waitFor();

  expect(await calls(page, 'drawCoding')).toEqual([
    { name: 'Winter', posts: 8, seed: hashOf('seed') },
    { name: 'Without a seed', posts: 61, seed: null },
  ]);
});

test('posts are judged one after the other, blind, and the result opens after the last', async () => {
  const page = await open();
  await code(page);

  await page.getByText('Blind: what others may have said').waitFor();
  expect(await page.getByText('Mika Invented').count()).toBe(0);
  await judge(page, 'It reports what others did.');
  await page.getByText('Post 6 of 6').waitFor();
  await judge(page, 'این متن ساختگی است.');
  await page.getByText('You have judged every post of this sample.').waitFor();
  await page.getByRole('link', { name: 'See the result' }).click();

  const added = (await calls(page, 'addTag')) as { coding: string; postId: string; because: string }[];
  expect(added).toMatchObject([
    { finding: 'no-violation', clauseKey: null, because: 'It reports what others did.' },
    { finding: 'no-violation', clauseKey: null, because: 'این متن ساختگی است.' },
  ]);
  expect(new Set(added.map(({ postId }) => postId)).size).toBe(2);
  expect(new Set(added.map(({ coding }) => coding)).size).toBe(1);
  const table = page.getByRole('table', { name: 'How often two people said the same' });
  expect(await table.getByRole('cell').allTextContents()).toEqual([
    'Mika Invented (claimed, not proven)',
    'Dana Invented (claimed, not proven)',
    '6',
    '3 (50 %)',
    '3 (50 %)',
    '0.25',
  ]);
  await page.getByText(/^Kappa says how much more often/).waitFor();
  await page.getByText('a courtesy of this program, no lock').waitFor();
  const differing = page.getByRole('region', { name: 'Posts on which people differ' });
  await differing.getByText('3 posts').waitFor();
  expect(await differing.getByText('no violation').count()).toBe(2);
  await differing.getByRole('link', { name: 'Open the post' }).first().click();
  await page.getByRole('link', { name: 'Back to the result' }).click();
  await table.waitFor();
});

test('keys that are pressed before the next post is there are for the next post', async () => {
  const page = await open();
  await code(page);
  await page.getByRole('group', { name: /^Text of the post/ }).focus();

  await page.keyboard.press('n');
  await page.keyboard.type('one');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('n');
  await page.keyboard.type('two');
  await page.keyboard.press('Control+Enter');
  await page.getByText('You have judged every post of this sample.').waitFor();

  const added = (await calls(page, 'addTag')) as { postId: string; because: string }[];
  expect(added.map(({ because }) => because)).toEqual(['one', 'two']);
  expect(new Set(added.map(({ postId }) => postId)).size).toBe(2);
});

test('a judgement that the archive refuses comes back with its words, and the post stays', async () => {
  const page = await open({
    errors: { addTag: { code: 'disk-full', message: 'There is no space left.' } },
  });
  await code(page);

  await judge(page, 'It reports what others did.');
  await page.getByText('The disk is full').first().waitFor();

  const form = page.getByRole('region', { name: 'Tag this post' });
  expect(await form.getByRole('textbox', { name: 'Because' }).inputValue()).toBe(
    'It reports what others did.',
  );
  await page.getByText('Post 5 of 6').waitFor();
});

test('no key leads away from the sample to the next post of the library', async () => {
  const page = await open();
  await page.locator('#post-row-0:not([aria-busy])').waitFor();
  await code(page);
  const address = page.url();
  await page.getByRole('group', { name: /^Text of the post/ }).focus();

  await page.keyboard.press('j');
  await page.keyboard.press('k');

  expect(page.url()).toBe(address);
  await page.getByText('Post 5 of 6').waitFor();
});

test('a result that is not open yet says so', async () => {
  const page = await open({
    errors: {
      codingResult: { code: 'coding-open', message: 'You have judged 4 of 6 posts of this sample.' },
    },
  });
  await go(page, 'Coding');
  expect(await page.getByRole('link', { name: /^Result/ }).count()).toBe(0);
  const next = await page.getByRole('link', { name: 'Code on: First sample' }).getAttribute('href');
  await page.evaluate((address) => location.assign(address), `${next}/result`);

  await page.getByText('You have judged 4 of 6 posts of this sample.').waitFor();
});

test('phrases are added by typing, and removed; the clause stays for the next words', async () => {
  const page = await open();
  await go(page, 'Phrases');

  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Type the words.').waitFor();
  const field = page.getByRole('combobox', { name: 'Suggests the clause' });
  await field.fill('glorification of v');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await field.press('Enter');
  await page.getByRole('textbox', { name: 'Words' }).fill('میدان‌های خالی');
  await page.getByRole('textbox', { name: 'Words' }).press('Enter');
  await page.getByText('3 phrases').waitFor();
  await page.keyboard.type('once more');
  await page.keyboard.press('Enter');
  await page.getByText('4 phrases').waitFor();
  await page.getByRole('button', { name: 'Remove the phrase میدان‌های خالی' }).click();
  await page.getByText('3 phrases').waitFor();

  const key = 'x/glorification-of-violence';
  expect(await calls(page, 'addPhrase')).toEqual([
    { text: 'میدان‌های خالی', clauseKey: key },
    { text: 'once more', clauseKey: key },
  ]);
  expect(await calls(page, 'removePhrase')).toHaveLength(1);
});

describe('accessibility: no serious violation (axe)', () => {
  const screens: [string, (page: Page) => Promise<void>][] = [
    [
      'coding, with errors',
      async (page) => {
        await go(page, 'Coding');
        await page.getByRole('button', { name: 'Draw', exact: true }).click();
        await page.getByText('Give it a name.').waitFor();
      },
    ],
    ['coding a post', code],
    [
      'a result',
      async (page) => {
        await code(page);
        await judge(page, 'one');
        await page.getByText('Post 6 of 6').waitFor();
        await judge(page, 'two');
        await page.getByRole('link', { name: 'See the result' }).click();
        await page.getByRole('table', { name: 'How often' }).waitFor();
      },
    ],
    [
      'phrases, with errors',
      async (page) => {
        await go(page, 'Phrases');
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await page.getByText('Type the words.').waitFor();
      },
    ],
  ];
  test.each(screens)('%s', async (_, act) => {
    const page = await open();
    await act(page);
    expect(await violationsInLightAndDark(page)).toEqual([]);
  });
});
