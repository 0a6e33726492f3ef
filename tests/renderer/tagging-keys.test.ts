/** Tagging by keyboard alone. */
import { expect, test } from 'vitest';
import { idOf, postSpace } from './fake/ids.ts';
import { calls, textOf } from './support/steps.ts';
import { becauseOf, formOf, hasFocus, openPost, sent, tagsOf } from './support/tagging-steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const post = (index: number) => idOf(postSpace, index);

test('a key of the palette, a reason, Ctrl+Enter: the tag is set and the keyboard is where it was', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.press('1');
  expect(await hasFocus(page, 'because')).toBe(true);
  await page.keyboard.type('They mean people');
  await page.keyboard.press('Control+Enter');
  expect(await hasFocus(page, 'text')).toBe(true);
  await tagsOf(page).getByText('They mean people').waitFor();
  await formOf(page).getByText('Tag saved: Hateful conduct').waitFor();
  // The next word, not the first again.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('2');
  await page.keyboard.type('more');
  await page.keyboard.press('Control+Enter');
  expect(await sent(page, 2)).toMatchObject([
    {
      postId: post(0),
      clauseKey: 'x/hateful-conduct',
      finding: 'breach',
      quotes: [{ text: 'They said', start: 0, end: 9 }],
      because: 'They mean people',
    },
    {
      clauseKey: 'x/glorification-of-violence',
      quotes: [{ text: 'the', start: 10, end: 13 }],
      because: 'more',
    },
  ]);
});

test('Shift and a key saves at once with the reason used last for that clause, and asks where there is none', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.keyboard.press('Shift+Digit1');
  expect(await hasFocus(page, 'because')).toBe(true);
  await page.keyboard.type('first reason');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Digit1');
  expect(await hasFocus(page, 'text')).toBe(true);
  await page.keyboard.press('Shift+U');
  await page.keyboard.type('odd');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Shift+U');
  await page.keyboard.press('n');
  await page.keyboard.type('a joke');
  await page.keyboard.press('Control+Enter');
  expect(await sent(page, 5)).toMatchObject([
    { clauseKey: 'x/hateful-conduct', quotes: [], because: 'first reason' },
    { clauseKey: 'x/hateful-conduct', quotes: [{ text: 'They' }], because: 'first reason' },
    { clauseKey: null, finding: 'unclear', because: 'odd' },
    { clauseKey: null, finding: 'unclear', because: 'odd' },
    { clauseKey: null, finding: 'no-violation', because: 'a joke' },
  ]);
});

test('arrow up in the empty field brings back the reasons used last', async () => {
  const page = await open();
  await openPost(page, 0);
  for (const reason of ['one', 'two']) {
    await page.keyboard.press('1');
    await page.keyboard.type(reason);
    await page.keyboard.press('Control+Enter');
  }
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowUp');
  expect(await becauseOf(page).inputValue()).toBe('two');
  await page.keyboard.press('ArrowUp');
  expect(await becauseOf(page).inputValue()).toBe('one');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await becauseOf(page).inputValue()).toBe('');
});

test('while a save is under way the next post takes keys at once, and a failed save comes back with what was typed', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.evaluate(() => window.fake.holding.push('addTag'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await page.keyboard.type('for the first');
  await page.keyboard.press('Control+Enter');
  await formOf(page).getByText('Being saved: Hateful conduct').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('2');
  await page.keyboard.type('for the second');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('g');
  await page.keyboard.type('for the third');
  expect(await becauseOf(page).inputValue()).toBe('for the third');
  expect(await sent(page, 2)).toMatchObject([
    { postId: post(0), because: 'for the first', quotes: [{ text: 'They' }] },
    { postId: post(1), because: 'for the second', quotes: [{ text: 'می‌گویند' }] },
  ]);
  await page.evaluate(() => window.fake.release());
  await formOf(page).getByText('Tag saved: Glorification of violence').waitFor();
  // Screen readers are told of both, though both posts were left by then.
  expect(
    await page
      .getByRole('log')
      .getByText(/^Tag saved/)
      .allTextContents(),
  ).toEqual(['Tag saved: Hateful conduct', 'Tag saved: Glorification of violence']);

  await page.evaluate(() => {
    window.fake.holding.length = 0;
    window.fake.errors.addTag = { code: 'disk-full', message: 'The disk is full. Nothing was stored.' };
  });
  await page.keyboard.press('Control+Enter');
  await formOf(page).getByText('The disk is full.').waitFor();
  expect(await becauseOf(page).inputValue()).toBe('for the third');
  await page.keyboard.press('j');
  await page.getByRole('link', { name: 'Go to what was typed' }).waitFor();
  await page.keyboard.press('k');
  await page.evaluate(() => {
    delete window.fake.errors.addTag;
  });
  await page.keyboard.press('Control+Enter');
  await tagsOf(page).getByText('for the third').waitFor();
  expect(await formOf(page).getByText('The disk is full.').count()).toBe(0);
});

test('keys that were pressed before the next post has come are for it, in their order', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.evaluate(() => window.fake.holding.push('getPost'));
  // Far enough that it was not asked for ahead of time.
  for (let n = 0; n < 5; n += 1) {
    await page.keyboard.press('j');
  }
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await page.keyboard.type('typed blind');
  await page.keyboard.press('Control+Enter');
  await page.evaluate(() => {
    window.fake.holding.length = 0;
    window.fake.release();
  });
  expect(await sent(page, 1)).toMatchObject([
    { postId: post(5), quotes: [{ text: 'Зазначте', start: 0, end: 8 }], because: 'typed blind' },
  ]);
});

test('? shows every key, and none works behind it; j and k go along the list, also of a search', async () => {
  const page = await open();
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('میدان');
  await page.getByText('10 of 60 posts').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Post 1 of 10 found').waitFor();
  await page.keyboard.press('k');
  await formOf(page).getByText('This is the first post of the list.').waitFor();
  await page.keyboard.press('j');
  await page.getByText('Post 2 of 10 found').waitFor();
  expect(await hasFocus(page, 'text')).toBe(true);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys on the screen of a post' });
  await help.getByText('the next post of the list').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  expect(await becauseOf(page).inputValue()).toBe('');
  expect(await hasFocus(page, 'text')).toBe(true);
  await page.getByRole('link', { name: 'Back to the library' }).click();
  await page.locator('#post-row-1[data-active]').waitFor();
});

test('under a Persian layout the keys are those that are printed on them', async () => {
  const page = await open();
  await openPost(page, 0);
  await textOf(page).evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent('keydown', { key: '۱', code: 'Digit1', bubbles: true, cancelable: true }),
    ),
  );
  await formOf(page).getByText('Hateful conduct chosen. Say why.').waitFor();
  expect(await calls(page, 'addTag')).toEqual([]);
});
