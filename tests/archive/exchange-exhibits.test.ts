/** Recordings that were cut down to what exhibits need, at whoever gets them: kept as what they are, and nothing twice. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { listCaptures, requireCapture } from '../../archive/posts.ts';
import { addTag } from '../../archive/tags/add.ts';
import { bundleFiles } from '../support/bundle-files.ts';
import { bundleOf, check, type Desk, desk, postsOf, send, tagsOf } from './desks.ts';
import { answers, harbour, inAnswer, words } from './harbour.ts';

const exhibits = { wacz: 'exhibits' } as const;
const inAll = answers * inAnswer;

/** A desk with a recording, one post of which is tagged. */
async function recorded() {
  const a = await desk('Ada');
  const { captureId, postOf } = await harbour(a.archive);
  addTag(a.archive, { postId: postOf(7), clauseKey: 'x/hateful-conduct', because: 'why', quotes: [] });
  return { a, captureId };
}

const capturesOf = ({ archive }: Desk) =>
  listCaptures(archive, 0, 100, 'all')
    .captures.filter(({ format }) => format !== 'bundle')
    .map(({ id }) => requireCapture(archive, id));

const digest = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

test('it is kept as a file of a capture in part, by its own role, and goes on to a third desk as it came', async () => {
  const { a, captureId } = await recorded();
  const [b, c] = [await desk('Bea'), await desk('Cleo')];
  const bundle = await bundleOf(a, exhibits);
  const sent = (await bundleFiles(bundle)).get(`data/captures/${captureId}/exhibits.wacz`);

  const report = await importFiles(b.archive, [bundle]);

  const [note] = report.warnings.filter(({ code }) => code === 'capture-partial');
  expect(note?.message).toMatch(
    new RegExp(`"Ada" withheld wacz\\. Files: ${inAll + 2}; posts: ${inAll}, with gaps: 0\\.`),
  );
  const [here] = capturesOf(b);
  expect(here).toMatchObject({
    format: 'partial',
    origin: { capture: captureId, partial: { withheld: [{ what: 'artifact', role: 'wacz' }] } },
  });
  expect(here?.artifacts.some(({ role }) => role === 'wacz')).toBe(false);
  const file = here?.artifacts.find(({ role }) => role === 'exhibits');
  expect(file?.sha256).toBe(digest(sent));
  const kept = Buffer.concat([...readStored(b.archive, findArtifact(b.archive, file?.sha256 ?? ''))]);
  expect(digest(kept)).toBe(file?.sha256);

  // On from there, by either choice: what is derived is not cut a second time.
  for (const choice of [{}, exhibits]) {
    const [capture] = capturesOf(b);
    const files = await bundleFiles(await bundleOf(b, choice));
    expect(digest(files.get(`data/captures/${capture?.id}/exhibits.wacz`))).toBe(file?.sha256);
  }
  await send(b, c);
  expect(capturesOf(c)[0]?.artifacts.find(({ role }) => role === 'exhibits')?.sha256).toBe(file?.sha256);
  await check(a, b, c);
});

test('where the whole recording comes later, its posts take the place of those that were here', async () => {
  const { a } = await recorded();
  const b = await desk('Bea');
  await send(a, b, exhibits);
  expect(postsOf(b)).toHaveLength(inAll);

  await send(a, b);

  // What was tagged before stays listed beside it, as an earlier reading.
  expect(postsOf(b).filter(({ isEarlier }) => !isEarlier)).toHaveLength(inAll);
  expect(
    postsOf(b)
      .filter(({ isEarlier }) => isEarlier)
      .map(({ text }) => text),
  ).toEqual([words(7)]);
  expect(tagsOf(b).map(({ id }) => id)).toEqual(tagsOf(a).map(({ id }) => id));
  await check(a, b);
});

test('where the whole one is here already, nothing is added; and what comes back to its desk is known there', async () => {
  const { a } = await recorded();
  const [b, c] = [await desk('Bea'), await desk('Cleo')];
  await send(a, b);
  await send(a, b, exhibits);
  expect([capturesOf(b).length, postsOf(b).length]).toEqual([1, inAll]);
  await send(a, c, exhibits);
  await send(c, a);
  expect([capturesOf(a).length, postsOf(a).length]).toEqual([1, inAll]);
  await check(a, b, c);
});

test('a recording that came whole in a bundle is cut down like one’s own', async () => {
  const { a } = await recorded();
  const b = await desk('Bea');
  await send(a, b);
  const [capture] = capturesOf(b);
  const files = await bundleFiles(await bundleOf(b, exhibits));
  const holds = (what: string) => files.get(`data/captures/${capture?.id}/exhibits.wacz`)?.includes(what);
  expect([holds(words(7)), holds(words(20))]).toEqual([true, false]);
});
