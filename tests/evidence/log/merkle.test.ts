import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { concatBytes, fromHex, toHex } from '../../../evidence/digest/sha256.ts';
import { inclusionPath, leafHash, merkleRoot, verifyInclusion } from '../../../evidence/log/merkle.ts';

/** The eight leaves that Certificate Transparency implementations test with, and their known roots. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(nodeSha256, fromHex(hex)));
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test.each(roots.map((root, size) => [size, root] as const))(
  'the root of %i known leaves is the known one',
  (size, root) => {
    expect(toHex(merkleRoot(nodeSha256, leaves.slice(0, size)))).toBe(root);
  },
);

/** RFC 6962, section 2.1, word by word: the judge of the faster way. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return nodeSha256.of(new Uint8Array());
  const [only] = hashes;
  if (hashes.length === 1 && only !== undefined) return only;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeSha256.of(
    concatBytes(Uint8Array.of(1), definedRoot(hashes.slice(0, k)), definedRoot(hashes.slice(k))),
  );
}

const tree = fc
  .integer({ min: 1, max: 200 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
const hashes = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => leafHash(nodeSha256, Uint8Array.of(i)));

describe('for trees of any size', () => {
  test('the root is the one that RFC 6962 defines', () => {
    fc.assert(
      fc.property(fc.nat(300), (size) => {
        expect(toHex(merkleRoot(nodeSha256, hashes(size)))).toBe(toHex(definedRoot(hashes(size))));
      }),
    );
  });

  test('every leaf is proven by its path', () => {
    fc.assert(
      fc.property(tree, ({ size, index }) => {
        const all = hashes(size);
        const proof = {
          leaf: all[index] ?? new Uint8Array(),
          index,
          size,
          path: inclusionPath(nodeSha256, all, index),
          root: merkleRoot(nodeSha256, all),
        };
        expect(verifyInclusion(nodeSha256, proof)).toBe(true);
      }),
    );
  });

  test('no path proves another leaf, place, size or root', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 400 }), ({ size, index }, other) => {
        const all = hashes(size);
        const path = inclusionPath(nodeSha256, all, index);
        const root = merkleRoot(nodeSha256, all);
        const leaf = all[index] ?? new Uint8Array();
        const good = { leaf, index, size, path, root };
        const wrong = leafHash(nodeSha256, Uint8Array.of(7, 7));
        const bad = [
          { ...good, leaf: wrong },
          // Shorter and longer than a hash: nothing of an earlier node may stand in for what is missing.
          { ...good, leaf: leaf.subarray(1) },
          { ...good, leaf: new Uint8Array(40) },
          { ...good, root: wrong },
          { ...good, index: index + other },
          { ...good, index: -1 },
          { ...good, size: 0 },
          { ...good, size: Number.NaN },
          { ...good, path: [...path, wrong] },
          { ...good, path: [wrong, ...path.slice(1)] },
          ...(path.length > 0 ? [{ ...good, path: path.slice(1) }] : []),
        ];
        for (const proof of bad) expect(verifyInclusion(nodeSha256, proof)).toBe(false);
      }),
    );
  });
});

test('a path for no leaf is refused', () => {
  expect(() => inclusionPath(nodeSha256, hashes(3), 3)).toThrowError(RangeError);
});
