/** The chunked transfer coding, undone (RFC 9112, section 7.1), bytes pushed in as they come. */

const LF = 10;
const MAX_LINE = 4096;

type State = 'size' | 'data' | 'after-data' | 'trailer' | 'done' | 'broken';

export class ChunkedDecoder {
  #state: State = 'size';
  #line = '';
  #left = 0;

  /**
   * At least one chunk was whole. Recorders often keep the header of a coding that they have undone:
   * bytes that are not proven to be chunked are to be taken as they stand.
   */
  proven = false;

  get state(): 'reading' | 'complete' | 'broken' {
    if (this.#state === 'broken') return 'broken';
    // The trailer's empty line is often missing, and nothing of the body is behind it.
    return this.#state === 'done' || this.#state === 'trailer' ? 'complete' : 'reading';
  }

  /** The parts of `bytes` that are chunk data, as views. Nothing comes out once the coding is broken. */
  push(bytes: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length && this.#state !== 'done' && this.#state !== 'broken') {
      if (this.#state === 'data') {
        const part = bytes.subarray(at, at + this.#left);
        out.push(part);
        at += part.length;
        this.#left -= part.length;
        if (this.#left === 0) this.#state = 'after-data';
        continue;
      }
      const lf = bytes.indexOf(LF, at);
      const end = lf < 0 ? bytes.length : lf;
      this.#line += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + MAX_LINE)));
      at = end + 1;
      if (this.#line.length > MAX_LINE) this.#state = 'broken';
      else if (lf >= 0) this.#state = this.#afterLine(this.#line.replace(/\r$/, ''));
    }
    return out;
  }

  #afterLine(line: string): State {
    const state = this.#state;
    this.#line = '';
    if (state === 'trailer') return line === '' ? 'done' : 'trailer';
    if (state === 'after-data') {
      if (line !== '') return 'broken';
      this.proven = true;
      return 'size';
    }
    const size = /^[ \t]*([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
    if (size === undefined) return 'broken';
    this.#left = Number.parseInt(size, 16);
    if (this.#left > 0) return 'data';
    this.proven = true;
    return 'trailer';
  }
}
