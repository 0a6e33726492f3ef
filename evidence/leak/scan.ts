/**
 * Looks through bytes that are about to leave the desk, as they pass: for exact words and for what has the form of a
 * secret, however it is spelled or packed. Holds some hundred KiB, whatever passes.
 */

import { byteSet, runsOf } from './bytes.ts';
import { type Cut, Needles, type Sought } from './needles.ts';
import type { Closed } from './packed.ts';
import { findPacked, Unpacking } from './packed.ts';
import { markCode, marks, shapesIn } from './shapes.ts';
import { spellings } from './spellings.ts';

export interface Found {
  /** Of `Sought`, of `Shape`, or `not-looked-into` with a reason as value. */
  code: string;
  value: string;
  /** Paths of the files that hold it. */
  files: Set<string>;
}

/**
 * What is looked for. `shapes`: whether forms are, too, and not the exact words alone. `Needles`: words already made ready,
 * where they are looked for in many small things.
 */
export type ScanRequest = { sought: readonly Sought[]; shapes: boolean } | { sought: Needles; shapes: false };

/** Told of each thing that is found, once for each file that holds it. */
export type Tell = (found: { code: string; value: string; file: string }) => void;

/** One file on its way through a search. */
export interface FilePass {
  push(piece: Uint8Array): Promise<void>;
  /** After the last piece: what it holds is found only then. */
  end(): Promise<void>;
}

/** So many new bytes are looked at together, behind the last `overlap` of those before: what the end cuts stands whole in the next. */
const window = 256 * 1024;
const overlap = 8 * 1024;
/** How much of the beginning of a picture, film or sound is read as text. */
const mediaText = 1024 * 1024;
const mostLevels = 5;

/** One search over any number of files. */
export class LeakScan {
  readonly #needles: Needles;
  readonly #shapes: boolean;
  readonly #tell: Tell;
  readonly #found = new Map<string, Found>();

  constructor(request: ScanRequest, tell: Tell = () => undefined) {
    this.#shapes = request.shapes;
    this.#tell = tell;
    const { sought } = request;
    this.#needles =
      sought instanceof Needles ? sought : new Needles(request.shapes ? [...sought, ...marks] : sought);
  }

  /** In the order in which it was found first. */
  get found(): Found[] {
    return [...this.#found.values()];
  }

  /** Passes one file through; see `start`. */
  async file(
    path: string,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    about: { isMedia?: boolean } = {},
  ): Promise<void> {
    const pass = this.start(path, about);
    for await (const piece of content) await pass.push(piece);
    await pass.end();
  }

  /**
   * Takes a file in pieces; `path` is what it is called in `files`. `isMedia`: of a picture, film or sound only the
   * beginning and the end are read as text, where what programs say of it stands; exact words are looked for in all of it.
   */
  start(path: string, { isMedia = false } = {}): FilePass {
    return new Passing(this, path, isMedia ? 'media' : 0);
  }

  note(path: string, code: string, value: string): void {
    const key = `${code}\n${value}`;
    const known = this.#found.get(key);
    if (known?.files.has(path) === true) return;
    if (known === undefined) this.#found.set(key, { code, value, files: new Set([path]) });
    else known.files.add(path);
    this.#tell({ code, value, file: path });
  }

  /** Looks at one window of bytes. */
  look(
    path: string,
    bytes: Buffer,
    { exactOnly = false, cut }: { exactOnly?: boolean; cut?: Cut } = {},
  ): void {
    const note = ({ code, value }: Sought) => this.note(path, code, value);
    const marked = this.#find(bytes, note, cut);
    if (exactOnly) return;
    const text = readable(bytes);
    this.#forms(path, text, text === bytes ? marked : this.#find(text, ignore));
    for (const { bytes: spelled, seams } of spellings(text)) {
      const markedThere = this.#find(spelled, note);
      if (!seams) this.#forms(path, spelled, markedThere);
    }
  }

  /** Tells of the words that stand in it; gives the marks of forms. */
  #find(bytes: Buffer, found: (sought: Sought) => void, cut?: Cut): Set<string> {
    const marked = new Set<string>();
    this.#needles.find(
      bytes,
      (sought) => {
        if (sought.code === markCode) marked.add(sought.value);
        else found(sought);
      },
      cut,
    );
    return marked;
  }

  #forms(path: string, text: Buffer, marked: ReadonlySet<string>): void {
    if (!this.#shapes) return;
    for (const { code, value } of shapesIn(text, marked)) this.note(path, code, value);
  }
}

