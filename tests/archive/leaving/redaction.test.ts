/** Redaction: what is hidden stands nowhere and cannot be guessed; what is shown is proven; the rest is said. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { compileBundle, previewBundle } from '../../../archive/compile.ts';
import { importFile } from '../../../archive/import/import-file.ts';
import { addRedaction, liftRedaction, listRedactions } from '../../../archive/leaving/redactions.ts';
import { checkOriginal, revealCapture, revealFile } from '../../../archive/leaving/reveal.ts';
import { listCaptures, requirePost } from '../../../archive/posts.ts';
import { rebuild } from '../../../archive/rebuild.ts';
import { eventsOf } from '../../../archive/status.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { findQuote } from '../../../archive/tags/quotes.ts';
import { verifyFile } from '../../../archive/verify.ts';
import type { LeavingDraft } from '../../../contract/model/leaving.ts';
import type { Region } from '../../../contract/model/redaction.ts';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { canonicalJson } from '../../../evidence/log/canonical.ts';
import { segments } from '../../../evidence/post/segments.ts';
import { checkArchive, checkLog, importPage, makeArchive, postPage } from '../../support/archive.ts';
import { bundleFiles } from '../../support/bundle-files.ts';
import { formsOf, unpacked } from '../../support/planted.ts';
import { readPng } from '../../support/png.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const machine = { host: 'crowsnest-7', user: 'idalind', home: '/home/idalind' };
const hidden = 'Zora Brandt';
const text = `At noon Zora Brandt, of Elmwick, said: all crows are vermin. Ask ZORA BRANDT yourself!`;
/** Names of the village, the true one among them. */
const candidates = ['Ada Brandt', 'Zora Brand', 'Zora Brandt', 'Zara Brandt', 'Nora Holm', 'Otto Lind'];

async function identity() {
  return createIdentity({ name: 'Ida Signer', organisation: null, email: null, now: new Date() });
}

async function desk() {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, text, postPage(text).replace('</title>', ` by ${hidden}</title>`));
  const captureId = requirePost(archive, postId).captureId;
  return { archive, postId, captureId };
}

async function compile(archive: Archive, leaving: LeavingDraft = {}) {
  const path = join(temporaryFolder(), 'b.zip');
  const report = await compileBundle(
    archive,
    { path, identity: await identity(), captures: 'all', leaving },
    { machine },
  );
  expect(report.verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect((await verifyFile(path, { trust: [] })).verdict).toBe('consistent');
  return { path, report, files: await bundleFiles(path) };
}

function redact(archive: Archive, captureId: string, words = [hidden]) {
  return addRedaction(archive, { captureId, hides: { what: 'words', words }, because: 'a bystander' });
}

function evidenceIn(files: ReadonlyMap<string, Buffer>) {
  return evidenceSchema.parse(JSON.parse(files.get('data/evidence.json')?.toString() ?? ''));
}

test('hidden words are nowhere in any encoding, shown words are proven, and the report says what is withheld', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId, postId } = await desk();
  redact(archive, captureId);

  const { path, files } = await compile(archive);

  const bytes = unpacked(readFileSync(path));
  for (const form of [hidden, hidden.toUpperCase(), 'Zora', 'Brandt'].flatMap(formsOf))
    expect(bytes.some((each) => each.includes(form))).toBe(false);
  const evidence = evidenceIn(files);
  expect(evidence.captures).toEqual([]);
  const [capture] = evidence.partialCaptures ?? [];
  expect(capture).toMatchObject({
    id: captureId,
    files: [],
    withheld: [
      { what: 'words', because: 'a bystander' },
      { what: 'artifact', role: 'original', because: null },
    ],
  });
  const [post] = capture?.readings[0]?.posts ?? [];
  const shown = post?.disclosed === 'partial' ? post.parts.filter((part) => part?.name === 'text') : [];
  expect(shown.map((part) => part?.value).join('')).toBe(
    'At noon of Elmwick, said: all crows are vermin. Ask yourself!',
  );
  const html = files.get('data/report.html')?.toString() ?? '';
  expect(html).toContain('Words, wherever they stand: <bdi>a bystander</bdi>');
  expect(files.has(`log/documents/${capture?.event}.json`)).toBe(false);
  expect(files.has(`log/salts/${capture?.event}.txt`)).toBe(false);
  expect(files.has(`log/proofs/${captureId}.tlog-proof`)).toBe(true);
  expect(files.has(`log/posts/${postId}.json`)).toBe(true);
  checkArchive(archive);
  await checkLog(archive);
  expect(rebuild(archive).differences).toEqual([]);
});

