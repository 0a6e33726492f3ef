/** axe over a screen as it stands, in both colour schemes. */
import type { Page } from 'playwright-core';
import { seriousViolations } from '../../support/axe.ts';

/** All rules in the light; in the dark, where nothing but the colours changes, those of contrast. */
export async function violationsInLightAndDark(page: Page): Promise<string[]> {
  const light = await seriousViolations(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  // Colours may be on their way from light to dark.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  const dark = await seriousViolations(page, ['color-contrast']);
  return [...light, ...dark.map((violation) => `in the dark: ${violation}`)];
}
