import { describe, expect, test } from 'vitest';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { compile, encode, makeIdentity, pack, resign, step, text, unpack, verify } from '../build/bundle.ts';
import { id, samplePlan, words } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const namesake = await makeIdentity('Ada Invented');
const bundle = await compile(samplePlan(signer), signer);

describe('the verdict on a good bundle', () => {
  test('is trusted when the signer is one that was named', async () => {
    const verification = await verify(bundle, namesake, signer);
    expect(verification).toMatchObject({
      verdict: 'trusted',
      files: [],
      signedAt: '2026-05-03T12:35:00.000Z',
    });
    expect(verification.signer).toEqual(signer.signer);
    expect(verification.steps.map(({ step: name, status }) => `${name} ${status}`)).toEqual([
      'container ok',
      'bag ok',
      'manifests ok',
      'unlisted-files ok',
      'signature ok',
      'signer-trust ok',
      'revocation not-present',
      'timestamps not-present',
      'timestamp-trust not-present',
      'checkpoints ok',
      'leaves ok',
      'inclusion ok',
      'artifacts not-present',
      'wacz not-present',
      'evidence ok',
    ]);
  });

  test('is consistent when nobody was named, and tells the fingerprint to compare', async () => {
    const verification = await verify(bundle);
    expect(verification).toMatchObject({ verdict: 'consistent', files: [] });
    expect(step(verification, 'signer-trust')).toMatchObject({
      status: 'not-known',
      code: 'signer-not-checked',
    });
    expect(step(verification, 'signer-trust').message).toContain(signer.signer.fingerprint);
  });

  test('is consistent, never trusted, when somebody else was named, of the same name even', async () => {
    const verification = await verify(bundle, namesake);
    expect(verification.verdict).toBe('consistent');
    expect(step(verification, 'signer-trust')).toMatchObject({
      status: 'not-known',
      code: 'trust-signer-not-named',
    });
  });
});

describe('the verdict on a bundle that somebody made anew', () => {
  test('is consistent, never trusted, when a stranger changed a post and all that follows from it, and signed', async () => {
    const forged = samplePlan(namesake, (content) => ({
      ...content,
      text: content.text.replace('vermin', 'welcome'),
    }));
    // The quotes of the tags must stand, or the forgery would contradict itself.
    const captures = forged.captures.map((capture) => ({
      ...capture,
      readings: capture.readings.map((reading) => ({
        ...reading,
        posts: reading.posts.map((post) => ({ ...post, tags: [] })),
      })),
    }));
    const bytes = await compile({ ...forged, captures, clauses: [] }, namesake);
    expect(text(await unpack(bytes), 'data/evidence.json')).toContain('welcome');
    expect((await verify(bytes, signer)).verdict).toBe('consistent');
    expect((await verify(bytes)).verdict).toBe('consistent');
    expect((await verify(bytes, namesake)).verdict).toBe('trusted');
  });

  test('is failed when a stranger signs what the first signer wrote: evidence.json names another', async () => {
    const files = await unpack(bundle);
    await resign(files, namesake);
    const verification = await verify(await pack(files), signer);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'evidence')).toMatchObject({
      code: 'evidence-contradicts',
      message: 'data/evidence.json says otherwise than the certificate that signed at signer.fingerprint.',
    });
  });

  test('is failed when only manifests and signature were made anew: the post is not the one that was read', async () => {
    const files = await unpack(bundle);
    const path = `log/posts/${id(12)}.json`;
    for (const [name, bytes] of files) {
      const changed = new TextDecoder().decode(bytes).replaceAll('vermin', 'lovely');
      if (name === path || name === 'data/evidence.json') files.set(name, encode(changed));
    }
    await resign(files, signer);
    const verification = await verify(await pack(files), signer);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'manifests').status).toBe('ok');
    expect(step(verification, 'signature').status).toBe('ok');
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code: 'post-not-proven' });
    expect(step(verification, 'leaves').message).toContain(path);
  });
});

describe('what is no bundle', () => {
  test.each([
    ['another file', encode('%PDF-1.7\nsomething else entirely'), 'not-a-zip'],
    ['an empty file', new Uint8Array(), 'not-a-zip'],
    ['a bundle cut in half', bundle.subarray(0, bundle.length >> 1), 'truncated'],
  ])('%s fails at the container, and nothing else is known', async (_what, bytes, code) => {
    const verification = await verify(bytes, signer);
    expect(verification).toMatchObject({ verdict: 'failed', signer: null, signedAt: null, files: [] });
    expect(verification.steps[0]).toMatchObject({ step: 'container', status: 'failed', code });
    expect(verification.steps.slice(1).map(({ status }) => status)).toEqual(Array(14).fill('not-known'));
  });

  test('a zip file of ours with something else in it fails at the bag', async () => {
    const { createZipWriter, memorySink } = await import('../../../evidence/zip/writer.ts');
    const sink = memorySink();
    const zip = createZipWriter(sink, { modified: new Date('2026-01-01'), crc32: () => 0 });
    await zip.add('something/else.txt', 0, []);
    await zip.finish();
    const verification = await verify(sink.bytes(), signer);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'bag')).toMatchObject({ status: 'failed', code: 'not-a-bundle' });
    expect(step(verification, 'evidence').status).toBe('not-known');
  });

  test('a bundle under another id fails: its evidence says so', async () => {
    const other = Buffer.from(bundle);
    const [from, to] = [id(7), id(8)].map((each) => Buffer.from(`holdfast-${each}/`));
    if (from === undefined || to === undefined) throw new Error('no names');
    for (let at = other.indexOf(from); at >= 0; at = other.indexOf(from, at + 1)) to.copy(other, at);
    const verification = await verify(other, signer);
    expect(step(verification, 'evidence')).toMatchObject({ code: 'evidence-contradicts' });
    expect(step(verification, 'evidence').message).toContain('at bundle');
  });
});

test('the sample holds what these tests speak of', async () => {
  const files = await unpack(bundle);
  expect(text(files, 'data/evidence.json')).toContain(JSON.stringify(words.persian).slice(1, -1));
  expect(
    Buffer.compare(
      files.get('data/evidence.json') ?? new Uint8Array(),
      canonicalBytes(JSON.parse(text(files, 'data/evidence.json'))),
    ),
  ).toBe(0);
});