/** Everything in the bundle that a guess could be held against: digests and salts in hexadecimal and base64, and numbers. */
function targetsIn(files: ReadonlyMap<string, Buffer>) {
  const all = [...files.values()].map((bytes) => bytes.toString('latin1')).join('\n');
  const digests = new Set([...all.matchAll(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)].map(([hex]) => hex));
  for (const [base64] of all.matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g))
    digests.add(Buffer.from(base64, 'base64').toString('hex'));
  for (const bytes of files.values()) digests.add(createHash('sha256').update(bytes).digest('hex'));
  return { digests, all };
}

const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Whether a guess, by itself or with one of the salts, is one of the digests, in any way that the format hashes. */
function isHit(digests: ReadonlySet<string>, guesses: readonly string[]): boolean {
  const salts = [...digests].map((hex) => Buffer.from(hex, 'hex'));
  return guesses.some((guess) => {
    const inner = Buffer.from(sha256(guess), 'hex');
    const plain = [sha256(guess), sha256('\0', guess), sha256(inner), sha256('\0', inner)];
    const salted = salts.flatMap((salt) => [
      sha256(salt, guess),
      sha256('\0', salt, guess),
      sha256('\x02', salt, inner),
      sha256('\x04', salt, guess),
      ...['\x03', '\x05'].map((prefix) =>
        sha256('\0', Buffer.from(sha256(prefix, salt, Buffer.alloc(4)), 'hex'), guess),
      ),
    ]);
    return [...plain, ...salted].some((digest) => digests.has(digest));
  });
}

test('a dictionary of names, held against every digest, salt and length of the bundle, does not tell the hidden one', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId, postId } = await desk();
  const whole = await compile(archive);
  redact(archive, captureId);
  const { files } = await compile(archive);
  const page = (name: string): string =>
    postPage(text.replaceAll('Zora Brandt', name).replaceAll('ZORA BRANDT', name.toUpperCase())).replace(
      '</title>',
      ` by ${name}</title>`,
    );
  const post = JSON.parse(whole.files.get(`log/posts/${postId}.json`)?.toString() ?? '');
  const sealed = [...whole.files].find(
    ([path, bytes]) => path.startsWith('log/documents/') && bytes.includes('capture.sealed'),
  );

  /** What a guess gives rise to: with it every salt of the bundle is tried, and none. */
  const guesses = (name: string) => {
    const guessed = text.replaceAll('Zora Brandt', name).replaceAll('ZORA BRANDT', name.toUpperCase());
    const words = [name, name.toUpperCase(), ...segments(guessed), guessed, page(name)];
    const parts = segments(guessed).map((value, n) => JSON.stringify({ n, name: 'text', value }));
    const original = sha256(page(name));
    const document = (sealed?.[1].toString() ?? '').replaceAll(sha256(page(hidden)), original);
    const size = Buffer.byteLength(page(name));
    const file = canonicalJson({ mediaType: 'text/html', role: 'original', sha256: original, size });
    return [...words, ...parts, JSON.stringify({ ...post.content, text: guessed }), document, file];
  };
  const hits = (digests: ReadonlySet<string>): string[] =>
    candidates.filter((name) => isHit(digests, guesses(name)));
  const { digests, all } = targetsIn(files);

  // The attack tells the name where nothing is withheld: what it looks for can be found.
  expect(hits(targetsIn(whole.files).digests)).toEqual([hidden]);
  expect(hits(digests)).toEqual([]);
  expect(all).not.toContain(sha256(page(hidden)));
  // The size of what stays behind is no number of a record.
  const originalSize = Buffer.byteLength(page(hidden));
  const numbers = new Set(
    [...files]
      .filter(([path]) => path.endsWith('.json'))
      .flatMap(([, bytes]) => [...bytes.toString().matchAll(/(?<=:)\d+(?=[,}])/g)].map(([n]) => Number(n))),
  );
  expect(numbers.has(originalSize)).toBe(false);
});

