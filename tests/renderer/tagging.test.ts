/** The tag form, the list of tags, suggestions, many posts at once, and reports. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { idOf, postSpace } from './fake/ids.ts';
import { samples } from './fake/texts.ts';
import { violationsInLightAndDark } from './support/light-and-dark.ts';
import { calls, textOf } from './support/steps.ts';
import { becauseOf, formOf, hasFocus, openPost, sent, tagsOf } from './support/tagging-steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const post = (index: number) => idOf(postSpace, index);
const clauseOf = (page: Page) => page.getByRole('combobox', { name: /^Clause/ });

test('two quotes, set with the keyboard in both directions of selecting, in text from right to left', async () => {
  const page = await open();
  await openPost(page, 1);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('ArrowLeft');
  // Backwards: to the right, in this text.
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  const quotes = await formOf(page).locator('blockquote').allInnerTexts();
  await page.keyboard.press('3');
  await page.keyboard.type('دلیل');
  await page.keyboard.press('Control+Enter');
  const [draft] = await sent(page, 1);
  expect(draft).toMatchObject({ postId: post(1), because: 'دلیل' });
  const list = (draft as { quotes: { text: string; start: number; end: number }[] }).quotes;
  expect(list.map(({ text }) => text)).toEqual(quotes);
  expect(list.map(({ start, end }) => [...(samples[1]?.text ?? '')].slice(start, end).join(''))).toEqual(
    quotes,
  );
  expect(quotes[0]).toBe('می‌گویند');
  await tagsOf(page).getByText('دلیل').waitFor();
  for (const quote of await tagsOf(page).locator('blockquote').all()) {
    expect(await quote.evaluate((one) => [one.getAttribute('dir'), one.getAttribute('lang')])).toEqual([
      'rtl',
      'fa',
    ]);
  }
  expect(await page.evaluate(() => [...(CSS.highlights.get('quote') ?? [])].map(String))).toEqual(quotes);
});

test('quotes that overlap become one, one can be removed, and Backspace takes back the last', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('Enter');
  expect(await formOf(page).locator('blockquote').allInnerTexts()).toEqual(['They said the']);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Backspace');
  expect(await formOf(page).locator('blockquote').allInnerTexts()).toEqual(['They said the']);
  await page.getByRole('button', { name: 'Remove the quote of characters 1 to 13' }).click();
  await page.getByText('No words are selected: the tag will speak of the post as a whole.').waitFor();
});

for (const [index, { text }] of samples.entries()) {
  test(`words dragged over from either side are quoted exactly: sample ${index}`, async () => {
    const page = await open();
    await openPost(page, index);
    for (const from of ['start', 'end'] as const) {
      await dragOverWords(page, from);
      const selected = await page.evaluate(() => document.getSelection()?.getRangeAt(0).toString() ?? '');
      expect(selected.trim()).not.toBe('');
      await page.keyboard.press('1');
      await page.keyboard.type(`from ${from}`);
      await page.keyboard.press('Control+Enter');
      // The fake counts code points on its own, and refuses a quote that does not stand where it says.
      await tagsOf(page).getByText(`from ${from}`).waitFor();
      const draft = (await calls(page, 'addTag')).at(-1) as {
        quotes: { text: string; start: number; end: number }[];
      };
      expect(draft.quotes.map((quote) => quote.text)).toEqual([selected.trim()]);
      expect(draft.quotes.map(({ start, end }) => [...text].slice(start, end).join(''))).toEqual([
        selected.trim(),
      ]);
    }
  });
}

/** Drags over the middle of the widest run of words, from its left (start) or its right (end). */
async function dragOverWords(page: Page, side: 'start' | 'end'): Promise<void> {
  const line = await textOf(page).evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    // A line of mixed scripts is several boxes; the widest is words.
    const boxes = [...range.getClientRects()].sort((a, b) => b.width - a.width);
    const { left, top, width, height } = boxes[0] ?? element.getBoundingClientRect();
    return { left, y: top + height / 2, width };
  });
  // Whole pixels: a headless Chromium does not extend a selection that begins between two.
  const [left, right, y] = [line.left + line.width * 0.3, line.left + line.width * 0.7, line.y].map(
    Math.round,
  ) as [number, number, number];
  const [from, to] = side === 'start' ? [left, right] : [right, left];
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move(to, y, { steps: 4 });
  await page.mouse.up();
}

