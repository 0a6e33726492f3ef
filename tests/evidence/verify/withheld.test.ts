/** A post of which words are withheld: what is shown is proven, what is not cannot be found out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { checkPartial } from '../../../evidence/bundle/partial-post.ts';
import { postFiles, provePost, readPostFile, withholdParts } from '../../../evidence/bundle/post-file.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { leafHash } from '../../../evidence/log/merkle.ts';
import { readingRoot } from '../../../evidence/post/commitment.ts';
import { type Part, toParts } from '../../../evidence/post/parts.ts';
import { compile, makeIdentity, pack, resign, step, text, unpack, verify } from '../build/bundle.ts';
import { content, id, salt, samplePlan, words } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');

/** One post of a reading of three; the others are only there to be proven against. */
function proofOf(post: ReturnType<typeof content>) {
  const others = [content({ text: 'before' }), post, content({ text: 'after' })];
  const posts = others.map((each, i) => ({ id: id(i + 1), content: each, salt: salt(`post ${i}`) }));
  const files = postFiles(nodeSha256, id(9), posts);
  const root = toHex(
    readingRoot(
      nodeSha256,
      files.map((file) => ({ id: file.post, root: Buffer.from(file.root, 'hex') })),
    ),
  );
  return { reading: { root, posts: 3 }, file: readPostFile(files[1]?.bytes ?? new Uint8Array()) };
}

const sample = content({
  title: 'On crows',
  text: words.english,
  author: { name: 'Ada', handle: 'ada', platformId: null, url: null },
});