test('the same page with a longer name gives files of the same sizes', { timeout: 60_000 }, async () => {
  const sizes = async (name: string) => {
    const archive = await makeArchive({ plain: true });
    const said = `At noon ${name}, of Elmwick, said: all crows are vermin.`;
    const postId = await importPage(archive, said, postPage(said).replace('</title>', ` by ${name}</title>`));
    redact(archive, requirePost(archive, postId).captureId, [name]);
    const { files } = await compile(archive);
    const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
    return (
      [...files]
        // VERIFY.txt writes the signer's and the log's random keys out, in escapes.
        .filter(([path]) => !path.startsWith('sig/') && path !== 'VERIFY.txt')
        .map(([path, bytes]) => `${path.replaceAll(uuid, 'id')} ${bytes.length}`)
        .sort()
    );
  };

  expect(await sizes('Anastasia Featherstonehaugh')).toEqual(await sizes('Al Ek'));
});

test('tags leave where neither their words nor their places tell of what is hidden', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId, postId } = await desk();
  const tag = (because: string, ...quotes: string[]) =>
    addTag(archive, {
      postId,
      clauseKey: 'x/hateful-conduct',
      because,
      quotes: quotes.map((words) => findQuote(text, words)),
    });
  tag('the whole post');
  tag('before', 'At noon');
  tag('behind', 'crows are vermin');
  tag(`names ${hidden}`);
  redact(archive, captureId);

  const { files, report } = await compile(archive);

  const reasons = (evidenceIn(files).partialCaptures ?? []).flatMap(({ readings }) =>
    readings.flatMap(({ posts }) => posts.flatMap(({ tags }) => tags.map(({ because }) => because))),
  );
  expect(reasons).toEqual(['the whole post', 'before']);
  expect(report.tags).toBe(2);
  expect(evidenceIn(files).leaving?.leftOut).toEqual([{ class: 'redacted-tags', count: 2 }]);
});

test('where the words stand in another capture or file, nothing is written until they are withheld there too', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId } = await desk();
  const other = await importPage(archive, 'I saw Zora', postPage('I saw Zora%20Brandt'));
  redact(archive, captureId);

  await expect(compile(archive)).rejects.toMatchObject({ code: 'redaction-impossible' });
  redact(archive, requirePost(archive, other).captureId);
  const { files } = await compile(archive);

  expect(evidenceIn(files).partialCaptures).toHaveLength(2);
});

test('redactions hold for the recipients that they are chosen for, can be lifted, and stay in the log', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId } = await desk();
  const one = redact(archive, captureId);

  expect(evidenceIn((await compile(archive, { redactions: [] })).files).partialCaptures).toBeUndefined();
  expect(evidenceIn((await compile(archive, { redactions: [one.id] })).files).captures).toEqual([]);
  liftRedaction(archive, one.id, 'she agreed');
  expect(evidenceIn((await compile(archive)).files).captures).toHaveLength(1);

  expect(listRedactions(archive)).toMatchObject([{ id: one.id, lifted: true, because: 'a bystander' }]);
  expect(() => liftRedaction(archive, one.id, 'again')).toThrow(/lifted before/);
  expect(() => redact(archive, captureId, [' '.repeat(3)])).toThrow(/two characters/);
  expect(
    (await previewBundle(archive, { identity: await identity(), captures: 'all' }, { machine })).captures,
  ).toBe(1);
  checkArchive(archive);
  expect(rebuild(archive).differences).toEqual([]);
});

test('a file that stayed behind is known again by whoever has it and what was revealed', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId } = await desk();
  redact(archive, captureId);
  const { path } = await compile(archive);
  const folder = temporaryFolder();
  const file = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const original = file('page.html', postPage(text).replace('</title>', ` by ${hidden}</title>`));
  const revealed = file('revealed.json', revealCapture(archive, captureId));
  const alone = file('alone.json', revealFile(archive, captureId, sha256(readFileSync(original))));
  const forged = file('forged.json', readFileSync(revealed, 'utf8').replace('post.html', 'pest.html'));

  expect(await checkOriginal(path, original, revealed)).toMatchObject({
    capture: captureId,
    role: 'original',
  });
  expect(await checkOriginal(path, original, alone)).toMatchObject({ capture: captureId, role: 'original' });
  const other = file('other.html', 'another');
  await expect(checkOriginal(path, other, revealed)).rejects.toThrow(/none of the files/);
  await expect(checkOriginal(path, other, alone)).rejects.toThrow(/not the file that was revealed/);
  const bent = file('bent.json', readFileSync(alone, 'utf8').replace('"size":', '"size":1'));
  await expect(checkOriginal(path, original, bent)).rejects.toThrow(/no file that the bundle commits to/);
  await expect(checkOriginal(path, original, forged)).rejects.toThrow(/not what the line/);
  await expect(checkOriginal(path, original, file('x.json', '{}'))).rejects.toMatchObject({
    code: 'bad-input',
  });
});

