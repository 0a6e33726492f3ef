/** Files of captures that are shown in part: proven one by one, and what a signer bent before signing is named. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { artifactSalt, artifactsRoot } from '../../../evidence/artifact/commitment.ts';
import {
  type ArtifactFile,
  type ArtifactProof,
  isCommitted,
  proveArtifacts,
  readArtifactFile,
} from '../../../evidence/bundle/artifact-file.ts';
import { type Evidence, evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { paths } from '../../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  resign,
  step,
  text,
  unpack,
  verify,
} from '../build/bundle.ts';
import { partialIds, partialPlan, withheldPage } from '../build/sample-partial.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await unpack(await compile(partialPlan(signer), signer));
const [one, two] = partialIds;

const evidenceIn = (files: Files) => evidenceSchema.parse(JSON.parse(text(files, paths.evidence)));
const proofsIn = (files: Files, capture: string): ArtifactFile =>
  readArtifactFile(encode(text(files, paths.artifacts(capture))));

/** evidence.json and what repeats it. */
function write(files: Files, evidence: Evidence): void {
  files.set(paths.evidence, canonicalBytes(evidence));
  for (const capture of evidence.partialCaptures ?? [])
    files.set(paths.record(capture.id), canonicalBytes(capture));
}

/** The first capture in evidence.json changed, everywhere. */
function changeEntry(
  files: Files,
  change: (entry: NonNullable<Evidence['partialCaptures']>[number]) => void,
) {
  const evidence = evidenceIn(files);
  const [entry] = evidence.partialCaptures ?? [];
  if (entry === undefined) throw new Error('no capture in part');
  change(entry);
  write(files, evidence);
}

function changeProofs(files: Files, change: (proofs: ArtifactProof[]) => ArtifactProof[]): void {
  const file = proofsIn(files, one);
  files.set(paths.artifacts(one), canonicalBytes({ ...file, artifacts: change(file.artifacts) }));
}

/** The files of an event are nowhere any more. */
function dropEvent(files: Files, event: string): void {
  for (const path of [paths.document(event), paths.leaf(event), paths.salt(event)]) files.delete(path);
  const inclusion = JSON.parse(text(files, paths.inclusion));
  inclusion.leaves = inclusion.leaves.filter((leaf: { event: string }) => leaf.event !== event);
  files.set(paths.inclusion, canonicalBytes(inclusion));
}

async function resigned(change: (files: Files) => void) {
  const files: Files = new Map(bundle);
  change(files);
  await resign(files, signer);
  return verify(await pack(files), signer);
}

test('each file that goes along is proven; the withheld one stands nowhere, nor its digest or size', async () => {
  const verification = await verify(await pack(bundle), signer);

  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(step(verification, 'artifacts')).toMatchObject({ status: 'ok', code: 'ok' });
  expect(verification.verdict).toBe('trusted');
  const [entry] = evidenceIn(bundle).partialCaptures ?? [];
  expect(entry?.committed).toMatchObject({ artifacts: 4 });
  expect(entry?.files.map(({ index }) => index)).toEqual([1, 2, 3]);
  expect(text(bundle, paths.report)).toContain('with 4 files, of which 3 go along as they were');
  expect(text(bundle, paths.report)).toContain('proven: number 2 of its files');
  expect(text(bundle, paths.instructions)).toContain(`${one}  proven in\n    ${paths.artifacts(one)}`);
  const digest = toHex(nodeSha256.of(withheldPage));
  for (const [path, bytes] of bundle) {
    const said = new TextDecoder().decode(bytes);
    expect(said, path).not.toContain(digest);
    if (path.endsWith('.json')) expect(said, path).not.toMatch(new RegExp(`:${withheldPage.length}[,}]`));
  }
});

test('of a capture that was sealed before, the step, the report and VERIFY.txt say that it is the signer’s word', async () => {
  const old = await unpack(await compile(partialPlan(signer, { committed: 'none' }), signer));

  const verification = await verify(await pack(old), signer);

  expect(step(verification, 'artifacts')).toMatchObject({ status: 'not-known', code: 'files-by-word' });
  expect(verification.verdict).toBe('trusted');
  expect(evidenceIn(old).partialCaptures?.[0]?.committed).toBeUndefined();
  expect(text(old, paths.report)).toContain('sealed before the log committed to files one by one');
  expect(text(old, paths.instructions)).toContain(`${one}  the signer's word`);
});

