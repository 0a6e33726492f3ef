import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draw } from '../../../archive/review/draw.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';

const seed = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';

test('the draw is in the order of SHA-256(seed ‖ id), as sha256sum gives it', () => {
  const ids = [
    '01890a5d-ac96-774b-bcce-b302099a8057',
    '01890a5d-ac96-774b-bcce-b302099a8058',
    '01890a5d-ac96-774b-bcce-b302099a8059',
  ];
  // (printf '\x00\x01\x02…\x1f'; printf ID) | sha256sum: …57 81ad75c3…, …58 dc54c73b…, …59 2e5edcf4…
  expect(draw(nodeSha256, seed, ids, 3)).toEqual([ids[2], ids[0], ids[1]]);
});

test('no post is drawn twice, more of them begins with fewer, and the order given does not matter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid({ version: 7 }), { minLength: 1 }), fc.nat(), (ids, n) => {
      const count = (n % ids.length) + 1;

      const drawn = draw(nodeSha256, seed, ids, count);

      expect(new Set(drawn).size).toBe(count);
      expect(ids).toEqual(expect.arrayContaining(drawn));
      expect(draw(nodeSha256, seed, ids.toReversed(), ids.length).slice(0, count)).toEqual(drawn);
    }),
  );
});

test('by another seed it is another draw', () => {
  const ids = Array.from({ length: 50 }, (_, i) => `post ${i}`);

  expect(draw(nodeSha256, 'f'.repeat(64), ids, 50)).not.toEqual(draw(nodeSha256, seed, ids, 50));
});
