/** Batches and the watch list in a real browser, over a fake of main. */
import { expect, test } from 'vitest';
import { idOf } from './fake/ids.ts';
import { calls, go, openPost } from './support/steps.ts';
import { windowForTests } from './support/window-of-tests.ts';

const open = windowForTests();
const watched = (index: number) => idOf(92, index);

test('a dropped text file is a list; it is begun, stopped, gone on with and called off', async () => {
  const page = await open({ hold: true });
  await go(page, 'Batch');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['https://social.example/7\nno\nhttps://social.example/8\n'], 'winter.txt'));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  });
  await page.getByText('2 addresses', { exact: true }).waitFor();
  expect(await page.getByLabel('Name of the list').inputValue()).toBe('winter.txt');
  expect(await calls(page, 'importFiles')).toEqual([]);

  await page.getByLabel('Persona').selectOption({ label: 'Orla of the Test Quay' });
  await page.getByLabel('Who can see the page').selectOption('sign-in');
  await page.getByLabel('Go through the page (autopilot)').check();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('capturing now').first().waitFor();
  expect(await calls(page, 'openBatch')).toEqual([
    {
      which: {
        kind: 'list',
        name: 'winter.txt',
        addresses: ['https://social.example/7', 'https://social.example/8'],
      },
    },
  ]);
  expect(await calls(page, 'runBatch')).toMatchObject([
    {
      retryFailed: false,
      pace: { jobs: 2 },
      circumstances: { persona: idOf(77, 0), access: 'sign-in', lookOnly: true },
      autopilot: { posts: 2000, minutes: 20 },
    },
  ]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Go on (2 addresses left)' }).waitFor();

  await page.getByRole('button', { name: 'Call off the rest' }).click();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await page.getByText('The rest of this batch was called off.').waitFor();
});

test('a post is watched by what the form says, and nothing else is taken', async () => {
  const page = await open();
  await openPost(page, 5);
  await page.getByRole('button', { name: 'Watch this post' }).click();
  await page.getByLabel('Check every').fill('0');
  const watch = page.getByRole('button', { name: 'Watch', exact: true });
  await watch.click();
  await page.getByText('From 5 minutes to a year.').waitFor();
  await page.getByLabel('Check every').fill('2');
  await page.getByLabel('Up to so many minutes earlier or later').fill('90');
  await watch.click();
  await page.getByText('At most half of the interval.').waitFor();
  await page.getByLabel('Up to so many minutes earlier or later').fill('20');
  await page.getByLabel('Persona').selectOption({ label: 'Orla of the Test Quay' });
  await watch.click();
  await page.getByText('It is on the watch list.').waitFor();
  expect(await calls(page, 'addWatch')).toMatchObject([
    {
      url: null,
      schedule: { everyMinutes: 120, jitterMinutes: 20, hours: null },
      persona: idOf(77, 0),
    },
  ]);
});

test('the watch list says what is overdue and gone; an entry is checked, paused and ended', async () => {
  const page = await open();
  await go(page, 'Watch list');
  await page.getByText('overdue: 3 checks did not come').waitFor();
  await page.getByText('gone: two vantages agree').waitFor();
  await page.getByRole('row').nth(1).click();
  await page.getByText(/^Gone, as far as two vantages show/).waitFor();
  await page.getByLabel('From where, as you would state it').fill('  hotel, Italy ');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect
    .poll(() => calls(page, 'runWatch'))
    .toEqual([{ watchId: watched(1), network: 'hotel, Italy' }]);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('button', { name: 'Check now' }).waitFor({ state: 'detached' });
  expect(await calls(page, 'setWatch')).toEqual([
    { watchId: watched(1), state: 'paused' },
    { watchId: watched(1), state: 'ended' },
  ]);
});
