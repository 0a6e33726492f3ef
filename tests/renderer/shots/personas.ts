/** Personas, what was visited under one, and the second door. */
import type { Page } from 'playwright-core';
import { dark, narrow, type Shot, toRtl } from './shot.ts';

/** By its address: a narrow window hides the links. */
async function go(page: Page, place: 'capture' | 'personas'): Promise<void> {
  await page.evaluate((to) => location.assign(`#/${to}`), place);
}
async function wear(page: Page): Promise<void> {
  await go(page, 'capture');
  await page.getByLabel('Persona', { exact: true }).first().selectOption({ label: 'Orla of the Test Quay' });
}
async function visit(page: Page): Promise<void> {
  await wear(page);
  await page.getByRole('textbox', { name: 'Address of the page' }).fill('https://refusing.invalid/');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Capture', exact: true }).waitFor();
}
async function trail(page: Page): Promise<void> {
  await wear(page);
  await page.getByText(/^Visited under this persona/).click();
  await page
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click();
}
async function form(page: Page): Promise<void> {
  await go(page, 'personas');
  await page.getByRole('button', { name: 'Make a persona' }).click();
}
async function door(page: Page): Promise<void> {
  await go(page, 'capture');
  await page.getByText('Second door: your own browser').click();
  await page.getByLabel('Folder of the profile').fill('/home/dana/second');
}
async function opened(page: Page): Promise<void> {
  await door(page);
  await page.getByRole('button', { name: 'Open the browser' }).click();
  await page.getByRole('button', { name: 'Close the browser' }).waitFor();
}
const turned =
  (act: Shot['act']): Shot['act'] =>
  async (page) => {
    await act(page);
    await toRtl(page);
  };

export const personaShots: Shot[] = [
  { name: 'persona-worn', act: visit },
  { name: 'persona-list', act: (page) => go(page, 'personas') },
  { name: 'persona-trail', act: trail },
  { name: 'persona-trail-dark', context: dark, act: trail },
  { name: 'persona-trail-narrow-rtl', context: narrow, act: turned(trail) },
  { name: 'persona-form', act: form },
  { name: 'persona-form-dark', context: dark, act: form },
  { name: 'persona-form-narrow-rtl', context: narrow, act: turned(form) },
  { name: 'persona-door', act: door },
  { name: 'persona-door-open-dark', context: dark, act: opened },
  { name: 'persona-door-open-narrow-rtl', context: narrow, act: turned(opened) },
];
