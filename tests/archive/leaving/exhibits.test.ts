/** Recordings cut down to what exhibits need: in bundles, at whoever gets them, and held against the whole one. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { addExhibits, makeCase } from '../../../archive/cases/cases.ts';
import { compileBundle, previewBundle } from '../../../archive/compile.ts';
import { checkDerived } from '../../../archive/leaving/check-derived.ts';
import { addRedaction } from '../../../archive/leaving/redactions.ts';
import { checkOriginal, revealFile } from '../../../archive/leaving/reveal.ts';
import { requireCapture } from '../../../archive/posts.ts';
import { rebuild } from '../../../archive/rebuild.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { verifyFile } from '../../../archive/verify.ts';
import type { LeavingDraft } from '../../../contract/model/leaving.ts';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../../support/archive.ts';
import { unpacked } from '../../support/planted.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { filesOfZip } from '../../support/zip-files.ts';
import { answers, harbour, inAnswer, picture, unread, words } from '../harbour.ts';

const machine = { host: 'crowsnest-7', user: 'idalind', home: '/home/idalind' };
const desk = async () => harbour(await makeArchive({ plain: true }));

async function compile(archive: Archive, leaving: LeavingDraft = { wacz: 'exhibits' }, of?: string) {
  const path = join(
    temporaryFolder(),
    `${createHash('sha256').update(String(performance.now())).digest('hex')}.zip`,
  );
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  await compileBundle(archive, { path, identity, captures: 'all', leaving, case: of }, { machine });
  const verification = await verifyFile(path, { trust: [] });
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  const files = await filesOfZip(path);
  const evidence = evidenceSchema.parse(
    JSON.parse(Buffer.from(files.get('data/evidence.json') ?? []).toString()),
  );
  const step = (name: string) => verification.steps.find((each) => each.step === name);
  return { path, files, evidence, step };
}

/** The derived file of a bundle, and everything in it, unpacked. */
function derivedIn(files: ReadonlyMap<string, Uint8Array>, captureId: string) {
  const bytes = Buffer.from(files.get(`data/captures/${captureId}/exhibits.wacz`) ?? []);
  const parts = unpacked(bytes);
  return { bytes, holds: (what: string) => parts.some((part) => part.includes(what)) };
}

test('a record with a large picture, read in several pieces, leaves byte for byte', async () => {
  const large = randomBytes(7 * 1024 * 1024);
  const { archive, captureId, postOf } = await harbour(await makeArchive({ plain: true }), (post) =>
    post === 12 ? large : `picture ${post}`,
  );
  const made = makeCase(archive, { name: 'Harbour', timeZone: 'UTC' });
  addExhibits(archive, made.id, [{ id: postOf(12), label: null, note: null }]);

  const { files } = await compile(archive, { wacz: 'exhibits' }, made.id);

  expect(derivedIn(files, captureId).bytes.includes(large)).toBe(true);
});

