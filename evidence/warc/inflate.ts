/**
 * Raw deflate (RFC 1951) undone in JavaScript, where the end of the stream must be known to the byte: browsers undo it,
 * too, but do not tell how much they took. The bytes are attacker-controlled.
 */

export class DeflateDamaged extends Error {}

/** Not enough bytes yet; nothing was taken. */
class Starved extends Error {}

const windowLength = 32 * 1024;
const outputLength = 64 * 1024;
/** A copy is at most this long (RFC 1951, section 3.2.5). */
const longestCopy = 258;

/** Base and extra bits of length codes 257 to 285, and of distance codes 0 to 29 (RFC 1951, section 3.2.5). */
const lengths = codeRanges(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
);
lengths.push({ base: longestCopy, extra: 0 });
const distances = codeRanges(
  1,
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
/** The order in which lengths of code lengths stand (RFC 1951, section 3.2.7). */
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

interface Range {
  base: number;
  extra: number;
}

function codeRanges(first: number, extras: readonly number[]): Range[] {
  let base = first;
  return extras.map((extra) => {
    const range = { base, extra };
    base += 2 ** extra;
    return range;
  });
}

/** A Huffman code: by length how many symbols have it, and the symbols in the order of their codes. */
interface Huffman {
  counts: Uint16Array;
  symbols: Uint16Array;
  /** Entry for the next 9 bits: symbol × 16 + length; 0 where the code is longer. */
  fast: Uint16Array;
}

const fastBits = 9;

/**
 * Throws `DeflateDamaged` where the lengths are no code. As zlib has it, a code without symbols is one until it is used,
 * and one of a single bit may lack its other half, but not where lengths are coded.
 */
function huffman(codeLengths: Uint8Array, whole = false): Huffman {
  const counts = new Uint16Array(16);
  for (const length of codeLengths) counts[length] = at(counts, length) + 1;
  counts[0] = 0;
  const used = counts.reduce((sum, count) => sum + count, 0);
  let left = 1;
  for (let length = 1; length < 16; length++) {
    left = left * 2 - at(counts, length);
    if (left < 0) throw new DeflateDamaged('has more codes than there can be');
  }
  const short = used === 1 && counts[1] === 1 && !whole;
  if (left > 0 && used > 0 && !short) throw new DeflateDamaged('has an incomplete code');
  const offsets = new Uint16Array(16);
  for (let length = 1; length < 15; length++) offsets[length + 1] = at(offsets, length) + at(counts, length);
  const symbols = new Uint16Array(used);
  for (const [symbol, length] of codeLengths.entries()) {
    if (length === 0) continue;
    const offset = at(offsets, length);
    offsets[length] = offset + 1;
    symbols[offset] = symbol;
  }
  return { counts, symbols, fast: fastTable(counts, symbols) };
}

function fastTable(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const fast = new Uint16Array(2 ** fastBits);
  let [code, index] = [0, 0];
  for (let length = 1; length <= fastBits; length++) {
    for (let n = 0; n < at(counts, length); n++) {
      const entry = at(symbols, index++) * 16 + length;
      for (let bits = reversed(code, length); bits < fast.length; bits += 2 ** length) fast[bits] = entry;
      code += 1;
    }
    code *= 2;
  }
  return fast;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

function at(array: { readonly [index: number]: number }, index: number): number {
  return array[index] ?? 0;
}

const fixed = (() => {
  const literal = new Uint8Array(288).fill(8);
  literal.fill(9, 144, 256).fill(7, 256, 280);
  return { literal: huffman(literal), distance: huffman(new Uint8Array(32).fill(5)) };
})();

type Block =
  | { kind: 'none' }
  | { kind: 'stored'; left: number }
  | { kind: 'codes'; literal: Huffman; distance: Huffman };

/** Takes pieces of a stream as they come. */
export class Inflater {
  /** The last bit of the stream was taken. */
  ended = false;
  #input: Uint8Array = new Uint8Array();
  #next = 0;
  #bits = 0;
  #bitCount = 0;
  #block: Block = { kind: 'none' };
  #last = false;
  /** The window, and behind it what was not given out yet. */
  readonly #output = new Uint8Array(windowLength + outputLength + longestCopy);
  #outputEnd = 0;
  #given = 0;

  /**
   * The decompressed bytes that follow from `piece`. Throws `DeflateDamaged`, after what came before the damage was
   * given.
   */
  *inflate(piece: Uint8Array): Generator<Uint8Array> {
    this.#input = joined(this.#input.subarray(this.#next), piece);
    this.#next = 0;
    for (;;) {
      let damage: unknown = null;
      let full = false;
      try {
        full = this.#run();
      } catch (error) {
        damage = error;
      }
      const fresh = this.#output.slice(this.#given, this.#outputEnd);
      if (fresh.length > 0) yield fresh;
      this.#given = this.#outputEnd;
      this.#slide();
      if (damage !== null) throw damage;
      if (!full) return;
    }
  }

  /** Bytes of the pieces that lie behind the end of the stream; also whole bytes that were looked at ahead. */
  rest(): number {
    return this.#input.length - this.#next + (this.#bitCount >> 3);
  }

  #slide(): void {
    if (this.#outputEnd < windowLength + outputLength) return;
    this.#output.copyWithin(0, this.#outputEnd - windowLength, this.#outputEnd);
    this.#outputEnd = windowLength;
    this.#given = windowLength;
  }

  /** True: the output is full. False: the input is used up, or the stream has ended. */
  #run(): boolean {
    while (!this.ended) {
      if (this.#outputEnd >= windowLength + outputLength) return true;
      const before = { next: this.#next, bits: this.#bits, bitCount: this.#bitCount };
      try {
        this.#step();
      } catch (error) {
        if (!(error instanceof Starved)) throw error;
        this.#next = before.next;
        this.#bits = before.bits;
        this.#bitCount = before.bitCount;
        return false;
      }
    }
    return false;
  }

  /** A block's header, a run of stored bytes, or symbols for as long as the input surely suffices, and at least one. */
  #step(): void {
    const block = this.#block;
    if (block.kind === 'none') this.#header();
    else if (block.kind === 'stored') this.#stored(block);
    else {
      do this.#symbol(block);
      while (
        this.#block === block &&
        // The longest symbol has 15 + 5 + 15 + 13 bits.
        this.#input.length - this.#next >= 8 &&
        this.#outputEnd < windowLength + outputLength
      );
    }
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      if (this.#next >= this.#input.length) throw new Starved();
      this.#bits |= at(this.#input, this.#next++) << this.#bitCount;
      this.#bitCount += 8;
    }
    const value = this.#bits & (2 ** count - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return value;
  }

  #header(): void {
    const last = this.#take(1) === 1;
    const type = this.#take(2);
    if (type === 3) throw new DeflateDamaged('has a block of no known kind');
    // Set only once the whole header was there.
    if (type === 0) this.#block = this.#storedHeader();
    else if (type === 1) this.#block = { kind: 'codes', ...fixed };
    else this.#block = { kind: 'codes', ...this.#codes() };
    this.#last = last;
  }

  #storedHeader(): Block {
    this.#take(this.#bitCount & 7);
    const length = this.#take(16);
    if ((this.#take(16) ^ 0xffff) !== length) throw new DeflateDamaged('has a stored block of two lengths');
    return { kind: 'stored', left: length };
  }

  #stored(block: Extract<Block, { kind: 'stored' }>): void {
    if (block.left === 0) {
      this.#endBlock();
      return;
    }
    // Whole bytes that were read ahead come first.
    if (this.#bitCount > 0) {
      this.#output[this.#outputEnd++] = this.#take(8);
      block.left -= 1;
      return;
    }
    const room = windowLength + outputLength - this.#outputEnd;
    const piece = this.#input.subarray(this.#next, this.#next + Math.min(block.left, room));
    if (piece.length === 0) throw new Starved();
    this.#output.set(piece, this.#outputEnd);
    this.#outputEnd += piece.length;
    this.#next += piece.length;
    block.left -= piece.length;
  }

  #endBlock(): void {
    this.#block = { kind: 'none' };
    this.ended = this.#last;
  }

  #codes(): { literal: Huffman; distance: Huffman } {
    const [literals, others, codes] = [this.#take(5) + 257, this.#take(5) + 1, this.#take(4) + 4];
    if (literals > 286 || others > 30) throw new DeflateDamaged('has too many codes');
    const ofLengths = new Uint8Array(19);
    for (const place of codeLengthOrder.slice(0, codes)) ofLengths[place] = this.#take(3);
    const code = huffman(ofLengths, true);
    const all = new Uint8Array(literals + others);
    for (let i = 0; i < all.length; ) {
      const symbol = this.#decode(code);
      if (symbol < 16) {
        all[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new DeflateDamaged('repeats a length before the first');
      const value = symbol === 16 ? at(all, i - 1) : 0;
      const count =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (i + count > all.length) throw new DeflateDamaged('has too many lengths');
      all.fill(value, i, i + count);
      i += count;
    }
    if (all[256] === 0) throw new DeflateDamaged('has a block without end');
    return { literal: huffman(all.subarray(0, literals)), distance: huffman(all.subarray(literals)) };
  }

  #decode({ counts, symbols, fast }: Huffman): number {
    while (this.#bitCount < fastBits && this.#next < this.#input.length) {
      this.#bits |= at(this.#input, this.#next++) << this.#bitCount;
      this.#bitCount += 8;
    }
    const entry = at(fast, this.#bits & (2 ** fastBits - 1));
    const known = entry & 15;
    if (entry !== 0 && known <= this.#bitCount) {
      this.#bits >>>= known;
      this.#bitCount -= known;
      return entry >> 4;
    }
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length < 16; length++) {
      code |= this.#take(1);
      const count = at(counts, length);
      if (code - count < first) return at(symbols, index + (code - first));
      index += count;
      first = (first + count) * 2;
      code *= 2;
    }
    throw new DeflateDamaged('has a code that means nothing');
  }

  #symbol({ literal, distance }: Extract<Block, { kind: 'codes' }>): void {
    const symbol = this.#decode(literal);
    if (symbol < 256) {
      this.#output[this.#outputEnd++] = symbol;
      return;
    }
    if (symbol === 256) {
      this.#endBlock();
      return;
    }
    const length = this.#value(lengths[symbol - 257]);
    const back = this.#value(distances[this.#decode(distance)]);
    if (back > this.#outputEnd || back > windowLength)
      throw new DeflateDamaged('copies from before its beginning');
    // One by one: a copy may run into what it writes.
    for (let end = this.#outputEnd + length; this.#outputEnd < end; this.#outputEnd++) {
      this.#output[this.#outputEnd] = at(this.#output, this.#outputEnd - back);
    }
  }

  #value(range: Range | undefined): number {
    if (range === undefined) throw new DeflateDamaged('has a code that means nothing');
    return range.base + this.#take(range.extra);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
