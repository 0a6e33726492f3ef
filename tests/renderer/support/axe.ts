import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

interface Violation {
  id: string;
  impact?: string | null | undefined;
  nodes: { html: string }[];
}

/** The violations that count, in a form that a failing test prints readably. */
export function seriousOf(violations: readonly Violation[]): string[] {
  return violations
    .filter((found) => found.impact === 'serious' || found.impact === 'critical')
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}

/** Those of the page as it stands. */
export async function seriousViolations(page: Page): Promise<string[]> {
  return seriousOf((await new AxeBuilder({ page }).analyze()).violations);
}