test('of a case with one post, the record holds the answer with that post, its picture, and of the page no other', async () => {
  const { archive, captureId, postOf, whole } = await desk();
  const made = makeCase(archive, { name: 'Harbour', timeZone: 'UTC' });
  addExhibits(archive, made.id, [{ id: postOf(12), label: null, note: null }]);

  const { files, evidence, step } = await compile(archive, { wacz: 'exhibits' }, made.id);

  const { bytes, holds } = derivedIn(files, captureId);
  expect([holds(words(12)), holds(picture(12)), holds('picture 12'), holds('div { color')]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const others = Array.from({ length: answers * inAnswer }, (_, n) => n).filter((n) => n !== 12);
  expect(others.filter((n) => holds(`picture ${n}\r\n`))).toEqual([]);
  // Those of the same answer stand beside it there; of the other answers none is left.
  expect(others.filter((n) => holds(`${words(n)}"`))).toEqual([10, 11, 13, 14]);
  expect([holds('a face'), holds(unread)]).toEqual([false, false]);
  expect(bytes.length).toBeLessThan(whole.length / 3);
  expect(files.has(`data/captures/${captureId}/capture.wacz`)).toBe(false);

  const [capture] = evidence.partialCaptures ?? [];
  expect(evidence.captures).toEqual([]);
  expect(capture?.withheld).toEqual([
    { what: 'artifact', role: 'wacz', because: 'Only what the exhibits need of the recording goes along.' },
  ]);
  const file = capture?.files.find(({ role }) => role === 'exhibits');
  expect(file).toMatchObject({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    derived: { from: 'wacz', rule: 'exhibits/1', posts: [postOf(12)], postsWithoutAnswer: [] },
  });
  expect(file?.index).toBeUndefined();
  expect(evidence.leaving?.wacz).toBe('exhibits');
  // No digest of the whole one stands anywhere.
  const digest = createHash('sha256').update(whole).digest('hex');
  expect([...files.values()].some((each) => Buffer.from(each).includes(digest))).toBe(false);
  expect(step('artifacts')).toMatchObject({
    status: 'ok',
    message: expect.stringContaining('statement of the signer'),
  });
  expect(step('wacz')).toMatchObject({ status: 'ok', message: expect.stringContaining('1 is cut down') });
  expect(Buffer.from(files.get('VERIFY.txt') ?? []).toString()).toContain('A file exhibits.wacz is derived');
  expect(Buffer.from(files.get('data/report.html') ?? []).toString()).toContain(
    'cut out of it for 1 exhibited post',
  );
  const decided = archive.db
    .prepare("SELECT CAST(document AS TEXT) FROM event WHERE kind = 'bundle.decided'")
    .pluck()
    .get();
  expect(JSON.parse(String(decided)).body).toMatchObject({ wacz: 'exhibits' });
  checkArchive(archive);
  await checkLog(archive);
  expect(rebuild(archive).differences).toEqual([]);
});

describe('which posts are exhibits', () => {
  test('without a case those that are tagged', async () => {
    const { archive, captureId, postOf } = await desk();
    addTag(archive, { postId: postOf(3), clauseKey: 'x/hateful-conduct', because: 'why', quotes: [] });
    const { files } = await compile(archive);
    const { holds } = derivedIn(files, captureId);
    expect([holds(words(3)), holds(words(29))]).toEqual([true, false]);
  });

  test('of a capture of which none is tagged, and of one that is an exhibit as a whole, all', async () => {
    const { archive, captureId } = await desk();
    const made = makeCase(archive, { name: 'Harbour', timeZone: 'UTC' });
    addExhibits(archive, made.id, [{ id: captureId, label: null, note: null }]);
    for (const of of [undefined, made.id]) {
      const { files } = await compile(archive, { wacz: 'exhibits' }, of);
      const { holds } = derivedIn(files, captureId);
      expect([holds(words(3)), holds('picture 29'), holds('a face')]).toEqual([true, true, false]);
    }
  });
});

test('it is whole where nobody says otherwise, and of imports there is nothing to cut', async () => {
  const { archive, captureId } = await desk();
  await importPage(archive, 'an imported page');
  const { files, evidence } = await compile(archive, {});
  expect(files.has(`data/captures/${captureId}/capture.wacz`)).toBe(true);
  expect([evidence.captures.length, evidence.partialCaptures, evidence.leaving?.wacz]).toEqual([
    2,
    undefined,
    undefined,
  ]);
  const cut = await compile(archive);
  expect(cut.evidence.captures.map(({ method }) => method)).toEqual(['import']);
});

describe('of a capture with a redaction', () => {
  test('words: neither the whole one nor what was cut out of it', async () => {
    const { archive, captureId } = await desk();
    addRedaction(archive, { captureId, hides: { what: 'words', words: [words(4)] }, because: 'a bystander' });
    const { files } = await compile(archive);
    expect([...files.keys()].filter((path) => path.endsWith('.wacz'))).toEqual([]);
  });

  test('a file: neither of them, and the others are still proven', async () => {
    const { archive, captureId } = await desk();
    const text = requireCapture(archive, captureId).artifacts.find(({ role }) => role === 'text');
    const hides = { what: 'artifact', role: 'text', sha256: text?.sha256 ?? '' } as const;
    addRedaction(archive, { captureId, hides, because: 'not theirs' });
    const { files, evidence, step } = await compile(archive);
    expect([...files.keys()].filter((path) => path.endsWith('.wacz'))).toEqual([]);
    expect(
      evidence.partialCaptures?.[0]?.withheld.map((each) => each.what === 'artifact' && each.role),
    ).toEqual(['text', 'wacz']);
    expect(step('artifacts')?.status).toBe('ok');
    const whole = await compile(archive, {});
    expect([...whole.files.keys()].filter((path) => path.endsWith('.wacz'))).toHaveLength(1);
  });
});

test('the preview says of how many records how many', async () => {
  const { archive, captureId } = await desk();
  const preview = await previewBundle(
    archive,
    { captures: 'all', leaving: { wacz: 'exhibits' } },
    { machine },
  );
  expect(preview.cut).toMatchObject([{ captureId, of: 83 }]);
  expect(preview.listed).toMatchObject([{ captureId }]);
});

test('what leaves with it is searched, as every other file is', async () => {
  const { archive } = await desk();
  const told = { ...machine, host: 'post number 12' };
  const { leaks } = await previewBundle(
    archive,
    { captures: 'all', leaving: { wacz: 'exhibits' } },
    { machine: told },
  );
  expect(leaks.flatMap(({ files }) => files)).toContainEqual(expect.stringMatching(/exhibits\.wacz$/));
});

describe('held against the whole one', () => {
  test('each record stands there byte for byte, and what was revealed says that it is the one that was sealed', async () => {
    const { archive, captureId, whole } = await desk();
    const { path } = await compile(archive);
    const [original, revealed] = ['whole.wacz', 'revealed.json'].map((name) =>
      join(temporaryFolder(), name),
    ) as [string, string];
    writeFileSync(original, whole);
    const digest = createHash('sha256').update(whole).digest('hex');
    writeFileSync(revealed, revealFile(archive, captureId, digest));

    expect(await checkDerived(path, original)).toMatchObject({ capture: captureId, of: 83 });
    expect(await checkOriginal(path, original, revealed)).toMatchObject({ role: 'wacz', sha256: digest });
  });

  test('another recording is none of it, and one in which a record was changed is refused', async () => {
    const [{ archive, whole }, other] = [await desk(), await desk()];
    const { path } = await compile(archive);
    const original = join(temporaryFolder(), 'other.wacz');
    writeFileSync(original, other.whole);
    expect(await checkDerived(path, original)).toBeNull();
    const changed = Buffer.from(whole);
    changed.write('POST', changed.indexOf(words(12)));
    writeFileSync(original, changed);
    await expect(checkDerived(path, original)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
