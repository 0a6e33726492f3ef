/** The real archives of policies, where they are at hand: they are not part of the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder =
  process.env.HOLDFAST_SHARED_DATA ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
export const realPolicies = join(folder, 'policies');
export const hasRealPolicies = existsSync(realPolicies);

/** Every text of the archives, in the order of their paths. */
export function realTexts(): { path: string; text: string }[] {
  if (!hasRealPolicies) return [];
  return readdirSync(realPolicies, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(realPolicies, path), 'utf8') }));
}
