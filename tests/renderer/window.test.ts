/** The window in a real browser, with main's own content security policy and a fake archive behind it. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hashOf } from './fake/ids.ts';
import { samples } from './fake/texts.ts';
import {
  calls,
  capture,
  captured,
  compile,
  coverParts,
  go,
  importPolicy,
  openPost,
  rowsShown,
  takeOver,
  textOf,
  verify,
  verifyPath,
} from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();

/** Goes on with the tabulator until the keyboard is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('the tabulator does not lead there');
}

test('from the library to a saved tag with the keyboard alone, in text from right to left', async () => {
  const page = await open();
  const form = page.getByRole('region', { name: 'Tag this post' });
  await rowsShown(page);
  await page.keyboard.press('/');
  await page.keyboard.type('میدان');
  await page.getByText('10 of 60 posts').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await textOf(page).waitFor();
  await tabTo(page, textOf(page));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await form.getByText('Quoted words (characters 1 to 14)').waitFor();
  await tabTo(page, page.getByRole('combobox', { name: 'Clause' }));
  await page.keyboard.type('atrocities');
  await page.getByRole('option', { name: /Hateful behaviour/ }).waitFor();
  await page.keyboard.press('Enter');
  // A chosen clause hands the keyboard on to the reason.
  const because = form.getByRole('textbox', { name: 'Because', exact: true });
  await expect.poll(() => because.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('The words in question');
  await tabTo(page, form.getByRole('button', { name: 'Save tag' }));
  await page.keyboard.press('Enter');
  await page.getByText('Tag saved').first().waitFor();
  expect(await calls(page, 'addTag')).toMatchObject([
    {
      postId: '0190a000-0001-7000-8000-000000000001',
      clauseKey: 'tiktok/hateful-behaviour',
      quotes: [{ text: 'می‌گویند میدان', start: 0, end: 14 }],
      because: 'The words in question',
    },
  ]);
  await page.getByRole('region', { name: 'Tags' }).getByText('The words in question').waitFor();
  expect(await page.evaluate(() => [...(CSS.highlights.get('quote') ?? [])].map(String))).toEqual([
    'می‌گویند میدان',
  ]);
});

test('coming back from a post, the list is where it was and has the keyboard', async () => {
  const page = await open({ posts: 5000 });
  await rowsShown(page);
  await page.getByRole('grid').press('End');
  await page.getByText('No. 4999').waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await textOf(page).waitFor();
  await page.getByRole('link', { name: 'Back to the library' }).click();
  await page.getByText('No. 4998').waitFor();
  expect(
    await page
      .getByRole('grid')
      .evaluate((grid) => [grid === document.activeElement, grid.getAttribute('aria-activedescendant')]),
  ).toEqual([true, 'post-row-4998']);
});

test('from an address to the verdict with the keyboard alone', async () => {
  const page = await open({ captureVerdict: 'incomplete' });
  await rowsShown(page);
  await page.evaluate(() => window.fake.push('viewOrder', { order: 'address' }));
  const field = page.getByRole('textbox', { name: 'Address of the page' });
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('x.invalid/post/1');
  await page.keyboard.press('Enter');
  await page.getByText('Encrypted (https), with a certificate that this computer trusts.').waitFor();
  expect(await calls(page, 'navigateView')).toEqual([{ address: 'x.invalid/post/1' }]);
  expect(await field.inputValue()).toBe('https://x.invalid/post/1');

  await page.evaluate(() => window.fake.push('viewOrder', { order: 'capture' }));

  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.getByText('Verdict: Incomplete').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toBe('Verdict: Incomplete');
  await verdict.getByText('An answer broke off').waitFor();
  await verdict.getByText('152 exchanges recorded, 8.7 MiB received').waitFor();
  await verdict.getByText('https://x.invalid/post/1?shown').waitFor();
  expect(await verdict.getByRole('link', { name: /^Post \d/ }).count()).toBe(4);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await textOf(page).waitFor();
  await go(page, 'Capture');
  await verdict.getByRole('link', { name: 'Open in the library' }).click();
  await page.getByRole('heading', { name: /^Capture Orla/ }).waitFor();
});

test('policies: what was in force on a day and why, what changed word by word, and an import', async () => {
  const page = await open();
  await go(page, 'Policies');

  await page.getByLabel('Day (UTC)').fill('2020-11-11');
  await page.getByLabel('Words of the clause').fill('hateful conduct');
  const clause = page.getByRole('listitem').filter({ hasText: 'ferry/ferry-rules/hateful-conduct' });
  await clause.getByText('not known', { exact: true }).waitFor();
  const answer = await clause.textContent();
  await page.getByRole('tab', { name: 'What changed' }).click();
  await page.getByLabel('Earlier version').selectOption('2020-10-28');
  await page.locator('ins').first().waitFor();
  const changed = [await page.locator('del').allInnerTexts(), await page.locator('ins').allInnerTexts()];
  await importPolicy(page);
  await page.getByText('3 versions added, 0 were there already.').waitFor();

  expect(answer).toContain('Was reworded somewhere between 2020-10-28 and 2020-12-03');
  expect(answer).toContain('Statement, not part of the text');
  expect(changed.map((words) => words.join(' ').trim())).toEqual([
    expect.stringMatching(/^religion\s+origin\.\s+Violence: /),
    expect.stringMatching(/^caste, religion, origin\s+serious disease\.\s+Sensitive media/),
  ]);
  expect(await calls(page, 'importPolicy')).toEqual([
    expect.objectContaining({
      platform: 'Ferry',
      policy: 'Community Guidelines',
      kind: 'rules',
      licence: null,
    }),
  ]);
});

test('while a capture runs nothing else can be ordered, and it can be stopped', async () => {
  const page = await open({ hold: true });
  await capture(page, 'https://x.invalid/post');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await page.getByText('Recording answers: 488.3 KiB of 976.6 KiB').waitFor();
  for (const name of ['Go', 'Load again', 'Capture', 'Close the page']) {
    expect(await page.getByRole('button', { name, exact: true }).isDisabled(), name).toBe(true);
  }
  await go(page, 'Library');
  await go(page, 'Capture');
  await page.getByText('Capturing the page').first().waitFor();
  const before = await calls(page, 'cancel');
  await page.keyboard.press('Escape');
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect(await calls(page, 'cancel')).toHaveLength(before.length + 1);
});

test('a verdict that comes while another screen is shown is announced there and waits', async () => {
  const page = await open({ hold: true });
  await capture(page, 'https://x.invalid/post');
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await page.getByText('Capturing the page').first().waitFor();
  await go(page, 'Library');
  await page.evaluate(() => window.fake.release());
  await page.getByRole('alert').getByText('Capture: Complete').waitFor();
  await go(page, 'Capture');
  await page.getByText('Verdict: Complete').waitFor();
});

test('the page is placed over its part of the screen, and hidden under anything that covers it', async () => {
  const page = await open({}, { viewport: { width: 700, height: 800 } });
  await rowsShown(page);
  const placed = () => page.evaluate(() => window.fake.placed);
  await page.getByRole('button', { name: 'Show the menu' }).click();
  await capture(page, 'https://x.invalid/post');
  const region = page.getByRole('region', { name: 'The page', exact: true });
  // Main is told where the element lies, once the layout has come to rest.
  const fits = async () => {
    const box = await region.boundingBox();
    return JSON.stringify(await placed()) === JSON.stringify({ ...box, visible: true });
  };
  await expect.poll(fits, { timeout: 30_000 }).toBe(true);
  const narrowHeight = (await placed())?.height ?? 0;

  await page.getByRole('button', { name: 'Show the menu' }).click();
  await expect.poll(placed, { timeout: 30_000 }).toMatchObject({ visible: false });
  await page.getByRole('button', { name: 'Hide the menu' }).click();
  await expect.poll(placed, { timeout: 30_000 }).toMatchObject({ visible: true });
  await page.setViewportSize({ width: 900, height: 700 });
  await expect.poll(async () => (await placed())?.height, { timeout: 30_000 }).toBeLessThan(narrowHeight);
  await expect.poll(fits, { timeout: 30_000 }).toBe(true);
  const height = (await placed())?.height ?? 0;
  await page.getByRole('button', { name: 'Capture', exact: true }).click();
  await page.getByText('Verdict: Complete').waitFor();
  await expect.poll(async () => (await placed())?.height, { timeout: 30_000 }).toBeLessThan(height);
  await go(page, 'Library');
  await expect.poll(placed, { timeout: 30_000 }).toMatchObject({ visible: false });
});

test('a certificate is accepted by an explicit yes, and said so ever after', async () => {
  const page = await open();
  await capture(page, 'https://bad-certificate.invalid/');
  await page.getByText(/3cd8b9a597a3/).waitFor();
  expect(await page.evaluate(() => window.fake.placed?.visible ?? false)).toBe(false);
  await page.getByRole('button', { name: 'Continue for this capture only' }).click();
  await page.getByText(/certificate that you accepted by hand/).waitFor();
  expect(await calls(page, 'actOnView')).toEqual([{ act: 'accept-certificate' }]);
  await page.getByRole('button', { name: 'Close the page' }).click();
  await page.getByText('No page is open yet').waitFor();
});

test('an address that was meant for a new window is opened here when somebody asks for it', async () => {
  const page = await open();
  await capture(page, 'https://refusing.invalid/');
  await page.getByText('Refused to this page: 3 things').click();
  await page.getByRole('button', { name: 'Open here: https://other.invalid' }).click();
  expect((await calls(page, 'navigateView')).at(-1)).toMatchObject({
    address: expect.stringMatching(/^https:\/\/other\.invalid\/a\/long/),
  });
});

test('captures are listed by verdict, and one made here is shown in five ways', async () => {
  const page = await open();
  await captured(page, 'Screenshot');
  expect((await calls(page, 'listCaptures')).at(-1)).toEqual({ offset: 0, limit: 200, show: 'complete' });
  const picture = page.getByRole('region', { name: 'Screenshot' }).locator('img');
  expect(await picture.evaluate((image) => getComputedStyle(image).filter)).toContain('blur');
  await page.getByRole('button', { name: 'Show picture' }).first().click();
  expect(await picture.evaluate((image) => getComputedStyle(image).filter)).toBe('none');

  await page.getByRole('tab', { name: 'Page', exact: true }).click();
  expect(await page.locator('iframe').count()).toBe(0);
  await page.getByRole('button', { name: 'Show the page' }).click();
  const frame = page.locator('iframe');
  expect(await frame.getAttribute('sandbox')).toBe('');
  expect(await frame.getAttribute('title')).toBe('The page as recorded');
  await page.frameLocator('iframe').getByText('An invented page, as recorded').waitFor();

  await page.getByRole('tab', { name: 'Text of the page' }).click();
  expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
  await page.getByRole('tab', { name: 'Source' }).click();
  await page.getByText('152 exchanges').waitFor();
  await page.locator('#exchange-row-2').getByText('broke off').waitFor();
  await page.getByRole('tab', { name: 'Custody' }).click();
  await page.getByRole('cell', { name: 'Captured or imported something' }).waitFor();
});

test('the custody log is narrowed by act, person, day and id, and shows everything again', async () => {
  const page = await open();
  await go(page, 'Custody log');
  await page.getByText('5,000 acts in all').waitFor();
  const filters = async () =>
    (await calls(page, 'listEvents')).map((input) => Reflect.get(Object(input), 'filter'));

  await page.getByLabel('What was done').selectOption({ label: 'Tagged a post with a clause' });
  await page.getByText(/^[\d,]+ acts found/).waitFor();
  expect(await filters()).toContainEqual({ kinds: ['tag.set'] });
  await page.locator('#event-row-0').getByText('Tagged a post with a clause').waitFor();
  await page.getByLabel('By whom').selectOption('Amal Invented');
  await page.getByText('0 acts found. No act in the log is like this.').waitFor();
  await page.getByLabel('From (UTC)').fill('2026-01-31');
  await page.getByLabel('Up to and including').fill('2026-02-01');
  await page.getByLabel('Id contains').fill('01970000');
  await expect.poll(filters).toContainEqual({
    kinds: ['tag.set'],
    actor: 'Amal Invented',
    from: '2026-01-31T00:00:00.000Z',
    to: '2026-02-01T23:59:59.999Z',
    id: '01970000',
  });
  await page.getByLabel('Id contains').fill("x' OR 1");
  await page.getByText('Ids are made of').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByText('5,000 acts in all').waitFor();
  expect(await page.getByLabel('What was done').inputValue()).toBe('');
});

test('a check of the log shows its progress, can be stopped, and says where the first difference is', async () => {
  const page = await open({ hold: true, logVerdict: 'not in order' });
  await go(page, 'Custody log');
  const region = page.getByRole('region', { name: 'Check the log' });
  await region.getByRole('button', { name: 'Check the log' }).click();
  await region.getByText(/^Artifacts: /).waitFor();
  await region.getByRole('button', { name: 'Cancel' }).click();
  await region.getByText('Cancelled', { exact: true }).waitFor();

  await region.getByRole('button', { name: 'Check the log' }).click();
  await region.getByText(/^Artifacts: /).waitFor();
  await go(page, 'Captures');
  await page.evaluate(() => window.fake.release());
  await go(page, 'Custody log');
  await region.getByText('Something is not as the log says').waitFor();
  await region.getByRole('row').nth(1).getByText('event seq=412').waitFor();
  await region.getByText('There are 3 more.').waitFor();
});

test('what is recorded since the last checkpoint is signed on request', async () => {
  const page = await open();
  await go(page, 'Custody log');
  await page.getByText('4,990 acts; recorded since and not covered yet: 10 acts').waitFor();
  await page.getByRole('button', { name: 'Sign what is recorded now' }).click();
  await page.getByText('5,000 acts: everything that is recorded').waitFor();
  await page.getByRole('button', { name: 'Sign what is recorded now' }).waitFor({ state: 'detached' });
});

test('an imported file has no verdict and no page', async () => {
  const page = await open();
  await go(page, 'Captures');
  await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('imported');
  await rowsShown(page);
  await page.locator('#capture-row-0').click();
  await page.getByText('by others, unverified before receipt here').waitFor();
  await page
    .getByRole('region', { name: 'Custody' })
    .getByRole('button', { name: 'Save the proof' })
    .waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.getByText('Verdict').count()).toBe(0);
});

test('words selected with the mouse are quoted exactly, in every script', async () => {
  const page = await open();
  for (const [index, { text }] of samples.entries()) {
    await openPost(page, index);
    expect(await textOf(page).evaluate((element) => element.textContent)).toBe(text);
    await dragOverWords(page);
    const selected = await page.evaluate(() => document.getSelection()?.getRangeAt(0).toString() ?? '');
    expect(selected.trim(), `sample ${index}`).not.toBe('');
    const form = page.getByRole('region', { name: 'Tag this post' });
    await form.getByText(/^Quoted words/).waitFor();
    await form.getByRole('combobox', { name: 'Clause' }).fill('glorification');
    await page
      .getByRole('option', { name: /Glorification/ })
      .first()
      .click();
    await form.getByRole('textbox', { name: 'Because', exact: true }).fill(`because ${index}`);
    await page.getByRole('button', { name: 'Save tag' }).click();
    // The fake counts code points on its own, and refuses a quote that does not stand where it says.
    await page.getByRole('region', { name: 'Tags' }).getByText(`because ${index}`).waitFor();
    const saved = await calls(page, 'addTag');
    expect(saved.at(-1)).toMatchObject({ quotes: [{ text: selected.trim() }] });
    await page.getByRole('link', { name: 'Back to the library' }).click();
  }
});

/** Drags over the middle of the widest run of words, whatever direction it runs in. */
async function dragOverWords(page: Page): Promise<void> {
  const line = await textOf(page).evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    // A line of mixed scripts is several boxes; the widest is words.
    const boxes = [...range.getClientRects()].sort((a, b) => b.width - a.width);
    const { left, top, width, height } = boxes[0] ?? element.getBoundingClientRect();
    return { left, y: top + height / 2, width };
  });
  // Whole pixels: a headless Chromium does not extend a selection that begins between two.
  const [from, to, y] = [line.left + line.width * 0.3, line.left + line.width * 0.7, line.y].map(Math.round);
  await page.mouse.move(from ?? 0, y ?? 0);
  await page.mouse.down();
  await page.mouse.move(to ?? 0, y ?? 0, { steps: 4 });
  await page.mouse.up();
}

