/**
 * What SQLite leaves in pages beside their content. `secure_delete` overwrites what is deleted; but where rows move from
 * one page to another, as whenever a tree is balanced, copies of them stay in the room that the first page has left
 * (https://www.sqlite.org/fileformat2.html, 1.5 to 1.8). Nothing in SQLite takes them away but writing the whole file anew.
 */
import { lockPage, pageSize } from './page-size.ts';

const headerLength = 100;
/** Kinds of pages in a pointer map. */
const kinds = { root: 1, free: 2, tree: 5 } as const;
/** Flags of the pages of a tree: leaves and inner pages of tables and indexes. */
const treeFlags: ReadonlySet<number> = new Set([2, 5, 10, 13]);
const innerFlags: ReadonlySet<number> = new Set([2, 5]);

export class PageMap {
  /** Bytes of a page that hold content. */
  readonly usable: number;
  readonly pages: number;
  readonly #perMap: number | null;
  readonly #trunks: ReadonlySet<number>;

  /** `read`: the content of a page, by its number from 1. */
  constructor(pages: number, read: (n: number) => Buffer) {
    const first = read(1);
    this.pages = pages;
    this.usable = pageSize - first.readUInt8(20);
    // The largest root page, in a file that keeps a pointer map; 0 in one that does not.
    this.#perMap = first.readUInt32BE(52) === 0 ? null : Math.floor(this.usable / 5) + 1;
    const trunks = new Set<number>();
    for (let n = first.readUInt32BE(32); n > 0 && n <= pages && !trunks.has(n); n = read(n).readUInt32BE(0))
      trunks.add(n);
    this.#trunks = trunks;
  }

  /** The page of the pointer map that speaks of page `n`; null: none does. */
  #mapOf(n: number): number | null {
    if (this.#perMap === null || n < 2) return null;
    const map = Math.floor((n - 2) / this.#perMap) * this.#perMap + 2;
    return map === lockPage ? map + 1 : map;
  }

  /** Numbers of the pages that may hold anything beside their content, with their kind. */
  *looked(read: (n: number) => Buffer): Generator<{ n: number; kind: 'tree' | 'trunk' | 'free' }> {
    let map: Buffer = Buffer.alloc(0);
    let mapAt = 0;
    for (let n = 1; n <= this.pages; n++) {
      const at = this.#mapOf(n);
      if (n === lockPage || n === at) continue;
      if (n === 1) yield { n, kind: 'tree' };
      else if (this.#trunks.has(n)) yield { n, kind: 'trunk' };
      else if (at === null) {
        // Of a page of a long value the first byte is 0 in any file of less than 512 GiB: it begins with a page's number.
        if (treeFlags.has(read(n).readUInt8(0))) yield { n, kind: 'tree' };
      } else {
        if (mapAt !== at) map = read(at);
        mapAt = at;
        const kind = map.readUInt8(5 * (n - at - 1));
        if (kind === kinds.root || kind === kinds.tree) yield { n, kind: 'tree' };
        if (kind === kinds.free) yield { n, kind: 'free' };
      }
    }
  }

  /** The page with zeros wherever it holds no content. Errors: a RangeError for a page that is no page of its kind. */
  cleared(page: Buffer, n: number, kind: 'tree' | 'trunk' | 'free'): Buffer {
    const clean = Buffer.from(page);
    if (kind === 'tree') this.#clearTree(clean, n === 1 ? headerLength : 0);
    else if (kind === 'free') clean.fill(0, 0, this.usable);
    else clean.fill(0, 8 + 4 * clean.readUInt32BE(4), this.usable);
    return clean;
  }

  /** Between the cells' pointers and the cells; and in the blocks that are free among the cells. */
  #clearTree(page: Buffer, at: number): void {
    const flag = page.readUInt8(at);
    if (!treeFlags.has(flag)) throw new RangeError('not a page of a tree');
    const pointers = at + (innerFlags.has(flag) ? 12 : 8);
    const start = page.readUInt16BE(at + 5) || 65_536;
    const gap = pointers + 2 * page.readUInt16BE(at + 3);
    if (start > this.usable || gap > start) throw new RangeError('not a page of a tree');
    page.fill(0, gap, start);
    for (let block = page.readUInt16BE(at + 1); block !== 0; ) {
      const size = page.readUInt16BE(block + 2);
      if (block < start || block + size > this.usable) throw new RangeError('not a page of a tree');
      page.fill(0, block + 4, block + size);
      const next = page.readUInt16BE(block);
      if (next !== 0 && next <= block) throw new RangeError('not a page of a tree');
      block = next;
    }
  }
}