describe('some words of a post', () => {
  test('are proven with any parts withheld, and the rest is not there', () => {
    const { reading, file } = proofOf(sample);
    const parts = toParts(sample);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: parts.length, maxLength: parts.length }), (mask) => {
        const partial = withholdParts(nodeSha256, file, (_part, i) => mask[i] === true);
        const bytes = canonicalBytes(partial);
        const { shown } = provePost(nodeSha256, readPostFile(bytes), reading);
        expect(shown).toEqual({
          whole: false,
          parts: parts.map((part, i) => (mask[i] === true ? null : part)),
        });
      }),
      { numRuns: 50 },
    );
  });

  test('leave no way to guess a withheld word: neither the post salt nor a hash of the word alone is there', () => {
    const { file } = proofOf(sample);
    const partial = withholdParts(nodeSha256, file, (part) => part.value === 'vermin. ');
    const written = new TextDecoder().decode(canonicalBytes(partial));
    expect(written).not.toContain('vermin');
    expect(written).not.toContain(toHex(salt('post 1')));
    const index = toParts(sample).findIndex((part) => part.value === 'vermin. ');
    const part = toParts(sample)[index];
    if (part === undefined) throw new Error('no such part');
    // Whoever guesses the word has nothing to compare the guess with.
    const guesses = [
      nodeSha256.of(canonicalBytes(part)),
      leafHash(nodeSha256, canonicalBytes(part)),
      nodeSha256.of(Buffer.from('vermin. ')),
    ];
    for (const guess of guesses) expect(written).not.toContain(toHex(guess));
    if (!('parts' in partial)) throw new Error('not in parts');
    const salts = partial.parts.flatMap((entry) => ('salt' in entry ? [Buffer.from(entry.salt, 'hex')] : []));
    const target = partial.parts[index];
    for (const known of salts) {
      expect(target).not.toEqual({
        hash: toHex(leafHash(nodeSha256, Buffer.concat([known, canonicalBytes(part)]))),
      });
    }
  });

  test('do not hold for other words, another salt, another place, another path, another reading', () => {
    const { reading, file } = proofOf(sample);
    const partial = withholdParts(nodeSha256, file, (part) => part.name === 'title');
    if (!('parts' in partial)) throw new Error('not in parts');
    const [first] = partial.parts;
    const lastIndex = partial.parts.length - 1;
    const changed = [
      {
        ...partial,
        parts: partial.parts.with(lastIndex, {
          part: { name: 'text', n: 11, value: 'none!' },
          salt: '0'.repeat(64),
        }),
      },
      {
        ...partial,
        parts: partial.parts.map((entry) =>
          entry === first && 'salt' in entry ? { ...entry, salt: '0'.repeat(64) } : entry,
        ),
      },
      { ...partial, index: 0 },
      { ...partial, size: 4 },
      { ...partial, path: [...partial.path].reverse() },
      { ...partial, path: [] },
      { ...partial, post: id(5) },
    ];
    for (const other of changed) {
      expect(() => provePost(nodeSha256, other, reading)).toThrow(
        expect.objectContaining({ code: 'bad-input' }),
      );
    }
    expect(() => provePost(nodeSha256, partial, { ...reading, root: '0'.repeat(64) })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

describe('parts out of their place', () => {
  const parts: readonly (Part | null)[] = toParts(
    content({ title: 'On crows', text: 'one two  three\nคำ', media: [] }),
  );
  const at = (name: string, n: number) => parts.findIndex((part) => part?.name === name && part.n === n);
  const text0 = at('text', 0);

  test('the sample itself is in order, whole and with gaps', () => {
    expect(() => checkPartial(parts)).not.toThrow();
    expect(() => checkPartial(parts.map((part, i) => (i % 2 === 0 ? part : null)))).not.toThrow();
    expect(() => checkPartial(parts.map(() => null))).not.toThrow();
  });

  const swap = (list: readonly (Part | null)[], i: number, j: number) =>
    list.with(i, list[j] ?? null).with(j, list[i] ?? null);
  test.each<readonly [string, readonly (Part | null)[]]>([
    ['two facts exchanged', swap(parts, 1, 2)],
    ['two words exchanged', swap(parts, text0, text0 + 1)],
    ['a word left out without a gap', parts.toSpliced(text0 + 1, 1)],
    [
      'a word left out, others withheld',
      parts.toSpliced(text0 + 1, 1).map((part, i) => (i === text0 ? null : part)),
    ],
    ['a word called a title', parts.with(text0, { name: 'title', n: 2, value: 'one ' })],
    ['a fact that says what it cannot', parts.with(0, { name: 'kind', n: 0, value: 'confession' })],
    ['a text that ends with a title', parts.slice(0, text0)],
    ['two words in one segment', parts.with(text0, { name: 'text', n: 0, value: 'one more ' })],
    ['half a word', parts.with(text0, { name: 'text', n: 0, value: 'on' })],
    [
      'white space by itself in the middle',
      parts.with(text0 + 1, null).with(text0 + 2, { name: 'text', n: 2, value: ' ' }),
    ],
    ['an unknown name', parts.with(text0, { name: 'remark', n: 0, value: 'one ' })],
    ['a number for a word', parts.with(text0, { name: 'text', n: 0, value: 7 })],
    ['no text at all', parts.slice(0, 14)],
    ['nothing', []],
  ])('%s', (_what, list) => {
    expect(() => checkPartial(list)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

test('a bundle with withheld words verifies, says so, and holds none of them anywhere', async () => {
  const plan = samplePlan(signer);
  const untagged = plan.captures.map((capture) => ({
    ...capture,
    readings: capture.readings.map((reading) => ({
      ...reading,
      posts: reading.posts.map((post) => ({ ...post, tags: [] })),
    })),
  }));
  const files = await unpack(await compile({ ...plan, captures: untagged, clauses: [] }, signer));
  const path = `log/posts/${id(12)}.json`;
  const partial = withholdParts(
    nodeSha256,
    readPostFile(files.get(path) ?? new Uint8Array()),
    (part) => part.value === 'vermin. ',
  );
  files.set(path, canonicalBytes(partial));
  const evidence = evidenceSchema.parse(JSON.parse(text(files, 'data/evidence.json')));
  const capture = evidence.captures[0];
  const post = capture?.readings[0]?.posts[0];
  if (capture === undefined || post?.disclosed !== 'whole' || !('parts' in partial))
    throw new Error('not as planned');
  const { content: _whole, ...rest } = post;
  const shown = partial.parts.map((entry) => ('part' in entry ? entry.part : null));
  capture.readings[0]?.posts.splice(0, 1, { ...rest, disclosed: 'partial', parts: shown });
  files.set('data/evidence.json', canonicalBytes(evidence));
  files.set(`data/captures/${capture.id}/record.json`, canonicalBytes(capture));
  const { renderReport } = await import('../../../evidence/build/report/report.ts');
  const report = renderReport(evidence);
  files.set('data/report.html', Buffer.from(report));
  await resign(files, signer);
  const verification = await verify(await pack(files), signer);
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');
  expect(report).toContain('withheld by the signer');
  for (const [name, bytes] of files) expect(new TextDecoder().decode(bytes), name).not.toContain('vermin');
  // One more withheld in evidence.json than in the proof is a contradiction, too.
  capture.readings[0]?.posts.splice(0, 1, { ...rest, disclosed: 'partial', parts: shown.with(2, null) });
  files.set('data/evidence.json', canonicalBytes(evidence));
  files.set(`data/captures/${capture.id}/record.json`, canonicalBytes(capture));
  await resign(files, signer);
  const hidden = await verify(await pack(files), signer);
  expect(step(hidden, 'evidence').message).toContain('captures[0].readings[0].posts[0].parts[2]');
});
