import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { BundlePlan } from '../../../evidence/build/plan.ts';
import type { Outgoing } from '../../../evidence/build/write.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { base, compile, makeIdentity, signWith, text, unpack } from './bundle.ts';
import { id, samplePlan } from './sample.ts';
import { writeBundle } from './write-bundle.ts';

const signer = await makeIdentity('Ada Invented');
const plan = samplePlan(signer);

function order(path: string, changes: Partial<BundlePlan> = {}) {
  return { plan: { ...plan, ...changes }, path, sign: signWith(signer), sha256: nodeSha256 };
}

describe('a bundle', () => {
  test('has the same bytes outside sig/ for the same plan, in the same order', async () => {
    const [one, two] = [await unpack(await compile(plan, signer)), await unpack(await compile(plan, signer))];
    expect([...one.keys()]).toEqual([...two.keys()]);
    const differing = [...one].filter(
      ([path, bytes]) => Buffer.compare(bytes, two.get(path) ?? new Uint8Array()) !== 0,
    );
    // ECDSA signs with a random number: that the signatures differ shows that both were made.
    expect(differing.map(([path]) => path)).toEqual(['sig/tagmanifest-sha256.txt.p7s']);
  });

  test('holds these files, and says of itself what it is', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'b.zip');
    const progress: number[] = [];
    const written = await writeBundle({ ...order(path), progress: ({ done }) => progress.push(done) });
    expect(readdirSync(folder)).toEqual(['.b.zip.partial']);
    await written.commit();
    const bytes = readFileSync(path);
    expect(written).toMatchObject({ size: bytes.length, sha256: toHex(nodeSha256.of(bytes)) });
    const files = await unpack(bytes);
    expect(written.files).toBe(files.size);
    expect(written.tagManifestSha256).toBe(
      toHex(nodeSha256.of(files.get('tagmanifest-sha256.txt') ?? new Uint8Array())),
    );
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    const events = [2, 4, 10, 20, 22, 24, 30, 40, 42, 50, 52].map(id);
    expect([...files.keys()].sort()).toEqual(
      [
        'bagit.txt',
        'bag-info.txt',
        'VERIFY.txt',
        'verify.html',
        'manifest-sha256.txt',
        'tagmanifest-sha256.txt',
        'data/report.html',
        'data/certification-draft.html',
        'data/evidence.json',
        `data/captures/${id(11)}/record.json`,
        `data/captures/${id(11)}/original.html`,
        [...files.keys()].find((name) => name.startsWith(`data/captures/${id(11)}/media/`)) ?? '',
        `data/captures/${id(31)}/record.json`,
        `data/captures/${id(31)}/original.mhtml`,
        ...events.flatMap((event) => [
          `log/documents/${event}.json`,
          `log/leaves/${event}.json`,
          `log/salts/${event}.txt`,
        ]),
        ...[12, 13, 32].map((post) => `log/posts/${id(post)}.json`),
        'log/checkpoints/107',
        'log/checkpoints/120',
        'log/consistency/107-120',
        'log/inclusion.json',
        ...[11, 31].map((capture) => `log/proofs/${id(capture)}.tlog-proof`),
        'sig/tagmanifest-sha256.txt.p7s',
        'sig/signer.pem',
      ].sort(),
    );
    expect(text(files, 'bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    expect(text(files, 'data/evidence.json')).toContain('"existedNoLaterThan":null');
    expect(text(files, 'data/evidence.json')).toContain("is the signer's own claim");
    expect(base).toBe(`holdfast-${plan.id}`);
  });
});

test('every file goes out through the search, each artifact is read once, and what does not come out is not written', async () => {
  const path = join(temporaryFolder(), 'b.zip');
  const [passed, opened]: [string[], string[]] = [[], []];
  const outgoing: Outgoing = {
    async *pass({ path: file }, content) {
      passed.push(file);
      yield* content;
    },
  };
  const openArtifact = (sha256: string) => {
    opened.push(sha256);
    return plan.openArtifact(sha256);
  };

  const written = await writeBundle({ ...order(path, { openArtifact }), outgoing });
  await written.commit();

  const late = /^(?:sig\/|(?:tag)?manifest-)/;
  const names = [...(await unpack(readFileSync(path))).keys()].filter((name) => !late.test(name));
  expect([...passed].sort()).toEqual(names.sort());
  expect(opened).toHaveLength(new Set(opened).size);
  const closed: Outgoing = { pass: () => Readable.from([]) };
  const nothing = writeBundle({ ...order(`${path}2`), outgoing: closed });
  await expect(nothing).rejects.toMatchObject({ code: 'bad-input' });
});

describe('what cannot become a bundle leaves nothing behind:', () => {
  test.each<readonly [string, BundlePlan['openArtifact']]>([
    ['an artifact that is too short', () => []],
    ['an artifact that never ends', () => endless()],
  ])('%s', async (_what, openArtifact) => {
    const folder = temporaryFolder();
    await expect(writeBundle(order(join(folder, 'b.zip'), { openArtifact }))).rejects.toMatchObject({
      code: 'archive-damaged',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  function* endless(): Generator<Uint8Array> {
    while (true) yield new Uint8Array(1000);
  }

  test('an artifact whose bytes cannot be read', async () => {
    const folder = temporaryFolder();
    const openArtifact = () => {
      throw new Error('the disk is gone');
    };
    await expect(writeBundle(order(join(folder, 'b.zip'), { openArtifact }))).rejects.toThrow(
      'the disk is gone',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a plan without the session of an act, or without the clause of a tag', async () => {
    const folder = temporaryFolder();
    for (const changes of [{ sessions: [] }, { clauses: [] }]) {
      await expect(writeBundle(order(join(folder, 'b.zip'), changes))).rejects.toMatchObject({
        code: 'archive-damaged',
      });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('work that was cancelled', async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    const progress = () => controller.abort();
    await expect(
      writeBundle({ ...order(join(folder, 'b.zip')), progress, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a place that is taken', async () => {
    const path = join(temporaryFolder(), 'b.zip');
    writeFileSync(path, 'mine');
    await expect(writeBundle(order(path))).rejects.toMatchObject({ code: 'output-exists' });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('a bundle that was discarded', async () => {
    const path = join(temporaryFolder(), 'b.zip');
    const written = await writeBundle(order(path));
    await written.discard();
    expect(existsSync(path) || existsSync(written.temporaryPath)).toBe(false);
  });
});