test('100,000 posts: few elements, and only the pages that are looked at', async () => {
  const page = await open({ posts: 100_000 });
  await rowsShown(page);
  await page.getByText('100,000 posts').waitFor();
  await page.getByRole('grid').press('End');
  await page.getByText('No. 99999').waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('100000');
  const asked = new Set((await calls(page, 'listPosts')).map((input) => JSON.stringify(input)));
  expect([...asked].sort()).toEqual([
    '{"query":"","offset":0,"limit":200}',
    '{"query":"","offset":99800,"limit":200}',
  ]);
});

test('a search whose hits are not all counted says so', async () => {
  const page = await open({ posts: 100_000 });
  await rowsShown(page);
  await page.getByRole('textbox', { name: 'Search the posts' }).fill('invented');
  await page.getByText('more than 10,000 of 100,000 posts').waitFor();
});

test('an import shows its progress and can be cancelled', async () => {
  const page = await open({ hold: true, dialogPath: '/x.html' });
  await rowsShown(page);
  await page.getByRole('button', { name: 'Import files' }).click();
  await page.getByText('Reading page.html: 488.3 KiB of 976.6 KiB').waitFor();
  await go(page, 'Custody log');
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByText('Cancelled', { exact: true }).waitFor();
  const [importing] = await calls(page, 'importFiles');
  expect(importing).toEqual({ paths: ['/x.html'] });
});