test('of a redacted page its pictures go along, each proven to be the capture’s by the line behind its sealing', {
  timeout: 60_000,
}, async () => {
  const archive = await makeArchive({ plain: true });
  const bytes = readFileSync(join(import.meta.dirname, '../../../build/icons/16x16.png'));
  const picture = `{"image":"data:image/png;base64,${bytes.toString('base64')}",`;
  const page = postPage(text).replace('{"@context"', `${picture}"@context"`);
  const captureId = requirePost(archive, await importPage(archive, text, page)).captureId;
  redact(archive, captureId);

  const { files, report } = await compile(archive);

  expect(report.verification.steps.find(({ step }) => step === 'artifacts')).toMatchObject({ status: 'ok' });
  const [capture] = evidenceIn(files).partialCaptures ?? [];
  expect(capture).toMatchObject({
    committed: { artifacts: 2 },
    files: [{ role: 'media', sha256: sha256(bytes), size: bytes.length, index: 1 }],
    withheld: [{ what: 'words' }, { what: 'artifact', role: 'original' }],
  });
  expect(files.get(capture?.files[0]?.path ?? '')?.equals(bytes)).toBe(true);
  await checkLog(archive);
  expect(
    eventsOf(archive, captureId)
      .events.map(({ kind }) => kind)
      .slice(0, 2),
  ).toEqual(['capture.sealed', 'artifacts.committed']);
});

const icon = readFileSync(join(import.meta.dirname, '../../../build/icons/64x64.png'));

async function pictureDesk() {
  const archive = await makeArchive({ plain: true });
  await importFile(
    archive,
    'picture.png',
    (async function* () {
      yield icon;
    })(),
  );
  const captureId = listCaptures(archive, 0, 10).captures[0]?.id ?? '';
  const cover = (region: Region) =>
    addRedaction(archive, {
      captureId,
      hides: { what: 'regions', sha256: sha256(icon), role: 'original', regions: [region] },
      because: 'a face',
    });
  return { archive, captureId, cover };
}

test('parts of one picture that two redactions cover leave covered in one picture, which differs nowhere else', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId, cover } = await pictureDesk();
  const regions = [
    { x: 10, y: 20, width: 30, height: 8 },
    { x: 40, y: 40, width: 8, height: 8 },
  ];
  regions.forEach(cover);

  const { path, files } = await compile(archive);

  const [capture] = evidenceIn(files).partialCaptures ?? [];
  expect(capture?.files).toMatchObject([{ role: 'original', mediaType: 'image/png', covered: regions }]);
  const [before, after] = [
    readPng(icon),
    readPng(files.get(capture?.files[0]?.path ?? '') ?? Buffer.alloc(0)),
  ];
  const isCovered = (px: number, py: number) =>
    regions.some(({ x, y, width, height }) => px >= x && px < x + width && py >= y && py < y + height);
  const wrong: string[] = [];
  for (let y = 0; y < before.height; y += 1)
    for (let x = 0; x < before.width; x += 1)
      if (after.at(x, y) !== (isCovered(x, y) ? '000000' : before.at(x, y))) wrong.push(`${x},${y}`);
  expect(wrong).toEqual([]);
  expect(readFileSync(path).includes(sha256(icon))).toBe(false);

  // Withheld whole as well, it does not leave at all.
  addRedaction(archive, {
    captureId,
    hides: { what: 'artifact', sha256: sha256(icon), role: 'original' },
    because: 'all of it',
  });
  const [nothing] = evidenceIn((await compile(archive)).files).partialCaptures ?? [];
  expect(nothing).toMatchObject({
    files: [],
    withheld: [{ what: 'artifact', role: 'original', because: 'all of it' }],
  });
});

test('a whole file stays behind, and with a picture everything that shows it', {
  timeout: 60_000,
}, async () => {
  const { archive, captureId } = await pictureDesk();
  const digest = sha256(icon);
  addRedaction(archive, {
    captureId,
    hides: { what: 'artifact', sha256: digest, role: 'original' },
    because: 'a face',
  });

  const { path, files } = await compile(archive);

  expect(evidenceIn(files).partialCaptures).toMatchObject([
    { files: [], withheld: [{ what: 'artifact', role: 'original', because: 'a face' }] },
  ]);
  expect(readFileSync(path).includes(digest)).toBe(false);
  expect([...files.values()].some((each) => each.equals(icon))).toBe(false);
});
