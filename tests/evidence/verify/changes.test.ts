/** Every change to a bundle after its signature is found, and the file is named. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { openZip } from '../../../evidence/zip/reader.ts';
import {
  base,
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  step,
  unpack,
  verify,
} from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await compile(samplePlan(signer), signer);
const { entries } = await openZip(memorySource(bundle));
const paths = entries.map(({ name }) => name.slice(base.length + 1));

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

async function changed(change: (files: Files) => void) {
  const files = await unpack(bundle);
  change(files);
  return verify(await pack(files), signer);
}

describe('one bit', () => {
  test.each(paths)('of %s, with the checksum of the zip file left as it was', async (path) => {
    const entry = entries.find(({ name }) => name === `${base}/${path}`);
    const { contentOffset = 0, size = 0 } = entry ?? {};
    for (const at of [0, size >> 1, size - 1]) {
      const verification = await verify(flip(bundle, (contentOffset + at) * 8 + 1), signer);
      expect(verification.verdict).toBe('failed');
      expect(verification.files).toContainEqual({ path, problem: 'changed' });
      expect(step(verification, 'container')).toMatchObject({ status: 'failed', code: 'checksum' });
    }
  });

  test.each(paths)('of %s, with a zip file made anew', async (path) => {
    const verification = await changed((files) => {
      const bytes = files.get(path) ?? new Uint8Array();
      files.set(path, flip(bytes, (bytes.length >> 1) * 8 + 1));
    });
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'container').status).toBe('ok');
    expect(verification.files.map((file) => file.path)).toContain(path);
    const covered = !path.startsWith('sig/') && path !== 'tagmanifest-sha256.txt';
    expect(step(verification, 'manifests').status).toBe(
      covered || path === 'tagmanifest-sha256.txt' ? 'failed' : 'ok',
    );
    // A file of the payload is blamed alone: nothing else changed.
    if (path.startsWith('data/captures') || path.startsWith('log/')) {
      expect(verification.files).toEqual([{ path, problem: 'changed' }]);
    }
  });

  test('anywhere in the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bundle.length * 8 - 1), async (bit) => {
        expect((await verify(flip(bundle, bit), signer)).verdict).toBe('failed');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file', () => {
  test.each(paths)('%s taken away', async (path) => {
    const verification = await changed((files) => files.delete(path));
    expect(verification.verdict).toBe('failed');
    expect(verification.files).toContainEqual({ path, problem: 'missing' });
  });

  test.each([
    'data/added.txt',
    'added.txt',
    'log/leaves/added.json',
    'sig/added.pem',
    'sig/chain.pem',
    'data/captures/x.html',
  ])('%s added', async (path) => {
    const verification = await changed((files) => files.set(path, encode('added')));
    expect(verification.verdict).toBe('failed');
    expect(verification.files).toEqual([
      { path, problem: path === 'sig/chain.pem' ? 'changed' : 'unlisted' },
    ]);
  });

  test('put in the place of another', async () => {
    const [one, two] = paths.filter((path) => path.startsWith('log/posts/'));
    if (one === undefined || two === undefined) throw new Error('expected two posts');
    const verification = await changed((files) => {
      const [first, second] = [files.get(one), files.get(two)];
      if (first === undefined || second === undefined) throw new Error('expected two posts');
      files.set(one, second);
      files.set(two, first);
    });
    expect(verification.files).toEqual([
      { path: one, problem: 'changed' },
      { path: two, problem: 'changed' },
    ]);
  });
});

describe('text around a certificate in sig/signer.pem', () => {
  test.each([
    ['before', (pem: string) => `Trusted by the court.\n${pem}`],
    ['after', (pem: string) => `${pem}# checked\n`],
    ['a second certificate', (pem: string) => pem + pem],
    ['other line ends', (pem: string) => pem.replaceAll('\n', '\r\n')],
  ])('%s', async (_what, change) => {
    const verification = await changed((files) => {
      files.set('sig/signer.pem', encode(change(new TextDecoder().decode(files.get('sig/signer.pem')))));
    });
    expect(verification.verdict).toBe('failed');
    expect(verification.files).toEqual([{ path: 'sig/signer.pem', problem: 'changed' }]);
  });
});

describe('the file cut off', () => {
  const boundaries = entries.flatMap(({ offset, contentOffset, size }) => [
    offset,
    contentOffset,
    contentOffset + size,
  ]);

  test('at every structural boundary', async () => {
    for (const length of [...boundaries, bundle.length - 22, bundle.length - 1]) {
      const verification = await verify(bundle.subarray(0, length), signer);
      expect(verification.verdict).toBe('failed');
      expect(step(verification, 'container').code).toBe(length < 4 ? 'not-a-zip' : 'truncated');
    }
  });

  test('anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bundle.length - 1), async (length) => {
        expect((await verify(bundle.subarray(0, length), signer)).verdict).toBe('failed');
      }),
      { numRuns: 200 },
    );
  });

  test('or with bytes after its end', async () => {
    const verification = await verify(Buffer.concat([bundle, Buffer.from('\n')]), signer);
    expect(step(verification, 'container')).toMatchObject({ status: 'failed', code: 'trailing-bytes' });
  });
});
