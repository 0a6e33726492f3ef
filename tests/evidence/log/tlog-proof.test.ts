import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { signCheckpoint } from '../../../evidence/log/checkpoint.ts';
import { makeLogKey, noteSigner } from '../../../evidence/log/ed25519-node.ts';
import { inclusionPath, leafHash, merkleRoot } from '../../../evidence/log/merkle.ts';
import { verifierKey } from '../../../evidence/log/note.ts';
import {
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
} from '../../../evidence/log/tlog-proof.ts';

const origin = 'holdfast/01970000-0000-7000-8000-000000000001';
const { pkcs8, publicKey } = makeLogKey();
const signer = noteSigner(origin, pkcs8);
const vkey = verifierKey(origin, publicKey);
const leafOf = (i: number) => new TextEncoder().encode(`leaf ${i}`);
const size = 7;
const hashes = Array.from({ length: size }, (_, i) => leafHash(nodeSha256, leafOf(i)));
const checkpoint = signCheckpoint({ origin, size, root: merkleRoot(nodeSha256, hashes) }, signer);
const proofOf = (index: number): TlogProof => ({
  extra: null,
  index,
  path: inclusionPath(nodeSha256, hashes, index).map((hash) => new Uint8Array(hash)),
  checkpoint,
});
const holds = (leaf: Uint8Array, proof: TlogProof, key = vkey) =>
  verifyTlogProof(nodeSha256, leaf, proof, key);

test('a proof is its lines and the checkpoint, byte for byte', () => {
  const proof = proofOf(6);
  const [first, second] = proof.path.map((hash) => Buffer.from(hash).toString('base64'));

  const written = new TextDecoder().decode(formatTlogProof(proof));

  expect(written).toBe(
    `c2sp.org/tlog-proof@v1\nindex 6\n${first}\n${second}\n\n${new TextDecoder().decode(checkpoint)}`,
  );
  expect(new TextDecoder().decode(formatTlogProof({ ...proof, extra: Uint8Array.of(1, 2, 3) }))).toContain(
    '@v1\nextra AQID\nindex 6\n',
  );
});

test('every leaf is proven by its file', () => {
  for (let index = 0; index < size; index++) {
    const read = parseTlogProof(formatTlogProof(proofOf(index)));
    expect(read).toEqual(proofOf(index));
    expect(holds(leafOf(index), read)).toMatchObject({ origin, size });
  }
});

test('a log of one leaf has a proof without a path', () => {
  const only = leafHash(nodeSha256, leafOf(0));
  const alone = {
    extra: null,
    index: 0,
    path: [],
    checkpoint: signCheckpoint({ origin, size: 1, root: only }, signer),
  };
  expect(holds(leafOf(0), parseTlogProof(formatTlogProof(alone)))).toMatchObject({ size: 1 });
});

describe('does not hold', () => {
  const good = proofOf(3);
  const wrong = nodeSha256.of(leafOf(99));
  const otherKey = makeLogKey();
  test.each<[string, Uint8Array, TlogProof, string?]>([
    ['for another leaf', leafOf(4), good],
    ['at another place', leafOf(3), { ...good, index: 2 }],
    ['beyond the end', leafOf(3), { ...good, index: size }],
    ['with a truncated path', leafOf(3), { ...good, path: good.path.slice(1) }],
    ['with a path cut at the top', leafOf(3), { ...good, path: good.path.slice(0, -1) }],
    ['with an extended path', leafOf(3), { ...good, path: [...good.path, wrong] }],
    ['with two hashes swapped', leafOf(3), { ...good, path: [...good.path].reverse() }],
    ['with a wrong hash', leafOf(3), { ...good, path: [wrong, ...good.path.slice(1)] }],
    [
      'under a root of another tree',
      leafOf(3),
      { ...good, checkpoint: signCheckpoint({ origin, size, root: wrong }, signer) },
    ],
    [
      'under another size',
      leafOf(3),
      {
        ...good,
        checkpoint: signCheckpoint({ origin, size: size + 2, root: merkleRoot(nodeSha256, hashes) }, signer),
      },
    ],
    ['with the key of another log', leafOf(3), good, verifierKey(origin, otherKey.publicKey)],
    [
      'under a checkpoint that another key signed',
      leafOf(3),
      {
        ...good,
        checkpoint: signCheckpoint(
          { origin, size, root: merkleRoot(nodeSha256, hashes) },
          noteSigner(origin, otherKey.pkcs8),
        ),
      },
    ],
    ['for the hash of the leaf in its place', leafHash(nodeSha256, leafOf(3)), good],
  ])('%s', (_name, leaf, proof, key) => {
    expect(() => holds(leaf, proof, key)).toThrowError(/Expected a (proof|signed note)/);
  });
});

const text = new TextDecoder().decode(formatTlogProof({ ...proofOf(3), extra: Uint8Array.of(1) }));
test.each([
  ['nothing', ''],
  ['another version', text.replace('@v1', '@v2')],
  ['no index', text.replace(/index .*\n/, '')],
  ['a leading zero', text.replace('index 3', 'index 03')],
  ['a negative index', text.replace('index 3', 'index -3')],
  ['an index beyond 2^53', text.replace('index 3', 'index 9007199254740993')],
  ['extra data after the index', text.replace(/(extra .*\n)(index .*\n)/, '$2$1')],
  ['extra data twice', text.replace(/(extra .*\n)/, '$1$1')],
  ['extra data that is no base64', text.replace('extra AQ==', 'extra AQ')],
  ['a hash of 31 bytes', text.replace(/(index 3\n).*\n/, `$1${Buffer.alloc(31).toString('base64')}\n`)],
  [
    '65 hashes',
    text.replace('index 3\n', `index 3\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(62)}`),
  ],
  ['no empty line', text.replaceAll('\n\n', '\n')],
  ['carriage returns', text.replaceAll('\n', '\r\n')],
  ['a megabyte', text + 'x'.repeat(1024 * 1024)],
])('a file with %s is refused', (_name, bad) => {
  expect(bad).not.toBe(text);
  expect(() => parseTlogProof(new TextEncoder().encode(bad))).toThrowError(/Expected (a proof|base64)/);
});

test('whatever is read writes the same bytes', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const proofs = fc.record({
    extra: fc.option(fc.uint8Array({ maxLength: 100 })),
    index: fc.maxSafeNat(),
    path: fc.array(hash, { maxLength: 64 }),
    checkpoint: fc.constant(new Uint8Array(checkpoint)),
  });
  fc.assert(
    fc.property(proofs, (proof) => {
      expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    }),
  );
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = formatTlogProof(proofOf(3));
      changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ flip;
      let read: TlogProof;
      try {
        read = parseTlogProof(changed);
      } catch (error) {
        expect(Reflect.get(Object(error), 'code')).toBe('bad-input');
        return;
      }
      expect(formatTlogProof(read)).toEqual(changed);
    }),
  );
});
