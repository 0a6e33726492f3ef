/** Walking through bytes from one that matters to the next. */

/** A table of bytes: 1 for those of which `has` says so. */
export function byteSet(has: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (has(byte) ? 1 : 0));
}

/** Where the first byte of the set stands, at or after `from`; the length where there is none. */
export function nextOf(bytes: Uint8Array, set: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && set[bytes[at] ?? 0] === 0) at += 1;
  return at;
}

/** Where `shortest` and more bytes of the set stand in a row: from, and to. Most bytes between are never looked at. */
export function* runsOf(
  bytes: Uint8Array,
  set: Uint8Array,
  shortest: number,
): Generator<readonly [number, number]> {
  // A run holds its own byte number `shortest`, whatever stands before: from there back, then on.
  let from = 0;
  while (from + shortest <= bytes.length) {
    let at = from + shortest - 1;
    while (at >= from && set[bytes[at] ?? 0] === 1) at -= 1;
    if (at >= from) {
      from = at + 1;
      continue;
    }
    let to = from + shortest;
    while (to < bytes.length && set[bytes[to] ?? 0] === 1) to += 1;
    yield [from, to];
    from = to + 1;
  }
}
