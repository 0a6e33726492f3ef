/** A file that the reader chose, as bytes with random access: nothing of it is held but two blocks. */
import { HoldfastError } from '../contract/errors.ts';
import { type ByteSource, checkRange } from '../evidence/source/byte-source.ts';

/** Each reading of a piece of a file costs a browser some milliseconds, however short it is. */
const blockLength = 4 * 1024 * 1024;

/** What is asked of a `File`. */
export interface ChosenFile {
  readonly size: number;
  slice(start: number, end: number): { stream(): ReadableStream<Uint8Array> };
}

export function fileSource(file: ChosenFile): ByteSource {
  const blocks = new Blocks(file);
  return {
    size: file.size,
    read: async (offset, length, scratch) => {
      checkRange(file.size, offset, length);
      // Copied: whoever keeps a few bytes must not keep a block.
      const into =
        scratch !== undefined && scratch.length >= length
          ? scratch.subarray(0, length)
          : new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const at = offset + done;
        const block = await blocks.get(Math.floor(at / blockLength));
        const part = block.subarray(at % blockLength, (at % blockLength) + length - done);
        into.set(part, done);
        done += part.length;
      }
      return into;
    },
  };
}

/** The block that was asked for last, and the one after it, which is on its way: bundles are read from front to back. */
class Blocks {
  readonly #file: ChosenFile;
  readonly #held = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(file: ChosenFile) {
    this.#file = file;
  }

  get(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const block = this.#held.get(index) ?? this.#read(index);
    const next = this.#held.get(index + 1);
    // Read ahead only where the one before was read, too: somebody goes from front to back.
    const ahead = next ?? (this.#held.has(index - 1) ? this.#read(index + 1) : null);
    for (const other of this.#held.keys())
      if (other !== index && other !== index + 1) this.#held.delete(other);
    this.#held.set(index, block);
    if (ahead !== null) this.#held.set(index + 1, ahead);
    return block;
  }

  #read(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const start = index * blockLength;
    const end = Math.min(start + blockLength, this.#file.size);
    const reading = bytesOf(this.#file.slice(start, end), Math.max(end - start, 0));
    // It may be awaited later, or never; until then a failure must not count as unhandled.
    reading.catch(() => undefined);
    return reading;
  }
}

/**
 * As a stream: of what `arrayBuffer()` gives a browser keeps a copy until it next looks for what nobody needs, and counts it
 * for nothing.
 */
async function bytesOf(
  part: ReturnType<ChosenFile['slice']>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let done = 0;
  try {
    const reader = part.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      bytes.set(piece.value, done);
      done += piece.value.length;
    }
  } catch (cause) {
    throw unreadable(cause);
  }
  // A file that shrinks while it is read must not be taken for one that ends here.
  if (done !== length) throw unreadable();
  return bytes;
}

function unreadable(cause?: unknown): HoldfastError {
  return new HoldfastError(
    'file-unreadable',
    'The file could not be read to its end: it was changed, moved or taken away since it was chosen. Choose it again.',
    { cause },
  );
}