test('before a bundle is taken in, it is asked whose signature is trusted', async () => {
  const page = await open({ dialogPath: '/in/b.zip' });
  await rowsShown(page);
  await page.getByRole('button', { name: 'Import files' }).click();
  const question = page.getByRole('region', { name: 'Whose signatures do you trust?' });
  await question.getByText('/in/b.zip').waitFor();
  expect(await calls(page, 'importFiles')).toEqual([]);
  await question.getByRole('button', { name: 'Do not import' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await calls(page, 'importFiles')).toEqual([]);

  await page.getByRole('button', { name: 'Import files' }).click();
  await question.getByRole('button', { name: 'Add a certificate' }).first().click();
  await question.getByRole('button', { name: 'Check and import' }).click();

  await page.getByText('Import finished').waitFor();
  expect(await calls(page, 'importFiles')).toEqual([
    { paths: ['/in/b.zip'], trust: ['/in/b.zip'], tsaRoots: [] },
  ]);
});

test('a WACZ file and a bag of others are checked as what they are', async () => {
  const page = await open({ verdict: 'consistent' });

  await verifyPath(page, '/in/crawl.wacz');
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('consistent, maker not checked').waitFor();
  expect(await result.getByText('Every record against its own digests').count()).toBe(1);
  expect(await result.getByText('an invented crawler 1.2').count()).toBe(1);

  await verifyPath(page, '/in/some bag');
  await result.getByText('valid, with warnings').waitFor();
  const findings = page.getByRole('table', { name: 'Findings' });
  expect(await findings.getByText('data/photo.jpg', { exact: true }).count()).toBe(1);
  expect(await findings.getByText('name-clash').count()).toBe(1);
});

test('dropped files are imported; on the verify screen they are verified', async () => {
  const page = await open();
  await rowsShown(page);
  const drop = (name: string) =>
    page.evaluate((file) => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], file));
      for (const type of ['dragover', 'drop']) {
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      }
    }, name);
  await drop('page.html');
  await page.getByText('Import finished').waitFor();
  expect(await calls(page, 'importFiles')).toEqual([{ paths: ['/home/dana/dropped/page.html'] }]);
  await go(page, 'Verify a bundle');
  await drop('bundle.zip');
  await expect
    .poll(() => page.getByLabel('Bundle (.zip)').inputValue())
    .toBe('/home/dana/dropped/bundle.zip');
});