/** Words in stretches were found before, in the bytes around them. */
function ignore(): void {}

/** Of bytes that are no text, the readable stretches. */
function readable(bytes: Buffer): Buffer {
  let odd = 0;
  const step = Math.max(1, Math.floor(bytes.length / 2048));
  for (let at = 0; at < bytes.length; at += step) {
    const byte = bytes[at] ?? 0;
    if (byte < 9 || (byte > 13 && byte < 32)) odd += 1;
  }
  return odd * 50 < Math.ceil(bytes.length / step) ? bytes : stretches(bytes);
}

const shortestStretch = 12;
const printable = byteSet((byte) => byte >= 32 && byte < 127);

function stretches(bytes: Buffer): Buffer {
  const found: Buffer[] = [];
  for (const [from, to] of runsOf(bytes, printable, shortestStretch))
    found.push(bytes.subarray(from, to), Buffer.from('\n'));
  return Buffer.concat(found);
}

/** One file, or what was packed in it, on its way through. */
class Passing implements FilePass {
  readonly #scan: LeakScan;
  readonly #path: string;
  readonly #level: number | 'media';
  /** The last bytes that were looked at, and those that wait to be. */
  #held: Buffer = Buffer.alloc(0);
  #seen = 0;
  #filled = 0;
  /** Bytes of the file before those held. */
  #before = 0;
  #isPdf = false;
  #open: { unpacking: Unpacking; inner: Passing } | null = null;

  constructor(scan: LeakScan, path: string, level: number | 'media') {
    this.#scan = scan;
    this.#path = path;
    this.#level = level;
  }

  async push(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; ) {
      // Only when more comes: the end of a file is looked at as such.
      if (this.#filled - this.#seen === window) await this.#look(false);
      const part = piece.subarray(at, at + window - (this.#filled - this.#seen));
      this.#reserve(this.#filled + part.length);
      this.#held.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
    }
  }

  async end(): Promise<void> {
    if (this.#filled > 0) await this.#look(true);
    await this.#close();
  }

  /** Most of what is packed is small. */
  #reserve(size: number): void {
    if (size <= this.#held.length) return;
    const larger = Buffer.alloc(Math.min(overlap + window, Math.max(size, 2 * this.#held.length)));
    larger.set(this.#held.subarray(0, this.#filled));
    this.#held = larger;
  }

  async #look(isEnd: boolean): Promise<void> {
    const bytes = this.#held.subarray(0, this.#filled);
    if (this.#before === 0 && this.#seen === 0) this.#isPdf = bytes.subarray(0, 1024).includes('%PDF-');
    const exactOnly = this.#level === 'media' && !isEnd && this.#before + this.#filled > mediaText;
    const cut = { before: this.#before > 0, after: !isEnd };
    this.#scan.look(this.#path, bytes, { exactOnly, cut });
    if (this.#level !== 'media') await this.#unpack(bytes, this.#seen, this.#level);
    const gone = Math.max(0, this.#filled - overlap);
    this.#held.copyWithin(0, gone, this.#filled);
    this.#before += gone;
    this.#filled -= gone;
    this.#seen = this.#filled;
  }

  /** `fresh`: where the bytes begin that were not here before. */
  async #unpack(bytes: Buffer, fresh: number, level: number): Promise<void> {
    // A mark may have been cut by the end of the last window.
    let at = this.#open === null ? Math.max(0, fresh - 40) : fresh;
    const closed = (why: Closed) => this.#closed(why);
    while (at < bytes.length) {
      if (this.#open === null) {
        const start = findPacked(bytes, at, { isPdf: this.#isPdf, closed });
        if (start === null) return;
        if (level >= mostLevels) return this.#closed('too-much');
        this.#open = {
          unpacking: new Unpacking(start.packing),
          inner: new Passing(this.#scan, this.#path, level + 1),
        };
        at = start.at;
      }
      const { unpacking, inner } = this.#open;
      const taken = await unpacking.push(bytes.subarray(at), (piece) => inner.push(piece));
      if (!unpacking.isOver) return;
      if (unpacking.tooMuch) this.#closed('too-much');
      if (unpacking.breaksOff) this.#closed('breaks-off');
      at += unpacking.isMistaken ? 1 : Math.max(1, taken);
      await this.#close();
    }
  }

  #closed(why: Closed): void {
    this.#scan.note(this.#path, 'not-looked-into', why);
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    open?.unpacking.close();
    await open?.inner.end();
  }
}
