import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { concatBytes, fromHex, toHex } from '../../../evidence/digest/sha256.ts';
import { leafHash, merkleRoot, verifyConsistency, verifyInclusion } from '../../../evidence/log/merkle.ts';
import {
  appendNodes,
  consistencyPath,
  inclusionPath,
  type NodeSource,
  rootAt,
} from '../../../evidence/log/tree.ts';

/** A tree in memory that was appended to leaf by leaf, and counts what is asked of it. */
function grown(size: number) {
  const nodes = new Map<string, Uint8Array>();
  let reads = 0;
  const source: NodeSource = {
    node: (level, index) => {
      reads += 1;
      const hash = nodes.get(`${level}/${index}`);
      if (hash === undefined) throw new Error(`no node ${level}/${index}`);
      return hash;
    },
  };
  const leaves: Uint8Array[] = [];
  for (let i = 0; i < size; i++) {
    const leaf = leafHash(nodeSha256, new TextEncoder().encode(`leaf ${i}`));
    leaves.push(leaf);
    for (const node of appendNodes(nodeSha256, source, i, leaf))
      nodes.set(`${node.level}/${node.index}`, node.hash);
    nodes.set(`0/${i}`, leaf);
  }
  return { source, leaves, nodes, reads: () => reads };
}

const tree = grown(600);
const H = (...parts: Uint8Array[]) => nodeSha256.of(concatBytes(Uint8Array.of(1), ...parts));

/** RFC 6962, section 2.1.2, word for word: SUBPROOF(m, D, b) over leaf hashes. */
function definedProof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  const n = leaves.length;
  if (m === n) return whole ? [] : [merkleRoot(nodeSha256, leaves)];
  let k = 1;
  while (k * 2 < n) k *= 2;
  return m <= k
    ? [...definedProof(m, leaves.slice(0, k), whole), merkleRoot(nodeSha256, leaves.slice(k))]
    : [...definedProof(m - k, leaves.slice(k), false), merkleRoot(nodeSha256, leaves.slice(0, k))];
}

/** RFC 6962, section 2.1.1, likewise. */
function definedPath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return m < k
    ? [...definedPath(m, leaves.slice(0, k)), merkleRoot(nodeSha256, leaves.slice(k))]
    : [...definedPath(m - k, leaves.slice(k)), merkleRoot(nodeSha256, leaves.slice(0, k))];
}

const sizes = fc.integer({ min: 1, max: 600 });
const pairs = fc.tuple(sizes, sizes).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const hex = (path: readonly Uint8Array[]) => path.map(toHex);
const headOf = (size: number) => ({ size, root: rootAt(nodeSha256, tree.source, size) });

describe('over kept nodes', () => {
  test('a leaf completes what ends with it, and nothing else', () => {
    for (let i = 0; i < 600; i++) {
      const made = appendNodes(nodeSha256, tree.source, i, tree.leaves[i] ?? new Uint8Array());
      for (const [n, node] of made.entries()) {
        expect(node.level).toBe(n + 1);
        expect((node.index + 1) * 2 ** node.level).toBe(i + 1);
        const below = tree.leaves.slice(node.index * 2 ** node.level, i + 1);
        expect(toHex(node.hash)).toBe(toHex(merkleRoot(nodeSha256, below)));
      }
    }
    // Level 1 and up of 600 leaves: 300 + 150 + 75 + 37 + 18 + 9 + 4 + 2 + 1.
    expect(tree.nodes.size).toBe(600 + 596);
  });

  test('root and paths are those that RFC 6962 defines', () => {
    fc.assert(
      fc.property(pairs, ({ from, to }) => {
        const leaves = tree.leaves.slice(0, to);
        expect(toHex(headOf(to).root)).toBe(toHex(merkleRoot(nodeSha256, leaves)));
        expect(hex(inclusionPath(nodeSha256, tree.source, from - 1, to))).toEqual(
          hex(definedPath(from - 1, leaves)),
        );
        expect(hex(consistencyPath(nodeSha256, tree.source, from, to))).toEqual(
          hex(definedProof(from, leaves, true)),
        );
      }),
    );
  });

  test('no question reads more than two nodes a level', () => {
    const questions = (size: number) => [
      () => rootAt(nodeSha256, tree.source, size),
      () => inclusionPath(nodeSha256, tree.source, size - 1, size),
      () => inclusionPath(nodeSha256, tree.source, 0, size),
      () => consistencyPath(nodeSha256, tree.source, 1, size),
      () => consistencyPath(nodeSha256, tree.source, size - 1, size),
    ];
    for (const size of [2, 3, 64, 511, 512, 513, 600]) {
      for (const ask of questions(size)) {
        const before = tree.reads();
        ask();
        expect(tree.reads() - before).toBeLessThanOrEqual(2 * (Math.ceil(Math.log2(size)) + 1));
      }
    }
  });

  test.each([
    ['a root over nothing', () => rootAt(nodeSha256, tree.source, 0)],
    ['a leaf that is not there', () => inclusionPath(nodeSha256, tree.source, 5, 5)],
    ['a negative leaf', () => inclusionPath(nodeSha256, tree.source, -1, 5)],
    ['a size that is no number', () => inclusionPath(nodeSha256, tree.source, 0, Number.NaN)],
    ['consistency from nothing', () => consistencyPath(nodeSha256, tree.source, 0, 5)],
    ['consistency backwards', () => consistencyPath(nodeSha256, tree.source, 6, 5)],
    ['half a leaf', () => appendNodes(nodeSha256, tree.source, 0.5, new Uint8Array(32))],
  ])('%s is refused', (_name, ask) => {
    expect(ask).toThrowError(RangeError);
  });
});