test('a drag whose end nobody told of does not cover the window for ever', async () => {
  const page = await open();
  await rowsShown(page);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'page.html'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true }));
  });
  const cover = page.getByText('Drop to import into the archive');
  await cover.waitFor();
  await page.mouse.move(300, 300);
  await cover.waitFor({ state: 'detached' });
});

test('the keyboard is not lost: to a button whose work is done, to what takes its place, to an opened archive', async () => {
  const page = await open({ open: false });
  await page.getByLabel('Archive file').fill('/home/dana/case.holdfast');
  await page.getByLabel('Your name').fill('Dana');
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('correct horse battery staple');
  await page.keyboard.press('Enter');
  await rowsShown(page);
  await expect.poll(() => page.getByRole('main').evaluate((main) => main.matches(':focus'))).toBe(true);

  await go(page, 'Timestamps');
  await page.getByLabel('Where the request goes').fill('/home/dana/out.tsq');
  const ask = page.getByRole('button', { name: 'Make the request' }).first();
  await ask.focus();
  await page.keyboard.press('Enter');
  await page.getByText('The request was made').waitFor();
  await expect.poll(() => ask.evaluate((button) => button.matches(':focus'))).toBe(true);

  await go(page, 'Identities');
  await page.getByRole('button', { name: 'Replace' }).first().click();
  await expect.poll(() => page.locator('form :focus').count()).toBe(1);
});