describe('choosing a clause by typing', () => {
  test('packs, dated texts and laws are told apart, and Enter before the answer takes the first of the newest', async () => {
    const page = await open();
    await openPost(page, 0);
    await page.keyboard.press('/');
    await page.keyboard.type('incit');
    const options = page.getByRole('option');
    await options.getByText('law or designation').waitFor();
    await page
      .getByRole('option', { name: /Violence and incitement/ })
      .getByText('starter pack, no text')
      .waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('glorify, celebrate');
    await options.getByText('dated text').waitFor();
    expect(await options.count()).toBe(1);

    await page.evaluate(() => window.fake.holding.push('findClauses'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type('newsworth');
    // What is shown answers older words still; the reason is typed before anything has come.
    await page.keyboard.press('Enter');
    await page.keyboard.type('an official');
    expect(await clauseOf(page).inputValue()).toBe('newsworth');
    await page.evaluate(() => {
      window.fake.holding.length = 0;
      window.fake.release();
    });
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await formOf(page).getByText('A post of an elected official may stay up').waitFor();
    expect(await clauseOf(page).inputValue()).toBe('Public interest exception');
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'an official');
  });

  test('an older answer that comes late does not take the place of a newer one', async () => {
    const page = await open();
    await openPost(page, 0);
    await page.keyboard.press('/');
    await page.evaluate(() => window.fake.holding.push('findClauses'));
    await page.keyboard.type('hate');
    await page.evaluate(() => {
      window.fake.holding.length = 0;
    });
    await page.keyboard.type('ful beh');
    await page.getByRole('option', { name: /Hateful behaviour/ }).waitFor();
    await page.evaluate(() => window.fake.release());
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await page.getByRole('option').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await clauseOf(page).inputValue()).toBe('Hateful behaviour');
  });

  test('a long name is cut in the list and whole in its title; Escape leads back to the text', async () => {
    const page = await open();
    await openPost(page, 0);
    await page.keyboard.press('/');
    await page.keyboard.type('wrote as a whole sentence');
    const option = page.getByRole('option').first();
    await option.waitFor();
    expect((await option.boundingBox())?.height).toBeLessThan(160);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    expect(await hasFocus(page, 'clause')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await hasFocus(page, 'text')).toBe(true);
  });
});

test('the three dates and the linked exceptions are shown; answers go into the tag, what was not answered is said', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.keyboard.press('4');
  const form = formOf(page);
  await form.getByText('When last seen up').waitFor();
  await form.getByText('The same words were seen on 2020-12-03 and on 2021-01-20.').waitFor();
  expect(await form.getByText('Not answered: it will be printed as “not considered”.').count()).toBe(2);
  const exception = form.getByRole('radiogroup', { name: 'Public interest exception' });
  await exception.getByRole('radio', { name: 'does not apply' }).check();
  await form.getByLabel('Why, about Public interest exception').fill('no official');
  expect(await form.getByText('Not answered: it will be printed as “not considered”.').count()).toBe(1);
  await form.getByRole('radio', { name: 'likely' }).check();
  await form.getByRole('checkbox', { name: /About the account/ }).check();
  await becauseOf(page).fill('why');
  await form.getByRole('button', { name: 'Save tag' }).click();
  const tags = tagsOf(page);
  await tags.getByText('reworded since').waitFor();
  await tags.getByText('About the account @orla_invented as a whole').waitFor();
  await tags.getByText('Public interest exception: does not apply, no official').waitFor();
  await tags.getByText('Hateful conduct: not considered').waitFor();
  await tags.getByText('likely').waitFor();
  expect(await calls(page, 'addTag')).toMatchObject([
    {
      considered: [{ key: 'x/newsworthiness', answer: 'does-not-apply', because: 'no official' }],
      sure: 'likely',
      account: true,
    },
  ]);
});

test('nothing is sent without a clause and a reason; a finding of no violation needs no clause', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.keyboard.press('Control+Enter');
  await formOf(page).getByText('Choose a clause. Say why.').waitFor();
  await formOf(page).getByRole('radio', { name: 'No violation' }).check();
  await becauseOf(page).fill('satire');
  await page.keyboard.press('Control+Enter');
  await tagsOf(page).getByText('by no clause in particular').waitFor();
  expect(await calls(page, 'addTag')).toMatchObject([
    { clauseKey: null, finding: 'no-violation', quotes: [] },
  ]);
});