describe('consistency', () => {
  const proofOf = (from: number, to: number) => ({
    from: headOf(from),
    to: headOf(to),
    path: consistencyPath(nodeSha256, tree.source, from, to),
  });

  test('holds for every two sizes up to 40', () => {
    for (let to = 1; to <= 40; to++) {
      for (let from = 1; from <= to; from++) {
        expect([from, to, verifyConsistency(nodeSha256, proofOf(from, to))]).toEqual([from, to, true]);
      }
    }
  });

  test('holds for random sizes, and so does every inclusion', () => {
    fc.assert(
      fc.property(pairs, ({ from, to }) => {
        expect(verifyConsistency(nodeSha256, proofOf(from, to))).toBe(true);
        const index = from - 1;
        const leaf = tree.leaves[index] ?? new Uint8Array();
        const path = inclusionPath(nodeSha256, tree.source, index, to);
        expect(verifyInclusion(nodeSha256, { leaf, index, size: to, path, root: headOf(to).root })).toBe(
          true,
        );
      }),
    );
  });

  test('no path proves another size or root, and none survives a change', () => {
    const wrong = leafHash(nodeSha256, Uint8Array.of(7, 7));
    const size = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(pairs, size, fc.nat(), ({ from, to }, other, at) => {
        const good = proofOf(from, to);
        const { path } = good;
        const bad = [
          { ...good, from: { ...good.from, root: wrong } },
          { ...good, to: { ...good.to, root: wrong } },
          { ...good, from: { ...good.from, size: 0 } },
          { ...good, from: { ...good.from, size: to + other } },
          { ...good, to: { ...good.to, size: Number.NaN } },
          { ...good, to: { ...good.to, size: 2 ** 53 } },
          { ...good, path: [...path, wrong] },
          { ...good, path: [wrong, ...path] },
          { ...good, path: [...path, ...Array<Uint8Array>(65).fill(wrong)] },
          ...(other === from ? [] : [{ ...good, from: { ...good.from, size: other } }]),
          ...(from === to ? [] : [{ ...good, from: good.to, to: good.from }]),
          ...(path.length === 0
            ? []
            : [
                { ...good, path: path.slice(1) },
                { ...good, path: path.slice(0, -1) },
                { ...good, path: path.map((hash, i) => (i === at % path.length ? wrong : hash)) },
                { ...good, path: path.map((hash, i) => (i === at % path.length ? hash.subarray(1) : hash)) },
              ]),
        ];
        for (const proof of bad) expect(verifyConsistency(nodeSha256, proof)).toBe(false);
      }),
    );
  });

  test('a tree that forgot a leaf, or holds another one, is not consistent with what it was', () => {
    const to = 9;
    const honest = proofOf(6, to);
    for (let changed = 0; changed < 6; changed++) {
      const leaves = tree.leaves.slice(0, to);
      leaves[changed] = leafHash(nodeSha256, Uint8Array.of(9));
      const forged = merkleRoot(nodeSha256, leaves);
      const path = definedProof(6, leaves, true);
      expect(verifyConsistency(nodeSha256, { from: honest.from, to: { size: to, root: forged }, path })).toBe(
        false,
      );
    }
  });

  /** RFC 6962, section 2.1.3: its own example, by hand. */
  test('the example of RFC 6962', () => {
    const [a, b, c, d, e, f, j] = tree.leaves.slice(0, 7);
    if (!a || !b || !c || !d || !e || !f || !j) throw new Error('seven leaves');
    const [g, h, i] = [H(a, b), H(c, d), H(e, f)];
    const [k, l] = [H(g, h), H(i, j)];
    expect(toHex(headOf(7).root)).toBe(toHex(H(k, l)));
    expect(hex(inclusionPath(nodeSha256, tree.source, 0, 7))).toEqual(hex([b, h, l]));
    expect(hex(inclusionPath(nodeSha256, tree.source, 3, 7))).toEqual(hex([c, g, l]));
    expect(hex(inclusionPath(nodeSha256, tree.source, 4, 7))).toEqual(hex([f, j, k]));
    expect(hex(inclusionPath(nodeSha256, tree.source, 6, 7))).toEqual(hex([i, k]));
    expect(hex(consistencyPath(nodeSha256, tree.source, 3, 7))).toEqual(hex([c, d, g, l]));
    expect(hex(consistencyPath(nodeSha256, tree.source, 4, 7))).toEqual(hex([l]));
    expect(hex(consistencyPath(nodeSha256, tree.source, 6, 7))).toEqual(hex([i, j, k]));
  });

  /** The eight leaves and the roots that implementations of Certificate Transparency test with: sizes 1, 6 and 8. */
  test('known roots', () => {
    const [one, six, eight] = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ].map(fromHex);
    const data = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const leaves = data.map((text) => leafHash(nodeSha256, fromHex(text)));
    if (!one || !six || !eight) throw new Error('three roots');
    const holds = (from: { size: number; root: Uint8Array }) =>
      verifyConsistency(nodeSha256, {
        from,
        to: { size: 8, root: eight },
        path: definedProof(from.size, leaves, true),
      });
    expect(holds({ size: 1, root: one })).toBe(true);
    expect(holds({ size: 6, root: six })).toBe(true);
    expect(holds({ size: 6, root: one })).toBe(false);
  });
});