test('a dead host: the window says so, drops what it held, and opens the archive again', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.evaluate(() => window.fake.crashHost());
  await page.getByText('The archive host was restarted').waitFor();
  await page.getByText(/Nothing that was acknowledged is lost/).waitFor();
  expect(await page.getByText('They said the square').count()).toBe(0);
  expect(await page.getByLabel('Archive file').inputValue()).toBe('/home/dana/evidence.holdfast');
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('wrong');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('alert').getByText('The passphrase does not open this archive').waitFor();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await rowsShown(page);
  expect(await page.getByText('was restarted').count()).toBe(0);
});

test('locking goes back to the welcome screen and leaves nothing of the archive on it', async () => {
  const page = await open();
  await rowsShown(page);
  await page.getByRole('button', { name: 'Lock the archive' }).click();
  await page.getByRole('heading', { name: 'Open or create' }).waitFor();
  expect(await page.getByText('Orla Finnegan-Test').count()).toBe(0);
});

test('an archive without encryption is only made after an explicit yes', async () => {
  const page = await open({ open: false });
  await page.getByRole('tab', { name: 'Create' }).click();
  await page.getByLabel('Where the new archive goes').fill('/home/dana/new.holdfast');
  await page.getByLabel('Your name').fill('Dana');
  await page.getByRole('switch', { name: 'Create it without encryption' }).check();
  await page.getByRole('button', { name: 'Create archive' }).click();
  await page.getByText('Tick that you understand').waitFor();
  expect(await calls(page, 'createArchive')).toEqual([]);
  await page.getByRole('checkbox', { name: /I understand/ }).check();
  await page.getByRole('button', { name: 'Create archive' }).click();
  await page.getByText('Nothing is in this archive yet').waitFor();
  expect(await calls(page, 'createArchive')).toEqual([
    { path: '/home/dana/new.holdfast', passphrase: null, actorName: 'Dana', identity: null },
  ]);
});

