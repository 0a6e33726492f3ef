/** Going through every page of an archive's file: to check them, to copy them, to write them under another key. */
import { HoldfastError } from '../../contract/errors.ts';
import type { PageCipher } from '../../db/cipher.ts';
import { lockPage, pageSize } from '../../db/page-size.ts';
import type { WorkOptions } from '../work.ts';

/** Bytes of a file, a whole number of pages at a time. */
export interface PageSource {
  /** Bytes. */
  size: number;
  bytes(): AsyncIterable<Buffer>;
}

/** A page that SQLite allocated and never wrote is a hole of the file; SQLCipher takes it for an empty one. */
const hole = Buffer.alloc(pageSize);

export function isHole(page: Buffer, n: number): boolean {
  return n === lockPage || page.equals(hole);
}

/** Hands over one mebibyte after the other, with the number of its first page. */
export async function eachPiece(
  step: string,
  source: PageSource,
  { signal, progress }: WorkOptions,
  act: (piece: Buffer, first: number) => Promise<void> | void,
): Promise<void> {
  let done = 0;
  for await (const piece of source.bytes()) {
    signal?.throwIfAborted();
    await act(piece, done / pageSize + 1);
    done += piece.length;
    progress?.({ step, done, total: source.size, unit: 'bytes' });
  }
}

/** The pages of a piece. */
export function* pagesIn(piece: Buffer, first: number): Generator<[page: Buffer, n: number]> {
  for (let at = 0; at < piece.length; at += pageSize) {
    yield [piece.subarray(at, at + pageSize), first + at / pageSize];
  }
}

/** The content of a page, zeros for a hole. Errors: `archive-damaged`. */
export function openPage(cipher: PageCipher, page: Buffer, n: number): Buffer {
  if (isHole(page, n)) return hole;
  const content = cipher.open(page, n);
  if (content === null) throw damagedPage(n);
  return content;
}

/** Errors: `archive-damaged` for a page that is not as it was written. */
export function requireWhole(cipher: PageCipher, page: Buffer, n: number): void {
  if (!isHole(page, n) && !cipher.isWhole(page, n)) throw damagedPage(n);
}

function damagedPage(n: number): HoldfastError {
  return new HoldfastError(
    'archive-damaged',
    `Page ${n} of the file is not as it was written. Copy the file as it is before anything else, then restore the newest backup. “holdfast check” lists all such pages.`,
    { details: { page: n } },
  );
}
