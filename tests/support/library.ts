/** A small dated library for tests: rules of a ferry line, reworded and extended from version to version. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { makeArchive } from './archive.ts';
import { temporaryFolder } from './temporary.ts';

export const ferryRules = (hateful: string, more = '') => `The Ferry Rules
===============

### Safety

Hateful conduct: ${hateful}

Violence: You may not threaten violence against anybody at all. 👍🏽
${more}
Glorification of violence policy
================================

### What is in violation of this policy?

You may not glorify, celebrate or praise violent events.

### What is not a violation of this policy?

Exceptions may be made for violent acts by state actors.

### What happens if you violate this policy?

If you continue to violate this policy after receiving a warning, your account will be permanently suspended.
`;
export const oldWords = 'You may not attack people on the basis of race, religion or origin.';
export const newWords = 'You may not attack people on the basis of race, caste, religion, origin or disease.';
export const hateful = 'ferry/ferry-rules/hateful-conduct';
export const glorify = 'ferry/glorification-of-violence/what-is-in-violation-of-this-policy';
export const stateActors = 'ferry/glorification-of-violence/what-is-not-a-violation-of-this-policy';
export const spam = 'ferry/ferry-rules/spam';

/** Old words on the first day, new ones on the second and third; the rule on spam on the third only. */
export const ferryVersions: Record<string, string> = {
  '20201028_Ferry.md': ferryRules(oldWords),
  '20201203_Ferry.md': ferryRules(newWords),
  '2021-01-20T123135.md': ferryRules(newWords, '\nSpam: You may not spam.\n'),
};

/** Writes the texts into a folder, which it gives back. */
export function writeVersions(folder: string, files: Record<string, string>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

export async function addVersions(archive: Archive, files: Record<string, string>): Promise<void> {
  const path = writeVersions(temporaryFolder(), files);
  const about = { platform: 'Ferry', policy: 'Community Guidelines', licence: null, attribution: null };
  await importPolicy(archive, { ...about, path });
}

/** A plain archive with that library. */
export async function ferryArchive(files = ferryVersions): Promise<Archive> {
  const archive = await makeArchive({ plain: true });
  await addVersions(archive, files);
  return archive;
}