test('tags that are hidden while a sample is coded are counted', async () => {
  const page = await open({ hidden: 2 });
  await openPost(page, 0);
  await tagsOf(page).getByText('2 tags of others are not shown while you judge the sample').waitFor();
  expect(await tagsOf(page).getByText('No tags yet.').count()).toBe(0);
});

test('a suggestion is no tag until it is accepted and a reason is given; passed over, it is gone', async () => {
  const page = await open();
  await openPost(page, 0);
  const list = page.getByRole('region', { name: 'Suggestions from your phrases' });
  await list.getByText('square would be empty', { exact: true }).waitFor();
  expect(await page.evaluate(() => [...(CSS.highlights.get('suggestion') ?? [])].map(String))).toEqual([
    'square would be empty',
  ]);
  await tagsOf(page).getByText('No tags yet.').waitFor();
  await page.keyboard.press('s');
  expect(await hasFocus(page, 'because')).toBe(true);
  await page.keyboard.type('because I say so');
  await page.keyboard.press('Control+Enter');
  await tagsOf(page).getByText('suggested by a phrase, confirmed by the person').waitFor();
  await list.waitFor({ state: 'detached' });
  expect(await calls(page, 'addTag')).toMatchObject([
    {
      phrase: idOf(75, 1),
      clauseKey: 'x/hateful-conduct',
      quotes: [{ text: 'square would be empty', start: 14, end: 35 }],
    },
  ]);
  await page.keyboard.press('j');
  await page.getByText('because of the phrase “میدان خالی”').waitFor();
  await page.keyboard.press('x');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('s');
  await formOf(page).getByText('No suggestion is left.').waitFor();
});

test('the keys are arranged: another key, another order, one more, one less', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.getByRole('button', { name: 'Arrange the keys' }).click();
  const editor = page.getByRole('dialog', { name: 'Arrange the keys' });
  await editor.getByLabel('Key of Glorification of violence').selectOption('v');
  await editor.getByRole('button', { name: 'Move Incitement to hatred up' }).click();
  await editor.getByRole('button', { name: /^Take A rule whose title/ }).click();
  await editor.getByRole('combobox', { name: 'Add a clause' }).fill('newsworthiness');
  await editor.getByRole('listbox').getByRole('option').first().waitFor();
  await editor.getByRole('combobox', { name: 'Add a clause' }).press('Enter');
  await editor.getByLabel('Key of Public interest exception').selectOption('v');
  await editor.getByText('Two clauses lie on this key.').first().waitFor();
  expect(await editor.getByRole('button', { name: 'Keep this arrangement' }).isDisabled()).toBe(true);
  await editor.getByLabel('Key of Public interest exception').selectOption('p');
  await editor.getByRole('button', { name: 'Keep this arrangement' }).click();
  await editor.waitFor({ state: 'detached' });
  expect(await calls(page, 'arrangePalette')).toEqual([
    {
      slots: [
        { slot: '1', clauseKey: 'x/hateful-conduct' },
        { slot: 'v', clauseKey: 'x/glorification-of-violence' },
        { slot: '3', clauseKey: 'ferry/ferry-rules/hateful-conduct' },
        { slot: 'g', clauseKey: 'republic/penal-code/article-130' },
        { slot: 'p', clauseKey: 'x/newsworthiness' },
      ],
    },
  ]);
  await textOf(page).focus();
  await page.keyboard.press('v');
  await formOf(page).getByText('Glorification of violence chosen. Say why.').waitFor();
});

