/** axe over a page as it stands, run in the page itself: what is in frames is not ours. */
import axe, { type AxeResults, type Result, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** All violations, or those of `rules` alone. */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<Result[]> {
  // Once a document: the source takes longer to read than most rules.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const options: RunOptions = {
    iframes: false,
    resultTypes: ['violations'],
    ...(rules === undefined ? {} : { runOnly: [...rules] }),
  };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations;
}

/** Those that count, in a form that a failing test prints readably. */
export async function seriousViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  return (await violationsOf(page, rules))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