test('an organisation’s identity is taken over, and what should be known of its file is said', async () => {
  const page = await open({ open: false });
  await go(page, 'Identities');
  await takeOver(page);

  expect(await calls(page, 'importIdentity')).toEqual([
    { from: { path: '/in/org.pfx', passphrase: 'theirs' }, to: { path: '/out/me.p12', passphrase: 'mine' } },
  ]);
  await page.getByText('protected in an old way').waitFor();
  await page.getByText('/home/dana/identity-chain.pem').waitFor();
});

test('a signer is replaced: by the old key where it is at hand, and not without a reason', async () => {
  const page = await open();
  await go(page, 'Identities');
  await page.getByRole('button', { name: 'Replace' }).first().click();
  await page.getByLabel('New identity file').fill('/home/dana/new.p12');
  await page.getByRole('textbox', { name: 'Passphrase of the new identity' }).fill('n');
  await page.getByRole('button', { name: 'Record the replacement' }).click();
  await page.getByText('Say why.').waitFor();
  await page.getByRole('textbox', { name: 'Because' }).fill('a new year');
  await page.getByRole('button', { name: 'Record the replacement' }).click();
  // The old key is said to be at hand, so it is asked for.
  expect(await calls(page, 'replaceSigner')).toEqual([]);
  await page.getByText('The old key is lost').click();
  await page.getByRole('button', { name: 'Record the replacement' }).click();
  await page.getByRole('button', { name: 'Record the replacement' }).waitFor({ state: 'detached' });

  expect(await calls(page, 'replaceSigner')).toEqual([
    {
      old: hashOf('certificate 1'),
      oldIdentity: null,
      successor: { path: '/home/dana/new.p12', passphrase: 'n' },
      because: 'a new year',
    },
  ]);
});

test('the keychain is off until somebody turns it on; then no passphrase is asked, or sent, for what it keeps', async () => {
  const page = await open();
  await go(page, 'Identities');
  const keychain = page.getByRole('region', { name: 'Passphrases in this' });
  expect(await keychain.getByRole('switch').isChecked()).toBe(false);
  await keychain.getByRole('switch').check();
  await keychain.getByLabel('Identity file').fill('/home/dana/identity.p12');
  await keychain.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('kept');
  await keychain.getByRole('button', { name: 'Keep the passphrase' }).click();
  await keychain.getByText('Kept for 1 identity').waitFor();

  // The bundle form begins with the identity used last, whose passphrase is kept.
  await go(page, 'Make a bundle');
  await page.getByText('Its passphrase is in this computer’s keychain.').waitFor();
  await page.getByLabel('Where the bundle goes').fill('/out/bundle.zip');
  await page.getByRole('button', { name: 'Make and check' }).click();
  await page.getByText('What a stranger can check').waitFor();
  expect(await calls(page, 'compileBundle')).toMatchObject([
    { identityPath: '/home/dana/identity.p12', identityPassphrase: null },
  ]);

  await go(page, 'Identities');
  await page.getByRole('switch').click();
  await page.getByText('Kept for 1 identity').waitFor({ state: 'detached' });
  expect(await calls(page, 'forgetPassphrase')).toEqual([{ path: '/home/dana/identity.p12' }]);
});

