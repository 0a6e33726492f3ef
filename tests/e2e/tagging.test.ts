/** Tagging by keyboard alone, in a real Electron, with a real archive behind it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { listPosts, requirePost } from '../../archive/posts.ts';
import { setPalette } from '../../archive/review/palette.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { readTags } from '../../archive/tags/read.ts';
import { takeInto } from '../bench/posts.ts';
import { randomFrom } from '../campaign/support/random.ts';
import { contentOf } from '../renderer/fake/texts.ts';
import { checkArchive } from '../support/archive.ts';
import { launchApp } from '../support/electron.ts';
import { ferryVersions, glorify, hateful, writeVersions } from '../support/library.ts';
import { type Typed, Typist, typedOf } from '../support/tag-by-keyboard.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { openArchiveInWindow, windowPassphrase } from '../support/window-steps.ts';

const palette = { '1': 'x/violent-speech', '2': hateful, g: glorify };
const person = { name: 'Dana Desk' };

test('twenty posts in several scripts are tagged with the keyboard alone, and everything typed is in the archive', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'case.holdfast');
  const made = await createArchive({ path, passphrase: windowPassphrase, person, clauses: starterPack });
  await importPolicy(made, {
    path: writeVersions(join(folder, 'texts'), ferryVersions),
    ...{ platform: 'Ferry', policy: 'Guidelines' },
  });
  await takeInto(
    made,
    Array.from({ length: 20 }, (_, n) => ({ ...contentOf(n), media: [] })),
  );
  setPalette(
    made,
    Object.entries(palette).map(([slot, clauseKey]) => ({ slot, clauseKey })),
  );
  const posts = listPosts(made, '', 0, 20).posts.map(({ postId }) => requirePost(made, postId));
  closeArchive(made);

  const { page, close } = await launchApp();
  const typed = new Map<string, Typed[]>();
  try {
    await openArchiveInWindow(page, path);
    const typist = new Typist(page, randomFrom(7), palette);
    await page.getByRole('grid').focus();
    await typist.press('Enter');
    await page.getByText('Post 1 of 20').waitFor();
    for (const [at, { id, content }] of posts.entries()) {
      if (at > 0) await typist.press('j');
      typed.set(id, await typist.tag(content));
    }
    const total = [...typed.values()].flat().length;
    await expect
      .poll(() => page.evaluate('holdfast.archiveStatus({}).then(({ value }) => value.counts.tags)'), {
        timeout: 30_000,
      })
      .toBe(total);
  } finally {
    await close();
  }

  const archive = await openArchive({ path, passphrase: windowPassphrase, person });
  for (const [id, expected] of typed) expect(readTags(archive, id).map(typedOf)).toEqual(expected);
  const dated = [...typed.keys()]
    .flatMap((id) => readTags(archive, id))
    .filter(({ clause }) => clause?.version);
  expect(dated.length).toBeGreaterThan(0);
  for (const tag of dated)
    expect(tag.dates.map(({ when }) => when)).toEqual(['posted', 'last-seen-up', 'reported']);
  checkArchive(archive);
  closeArchive(archive);
});
