/** Steps that several tests of the window take. */
import type { Page } from 'playwright-core';

export async function rowsShown(page: Page): Promise<void> {
  await page.locator('[role=row]:not([aria-busy])').first().waitFor();
}
export function textOf(page: Page) {
  return page.getByRole('group', { name: /^Text of the post/ });
}
export async function openPost(page: Page, index: number): Promise<void> {
  await rowsShown(page);
  await page.locator(`#post-row-${index}`).click();
  await textOf(page).waitFor();
}
export async function calls(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) => window.fake.calls.filter((call) => call.name === wanted).map((call) => call.input),
    name,
  );
}
export async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}
export const verify = (page: Page) => verifyPath(page, '/in/bundle.zip');
export async function verifyPath(page: Page, path: string): Promise<void> {
  await go(page, 'Verify a bundle');
  await page.getByLabel('Bundle (.zip)').fill(path);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
}
export async function importPolicy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import dated texts' }).click();
  await page.getByLabel('Folder, dated file, or repository').fill('/home/dana/ferry');
  await page.getByLabel('Platform', { exact: true }).fill('Ferry');
  await page.getByLabel('Policy', { exact: true }).fill('Community Guidelines');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}
export async function checkLog(page: Page): Promise<void> {
  await go(page, 'Custody log');
  await page.getByRole('button', { name: 'Check the log' }).click();
  await page.getByRole('region', { name: 'Check the log' }).getByText('as the log says').first().waitFor();
}
export async function compile(page: Page): Promise<void> {
  await go(page, 'Make a bundle');
  await page.getByLabel('Identity file (.p12)').fill('/home/dana/identity.p12');
  await page.getByRole('textbox', { name: 'Passphrase of the identity' }).fill('x');
  await page.getByLabel('Where the bundle goes').fill('/out/bundle.zip');
  await page.getByRole('button', { name: 'Make and check' }).click();
}

/** Opens the look at what would leave, and there the picture of which parts are to be covered. */
export async function coverParts(page: Page): Promise<void> {
  await go(page, 'Make a bundle');
  await page.getByRole('button', { name: 'Show what leaves' }).click();
  await page.getByRole('button', { name: /^Cover parts of screenshot/ }).click();
  const picture = page.getByRole('img', { name: 'The picture of which parts are to be covered' });
  await picture.waitFor();
  await page.getByRole('button', { name: 'Add a part' }).and(page.locator(':enabled')).waitFor();
}

/** Opens the capture screen and, where one is given, an address in it. */
export async function capture(page: Page, address?: string): Promise<void> {
  await go(page, 'Capture');
  const field = page.getByRole('textbox', { name: 'Address of the page' });
  await field.waitFor();
  if (address === undefined) return;
  await field.fill(address);
  await field.press('Enter');
}
/** Opens the first capture that was recorded here, on one of its tabs. */
export async function captured(page: Page, tab: string): Promise<void> {
  await go(page, 'Captures');
  await page.getByRole('combobox', { name: 'Which captures to show' }).selectOption('complete');
  await rowsShown(page);
  await page.locator('#capture-row-0').click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
}
export async function takeOver(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Take one over' }).click();
  await page.getByLabel('Your organisation').fill('/in/org.pfx');
  await page.getByRole('textbox', { name: 'Passphrase of that file' }).fill('theirs');
  await page.getByLabel('Where the new identity').fill('/out/me.p12');
  await page.getByRole('textbox', { name: 'New passphrase of the identity', exact: true }).fill('mine');
  await page.getByLabel('identity, again').fill('mine');
  await page.getByRole('button', { name: 'Take the identity over' }).click();
  await page.getByText('The identity was taken over').waitFor();
}
