/** Drawing a sample by chance, so that anyone can draw it again. */
import type { Sha256 } from '../../evidence/digest/sha256.ts';
import { concatBytes, fromHex, toHex } from '../../evidence/digest/sha256.ts';

const utf8 = new TextEncoder();

/**
 * The first `count` of `ids` in the order of SHA-256(seed ‖ id): the 32 bytes of the seed, then the characters of the
 * id. No id is drawn twice, and the order in which `ids` are given does not matter. `seed`: 64 hexadecimal digits.
 */
export function draw(sha256: Sha256, seed: string, ids: readonly string[], count: number): string[] {
  const bytes = fromHex(seed);
  return ids
    .map((id) => ({ id, place: toHex(sha256.of(concatBytes(bytes, utf8.encode(id)))) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}