test('pictures stay blurred until asked for', async () => {
  const page = await open();
  await openPost(page, 0);
  const picture = page.locator('figure img');
  const filter = () => picture.evaluate((image) => getComputedStyle(image).filter);
  expect(await filter()).toContain('blur');
  await page.getByRole('button', { name: 'Show picture' }).click();
  expect(await filter()).toBe('none');
  expect(await picture.getAttribute('alt')).toBe('A square full of invented people');
});

test('no address of a post is a link', async () => {
  const page = await open();
  await openPost(page, 0);
  await page.getByText('https://x.invalid/orla_invented/status/1349000000000', { exact: true }).waitFor();
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(links.filter((href) => !href.startsWith('#/'))).toEqual([]);
});

test('only picked captures go into the bundle, and the passphrase does not stay in the form', async () => {
  const page = await open();
  await rowsShown(page);
  await page.getByRole('grid').press('Space');
  await page.getByRole('link', { name: 'Make a bundle of them' }).click();
  await compile(page);
  await page.getByText('What a stranger can check').waitFor();
  expect(await calls(page, 'compileBundle')).toEqual([
    {
      path: '/out/bundle.zip',
      identityPath: '/home/dana/identity.p12',
      identityPassphrase: 'x',
      captures: ['0190a000-0002-7000-8000-000000000000'],
      leaving: { profile: 'court', include: [], acceptLeaks: [], redactions: 'all', wacz: 'whole' },
    },
  ]);
  await page.getByRole('button', { name: 'Make another bundle' }).click();
  expect(await page.getByRole('textbox', { name: 'Passphrase of the identity' }).inputValue()).toBe('');
});

test('of network records only what the exhibits need is looked at, and goes into the bundle', async () => {
  const page = await open();
  await go(page, 'Make a bundle');
  await page.getByLabel('Of network records (WACZ)').selectOption({ label: 'What the exhibits need' });
  await page.getByRole('button', { name: 'Show what leaves' }).click();
  await page.getByText('14 of 3,120 records, 793.3 KiB').waitFor();
  await page.getByText('the capture is shown in part').waitFor();
  await compile(page);
  await page.getByText('What a stranger can check').waitFor();

  expect(await calls(page, 'compileBundle')).toMatchObject([{ leaving: { wacz: 'exhibits' } }]);
});

test('a file stays behind with a reason alone, and leaves again', async () => {
  const page = await open();
  await go(page, 'Make a bundle');
  await page.getByRole('button', { name: 'Show what leaves' }).click();
  const kept = page.getByRole('switch', { name: /^Stays behind: page as rendered/ });
  await kept.click();
  await page.getByText('Say why first.').waitFor();
  expect(await calls(page, 'addRedaction')).toEqual([]);

  await page.getByLabel('Why files stay behind').fill('shows who was signed in');
  await kept.click();
  await expect.poll(() => kept.isChecked()).toBe(true);
  await kept.click();
  await expect.poll(() => kept.isChecked()).toBe(false);

  expect(await calls(page, 'addRedaction')).toEqual([
    {
      captureId: expect.stringMatching(/^0190a000-/),
      hides: { what: 'artifact', role: 'dom', sha256: hashOf('dom 1') },
      because: 'shows who was signed in',
    },
  ]);
  expect(await calls(page, 'liftRedaction')).toHaveLength(1);
});

