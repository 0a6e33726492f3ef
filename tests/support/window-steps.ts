/** Steps that a person takes in the window, for the tests that are about what comes after them. */
import type { ElectronApplication, Page } from 'playwright-core';

export const windowPassphrase = 'four words that nobody guesses';

/** Makes an archive as 'Dana Desk' and waits until it is there, empty. */
export async function makeArchiveInWindow(page: Page, path: string): Promise<void> {
  await page.getByRole('tab', { name: 'Create' }).click();
  await page.getByLabel('Where the new archive goes').fill(path);
  await page.getByLabel('Your name').fill('Dana Desk');
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(windowPassphrase);
  await page.getByRole('textbox', { name: 'Passphrase, again' }).fill(windowPassphrase);
  await page.getByRole('button', { name: 'Create archive' }).click();
  await page.getByText('Nothing is in this archive yet').waitFor();
}

/** The system's own dialogs cannot be driven by a test; what the one for opening answers from now on is. */
export async function answerOpenDialog(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }));
  }, paths);
}

/** The same for the dialog in which a new file is named. */
export async function answerSaveDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }));
  }, path);
}

/** Opens an archive with `windowPassphrase` as 'Dana Desk' and waits until its posts are listed. */
export async function openArchiveInWindow(page: Page, path: string): Promise<void> {
  const opening = { path, passphrase: windowPassphrase, actorName: 'Dana Desk' };
  const answer: { ok: boolean } = await page.evaluate(`holdfast.openArchive(${JSON.stringify(opening)})`);
  if (!answer.ok) throw new Error(`the archive did not open: ${JSON.stringify(answer)}`);
  await page.locator('#post-row-0').waitFor();
}

/** Quotes the last words of the post that is shown, and tags them with a clause about threats. */
export async function tagLastWords(page: Page, because: string): Promise<void> {
  await page.getByRole('group', { name: /^Text of the post/ }).focus();
  for (let word = 0; word < 3; word++) await page.keyboard.press('Control+Shift+ArrowLeft');
  await page.getByText(/^Quoted words/).waitFor();
  await page.getByRole('combobox', { name: 'Clause' }).fill('threats x');
  await page
    .getByRole('option', { name: /Threats, incitement/ })
    .first()
    .click();
  await page.getByLabel('Because').fill(because);
  await page.getByRole('button', { name: 'Save tag' }).click();
  await page.getByRole('region', { name: 'Tags' }).getByText(because).waitFor();
}