const [media] = proofsIn(bundle, one).artifacts;
if (media === undefined) throw new Error('nothing is proven');
const mediaPath = `data/captures/${one}/media/${media.artifact.sha256}.png`;
const other = encode('another film');
const otherDigest = toHex(nodeSha256.of(other));

describe('fails', () => {
  test.each<[what: string, code: string, change: (files: Files) => void]>([
    ['a changed file', 'artifact-differs', (files) => files.set(mediaPath, other)],
    ['a file that is missing', 'artifact-differs', (files) => files.delete(mediaPath)],
    [
      'a changed file, said everywhere to be the one',
      'artifact-not-proven',
      (files) => {
        const said = { sha256: otherDigest, size: other.length };
        changeProofs(files, ([first, ...rest]) =>
          first === undefined ? rest : [{ ...first, artifact: { ...first.artifact, ...said } }, ...rest],
        );
        const path = mediaPath.replace(media.artifact.sha256, otherDigest);
        files.delete(mediaPath);
        files.set(path, other);
        changeEntry(files, (entry) =>
          entry.files.splice(0, 1, { ...media.artifact, ...said, index: 1, path }),
        );
      },
    ],
    [
      'swapped salts',
      'artifact-not-proven',
      (files) =>
        changeProofs(files, ([a, b, ...rest]) =>
          a === undefined || b === undefined
            ? rest
            : [{ ...a, salt: b.salt }, { ...b, salt: a.salt }, ...rest],
        ),
    ],
    [
      'the proofs of another capture',
      'proofs-unreadable',
      (files) => files.set(paths.artifacts(one), encode(text(files, paths.artifacts(two)))),
    ],
    [
      'the proofs of another capture, said to be of this one',
      'artifact-not-proven',
      (files) => {
        const { capture, event, v } = proofsIn(files, one);
        const { artifacts } = proofsIn(files, two);
        files.set(paths.artifacts(one), canonicalBytes({ v, capture, event, artifacts }));
      },
    ],
    ['a dropped proof', 'artifact-without-proof', (files) => changeProofs(files, ([, ...rest]) => rest)],
    ['dropped proofs', 'file-missing', (files) => files.delete(paths.artifacts(one))],
    [
      'an artifact twice',
      'proofs-unreadable',
      (files) => changeProofs(files, (proofs) => [...proofs, ...proofs.slice(-1)]),
    ],
    [
      'a file passed over in silence',
      'artifacts-uncounted',
      (files) =>
        changeEntry(files, (entry) => {
          entry.withheld = [{ what: 'words', because: 'a bystander' }];
        }),
    ],
    [
      'proofs of no capture',
      'file-unexpected',
      (files) =>
        files.set(
          paths.artifacts('01970000-0000-7000-8000-0000000000ff'),
          canonicalBytes(proofsIn(files, one)),
        ),
    ],
    [
      'a commitment dropped, its proofs kept',
      'file-unexpected',
      (files) => {
        dropEvent(files, proofsIn(files, one).event);
        changeEntry(files, (entry) => {
          delete entry.committed;
          for (const file of entry.files) delete file.index;
        });
      },
    ],
  ])('%s', async (_what, code, change) => {
    const verification = await resigned(change);

    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'artifacts')).toMatchObject({ status: 'failed', code });
  });

  test.each<[what: string, options: Parameters<typeof partialPlan>[1]]>([
    ['a commitment that does not stand right behind the sealing', { committed: 'later' }],
    ['a commitment younger than the checkpoint of the capture', { checkpointBetween: true }],
  ])('%s', async (_what, options) => {
    const bent = await unpack(await compile(partialPlan(signer, options), signer));

    const verification = await verify(await pack(bent), signer);

    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'artifacts')).toMatchObject({ status: 'failed', code: 'commitment-misplaced' });
  });

  test.each<[what: string, code: string, change: (files: Files) => void]>([
    [
      'a commitment that evidence.json does not show',
      'not-shown',
      (files) =>
        changeEntry(files, (entry) => {
          delete entry.committed;
          for (const file of entry.files) delete file.index;
        }),
    ],
    [
      'a commitment that is not there',
      'evidence-points-nowhere',
      (files) => {
        dropEvent(files, proofsIn(files, one).event);
        files.delete(paths.artifacts(one));
      },
    ],
    [
      'another role than the proven one',
      'evidence-contradicts',
      (files) =>
        changeEntry(files, (entry) => {
          const [, film] = entry.files;
          if (film !== undefined) film.mediaType = 'video/webm';
        }),
    ],
    [
      'a place among the files that nothing proves',
      'evidence-contradicts',
      (files) => {
        dropEvent(files, proofsIn(files, one).event);
        files.delete(paths.artifacts(one));
        changeEntry(files, (entry) => {
          delete entry.committed;
        });
      },
    ],
  ])('against evidence.json: %s', async (_what, code, change) => {
    const verification = await resigned(change);

    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code });
  });
});

