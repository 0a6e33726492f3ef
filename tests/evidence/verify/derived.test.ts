/** What was cut out of recordings, in a bundle: held against itself, said to be a statement, and what a signer bent is named. */
import { describe, expect, test } from 'vitest';
import { type Evidence, evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { paths } from '../../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import {
  compile,
  type Files,
  makeIdentity,
  pack,
  resign,
  step,
  text,
  unpack,
  verify,
} from '../build/bundle.ts';
import { derivedPlan, wholeRecording } from '../build/sample-derived.ts';
import { partialIds } from '../build/sample-partial.ts';
import { exhibited } from '../wacz/derived-board.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await unpack(await compile(await derivedPlan(signer), signer));
const [one] = partialIds;
const path = `data/captures/${one}/exhibits.wacz`;

type Shown = NonNullable<Evidence['partialCaptures']>[number]['files'][number];

/** The first capture and its derived file in evidence.json changed, wherever they stand. */
function changeFile(files: Files, change: (file: Shown) => Shown[]): void {
  const evidence = evidenceSchema.parse(JSON.parse(text(files, paths.evidence)));
  for (const capture of evidence.partialCaptures ?? []) {
    if (capture.id === one)
      capture.files = capture.files.flatMap((file) => (file.role === 'exhibits' ? change(file) : [file]));
    files.set(paths.record(capture.id), canonicalBytes(capture));
  }
  files.set(paths.evidence, canonicalBytes(evidence));
}

const withDerived = (part: Partial<NonNullable<Shown['derived']>>) => (files: Files) =>
  changeFile(files, ({ derived, ...file }) =>
    derived ? [{ ...file, derived: { ...derived, ...part } }] : [],
  );

async function resigned(change: (files: Files) => void) {
  const files: Files = new Map(bundle);
  change(files);
  await resign(files, signer);
  return verify(await pack(files), signer);
}

test('it holds, and three places say whose statement it is; the whole one stands nowhere, nor its digest', async () => {
  const verification = await verify(await pack(bundle), signer);

  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');
  expect(step(verification, 'artifacts')).toMatchObject({
    status: 'ok',
    message: expect.stringContaining(
      'Recordings that were cut down to what exhibits need are the statement of the signer',
    ),
  });
  expect(step(verification, 'wacz')).toMatchObject({
    status: 'ok',
    message: expect.stringContaining('Of these, 2 are cut down to what exhibits need'),
  });
  expect(text(bundle, paths.report)).toContain('records of the recording (WACZ) that stays behind');
  expect(text(bundle, paths.instructions)).toContain('A file exhibits.wacz is derived');
  const digest = toHex(nodeSha256.of(await wholeRecording()));
  expect([...bundle.values()].some((bytes) => Buffer.from(bytes).includes(digest))).toBe(false);
});

describe('changed after the signature', () => {
  test('a byte of it', async () => {
    const files: Files = new Map(bundle);
    const bytes = Buffer.from(files.get(path) ?? []);
    bytes.write('7:40', bytes.indexOf('6:40 ferry'));
    files.set(path, new Uint8Array(bytes));
    const verification = await verify(await pack(files), signer);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'manifests').status).toBe('failed');
    expect(step(verification, 'wacz').status).toBe('failed');
  });

  test('left out', async () => {
    const files: Files = new Map(bundle);
    files.delete(path);
    expect((await verify(await pack(files), signer)).verdict).toBe('failed');
  });
});

describe('bent by the signer', () => {
  test('words in a record', async () => {
    const verification = await resigned((files) => {
      const bytes = Buffer.from(files.get(path) ?? []);
      const at = bytes.indexOf(exhibited.slice(0, 10));
      bytes.write('The 7', at);
      files.set(path, new Uint8Array(bytes));
      const sha256 = toHex(nodeSha256.of(bytes));
      changeFile(files, (file) => [{ ...file, sha256 }]);
    });
    expect(step(verification, 'signature').status).toBe('ok');
    expect(step(verification, 'wacz')).toMatchObject({ status: 'failed' });
    expect(verification.verdict).toBe('failed');
  });

  test.each([
    ['posts that are not shown', withDerived({ posts: [one] })],
    ['more records than there were', withDerived({ records: 900, of: 90 })],
    [
      'a file of another kind',
      (files: Files) => changeFile(files, (file) => [{ ...file, mediaType: 'text/plain' }]),
    ],
  ])('said of it: %s', async (_what, change) => {
    const verification = await resigned(change);
    expect(step(verification, 'artifacts')).toMatchObject({ status: 'failed', code: 'derived-unfit' });
  });

  test('passed off as a file that the capture sealed', async () => {
    const verification = await resigned((files) =>
      changeFile(files, ({ derived: _derived, ...file }) => [{ ...file, role: 'wacz' }]),
    );
    expect(step(verification, 'artifacts')).toMatchObject({
      status: 'failed',
      code: 'artifact-without-proof',
    });
  });

  test('other words about what it is worth', async () => {
    const verification = await resigned((files) => {
      const said = text(files, paths.evidence).replace(
        'The statement of whoever signed',
        'Proven by whoever signed',
      );
      files.set(paths.evidence, new TextEncoder().encode(said));
    });
    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code: 'evidence-unreadable' });
  });
});