test('many picked posts get one judgement for one reason, and an error leaves none of them', async () => {
  const page = await open({ hold: true });
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
  await page.getByRole('grid').focus();
  for (let n = 0; n < 3; n += 1) {
    await page.keyboard.press('x');
    await page.keyboard.press('j');
  }
  await page.getByText('3 posts picked, in 1 capture').waitFor();
  await page.getByRole('button', { name: 'Tag 3 posts' }).click();
  const bulk = page.getByRole('dialog', { name: 'One judgement of 3 posts' });
  await bulk.getByRole('button', { name: 'Set 3 tags' }).click();
  await bulk.getByText('Choose a clause.').waitFor();
  await bulk.getByRole('combobox', { name: 'Clause' }).fill('hateful behaviour');
  await bulk.getByRole('option', { name: /Hateful behaviour/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('the same campaign');
  await page.evaluate(() => {
    window.fake.errors.addTags = { code: 'disk-full', message: 'The disk is full. No tag was set.' };
  });
  await page.keyboard.press('Control+Enter');
  await bulk.getByText('No tag was set.').waitFor();
  expect(await bulk.getByRole('textbox', { name: 'Because' }).inputValue()).toBe('the same campaign');
  await page.evaluate(() => {
    delete window.fake.errors.addTags;
  });
  await bulk.getByRole('button', { name: 'Set 3 tags' }).click();
  await bulk.getByText('Setting tags').waitFor();
  await page.evaluate(() => window.fake.release());
  await bulk.getByText('3 tags set, for one reason.').waitFor();
  await bulk.getByRole('button', { name: 'Close' }).last().click();
  await page.getByText('3 posts picked').waitFor({ state: 'detached' });
  expect((await calls(page, 'addTags')).at(-1)).toEqual({
    postIds: [post(0), post(1), post(2)],
    clauseKey: 'tiktok/hateful-behaviour',
    finding: 'breach',
    because: 'the same campaign',
    sure: null,
  });
  await openPost(page, 1);
  await tagsOf(page).getByText('set together with others, for one reason').waitFor();
});

test('a report is recorded on its post, a wrong day is refused, and the tag form knows of it', async () => {
  const page = await open();
  await openPost(page, 0);
  const reported = page.getByRole('region', { name: 'Reported' });
  await reported.getByText('Nothing is recorded about a report of this post.').waitFor();
  await reported.getByRole('button', { name: 'Record a report' }).click();
  await page.keyboard.type('The platform');
  await reported.getByLabel('When').fill('yesterday');
  await reported.getByRole('button', { name: 'Record it' }).click();
  await reported.getByText('is no day and no instant').waitFor();
  await reported.getByLabel('When').fill('2021-01-31');
  await reported.getByLabel('Note').fill('by their form');
  await reported.getByRole('button', { name: 'Record it' }).click();
  await reported.getByText('2021-01-31: The platform').waitFor();
  expect((await calls(page, 'addReport')).at(-1)).toEqual({
    posts: [post(0)],
    to: 'The platform',
    at: '2021-01-31',
    bundle: null,
    note: 'by their form',
  });
  await textOf(page).focus();
  await page.keyboard.press('3');
  await formOf(page).getByText('The platform had said so by then.').waitFor();
});

describe('no serious violation (axe)', () => {
  const states: [string, (page: Page) => Promise<void>][] = [
    [
      'the form with two quotes, exceptions and errors',
      async (page) => {
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('4');
        await formOf(page).getByText('When last seen up').waitFor();
        await page.keyboard.press('Control+Enter');
        await formOf(page).getByText('Say why.', { exact: true }).first().waitFor();
      },
    ],
    [
      'the list of clauses',
      async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('h');
        await page.getByRole('option').first().waitFor();
      },
    ],
    [
      'a tag with everything, and reasons to use again',
      async (page) => {
        await page.keyboard.press('4');
        await page.keyboard.type('why');
        await page.keyboard.press('Control+Enter');
        await tagsOf(page).getByText('reworded since').waitFor();
      },
    ],
    [
      'all keys',
      async (page) => {
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
    ],
    [
      'arranging the keys',
      async (page) => {
        await page.getByRole('button', { name: 'Arrange the keys' }).click();
        await page.getByRole('dialog').waitFor();
      },
    ],
    [
      'recording a report',
      async (page) => {
        await page.getByRole('button', { name: 'Record a report' }).click();
      },
    ],
    [
      'many posts at once',
      async (page) => {
        await page.getByRole('link', { name: 'Back to the library' }).click();
        await page.getByRole('grid').focus();
        await page.keyboard.press('x');
        await page.getByRole('button', { name: 'Tag 1 post' }).click();
        await page.getByRole('dialog').waitFor();
      },
    ],
  ];
  for (const [name, act] of states) {
    test(name, async () => {
      const page = await open();
      await openPost(page, 0);
      await act(page);
      expect(await violationsInLightAndDark(page)).toEqual([]);
    });
  }
});