test('parts of a picture are covered by keyboard alone, in a window from right to left', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'from right to left' }).click();
  await coverParts(page);
  await page.getByRole('button', { name: 'Add a part' }).press('Enter');
  const part = page.getByRole('button', { name: /^Part 1: / });
  const placed = async () => (await part.getAttribute('aria-label'))?.match(/\d+/g)?.map(Number);
  const [, width = 0, height = 0, x = 0, y = 0] = (await placed()) ?? [];

  await part.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Alt+Shift+ArrowUp');
  expect(await placed()).toEqual([1, width + 10, height - 1, x + 10, y + 1]);
  await page.getByLabel('Width, part 1').fill('50');
  expect(await placed()).toEqual([1, 50, height - 1, x + 10, y + 1]);

  await page.getByRole('button', { name: 'Add a part' }).press('Enter');
  await page.getByRole('button', { name: /^Part 2: / }).press('Delete');
  await page.getByRole('status').getByText('Part 2 removed.').waitFor();
  await page.getByRole('textbox', { name: 'Why (it is printed in the bundle)' }).last().fill('a face');
  await page.getByRole('button', { name: 'Cover 1 part' }).press('Enter');
  await page.getByText('1 part covered').waitFor();
  expect(await calls(page, 'addRedaction')).toMatchObject([
    {
      hides: {
        what: 'regions',
        role: 'screenshot',
        regions: [{ x: x + 10, y: y + 1, width: 50, height: height - 1 }],
      },
      because: 'a face',
    },
  ]);
});

test('parts of a picture are drawn, moved and pulled with the pointer, at any size of the picture', async () => {
  const page = await open();
  await coverParts(page);
  await page.getByRole('button', { name: 'Larger' }).click();
  const picture = page.getByRole('img', { name: 'The picture of which parts are to be covered' });
  const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
    const { x, y, width } = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 1 };
    const scale = width / 400;
    await page.mouse.move(x + from[0] * scale, y + from[1] * scale);
    await page.mouse.down();
    await page.mouse.move(x + to[0] * scale, y + to[1] * scale, { steps: 3 });
    await page.mouse.up();
  };
  const placed = async () =>
    (await page.getByRole('button', { name: /^Part 1: / }).getAttribute('aria-label'))
      ?.match(/\d+/g)
      ?.map(Number)
      .slice(1);

  // Drawn from its lower right corner, then moved, then pulled at that corner.
  await drag([90, 60], [30, 20]);
  expect(await placed()).toEqual([60, 40, 30, 20]);
  await drag([50, 30], [70, 45]);
  expect(await placed()).toEqual([60, 40, 50, 35]);
  await drag([110, 75], [150, 95]);
  expect(await placed()).toEqual([100, 60, 50, 35]);
});

test('the window keeps nothing in the browser’s stores and asks nobody but its own server', async () => {
  const page = await open();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1' && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  await openPost(page, 0);
  await page.getByRole('button', { name: 'Use dark colours' }).click();
  await page.getByRole('button', { name: 'from right to left' }).click();
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
  }));
  expect(kept).toEqual({ local: 0, session: 0, databases: 0, cookies: '' });
  expect(elsewhere).toEqual([]);
});

test.each([
  ['left to right', false],
  ['right to left', true],
])('at 640 pixels nothing sticks out, %s', async (_name, rtl) => {
  const page = await open({}, { viewport: { width: 640, height: 800 } });
  await rowsShown(page);
  if (rtl) await page.getByRole('button', { name: 'from right to left' }).click();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await openPost(page, 5);
  expect(await overflow()).toBe(0);
  for (const screen of [
    verify,
    (at: Page) => capture(at, 'https://refusing.invalid/'),
    (at: Page) => captured(at, 'Custody'),
  ]) {
    const menu = page.getByRole('button', { name: 'Show the menu' });
    await menu.click();
    await screen(page);
    expect(await overflow()).toBe(0);
  }
});

test('words are withheld one spelling a line, and a single letter is refused aloud', async () => {
  const page = await open();
  await go(page, 'Make a bundle');
  await page.getByRole('button', { name: 'Show what leaves' }).click();
  const words = page.getByRole('textbox', { name: 'Words, one spelling a line' });
  const withhold = page.getByRole('button', { name: 'Withhold', exact: true });
  await words.fill('Ada Ferry\nA');
  await page.getByRole('textbox', { name: 'Why (it is printed in the bundle)' }).first().fill('a bystander');
  await page.getByText('Single letters cannot be withheld').waitFor();
  expect(await withhold.isDisabled()).toBe(true);
  await words.fill('Ada Ferry\n\n  ada_ferry ');
  await withhold.click();
  await page.getByText('Ada Ferry · ada_ferry').first().waitFor();
  expect((await calls(page, 'addRedaction')).at(-1)).toMatchObject({
    hides: { what: 'words', words: ['Ada Ferry', 'ada_ferry'] },
    because: 'a bystander',
  });
});
