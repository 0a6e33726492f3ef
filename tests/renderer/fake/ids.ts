/** A valid UUIDv7 made of a small number, so that tests can name records. */
export function idOf(space: number, index: number): string {
  return `0190a000-${space.toString(16).padStart(4, '0')}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** The number inside an id that `idOf` made. */
export function indexOf(id: string): number {
  return Number.parseInt(id.slice(24), 16);
}

/** 64 hexadecimal digits that look like a hash and are none. */
export function hashOf(seed: string): string {
  let state = 2166136261;
  let digits = '';
  for (let round = 0; digits.length < 64; round += 1) {
    for (const character of `${seed}${round}`)
      state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return digits.slice(0, 64);
}

export const imageHash = hashOf('image');
export const postSpace = 1;
export const captureSpace = 2;
export const tagSpace = 3;
export const clauseSpace = 4;
export const eventSpace = 5;
export const readingSpace = 6;
export const signerSpace = 8;