test('a commitment dropped whole leaves the signer’s word, and says so', async () => {
  const verification = await resigned((files) => {
    dropEvent(files, proofsIn(files, one).event);
    files.delete(paths.artifacts(one));
    changeEntry(files, (entry) => {
      delete entry.committed;
      for (const file of entry.files) delete file.index;
    });
  });

  expect(verification.verdict).toBe('trusted');
  expect(step(verification, 'artifacts')).toMatchObject({ status: 'not-known', code: 'files-by-word' });
  expect(step(verification, 'artifacts').message).toContain('Of 2 captures');
});

const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const someArtifacts = fc.array(
  fc.record({
    role: fc.constantFrom('original' as const, 'media' as const, 'wacz' as const),
    mediaType: fc.string(),
    sha256: hex,
    size: fc.nat(),
  }),
  { minLength: 1, maxLength: 40 },
);

test('for any artifacts and any choice of them: each proof holds, and for nothing else', () => {
  fc.assert(
    fc.property(
      someArtifacts,
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.infiniteStream(fc.boolean()),
      (artifacts, sealingSalt, chosen) => {
        const indexes = artifacts.map((_, i) => i).filter(() => chosen.next().value === true);
        const committed = {
          artifacts: artifacts.length,
          root: toHex(artifactsRoot(nodeSha256, sealingSalt, artifacts)),
        };
        const proofs = proveArtifacts(nodeSha256, sealingSalt, artifacts, indexes);
        const file = { v: 1, capture: one, event: two, artifacts: proofs } as const;
        const read = readArtifactFile(canonicalBytes(file));

        expect(read.artifacts.map(({ artifact }) => artifact)).toEqual(indexes.map((i) => artifacts[i]));
        for (const proof of read.artifacts) {
          const { artifact, index, path, salt } = proof;
          const digest = artifact.sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
          const bent: ArtifactProof[] = [
            { ...proof, artifact: { ...artifact, sha256: digest } },
            { ...proof, artifact: { ...artifact, size: artifact.size + 1 } },
            { ...proof, artifact: { ...artifact, mediaType: `${artifact.mediaType}x` } },
            { ...proof, artifact: { ...artifact, role: 'dom' } },
            { ...proof, index: index + 1 },
            { ...proof, salt: toHex(artifactSalt(nodeSha256, sealingSalt, index + 1)) },
            { ...proof, path: [...path, salt] },
            ...(path.length === 0 ? [] : [{ ...proof, path: path.slice(1) }]),
          ];
          expect(isCommitted(nodeSha256, proof, committed)).toBe(true);
          expect(bent.filter((each) => isCommitted(nodeSha256, each, committed))).toEqual([]);
          expect(isCommitted(nodeSha256, proof, { ...committed, artifacts: artifacts.length + 1 + 64 })).toBe(
            false,
          );
        }
        // Neither the salt of the sealing nor that of a file that stays behind is in what leaves.
        const written = new TextDecoder().decode(canonicalBytes(file));
        expect(written).not.toContain(toHex(sealingSalt));
        for (const i of artifacts.keys()) {
          if (!indexes.includes(i))
            expect(written).not.toContain(toHex(artifactSalt(nodeSha256, sealingSalt, i)));
        }
      },
    ),
    { numRuns: 100 },
  );
});
