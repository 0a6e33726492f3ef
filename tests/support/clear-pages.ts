/** The pages of an open archive in clear, for looking at what stands in them. */
import { readFileSync } from 'node:fs';
import type { Archive } from '../../archive/archive.ts';
import { PageCipher } from '../../db/cipher.ts';
import { pageSize } from '../../db/page-size.ts';
import { formsOf } from './planted.ts';

export function pagesInClear({ path, key }: Archive): Buffer {
  const file = readFileSync(path);
  if (key === null) return file;
  const cipher = new PageCipher(key);
  const pages: Buffer[] = [];
  for (let at = 0; at < file.length; at += pageSize) {
    const page = file.subarray(at, at + pageSize);
    pages.push(cipher.open(page, at / pageSize + 1) ?? page);
  }
  return Buffer.concat(pages);
}

/** Whether the word stands in a page, in any spelling that programs use. */
export function clearTraces(archive: Archive, word: string): boolean {
  const clear = pagesInClear(archive);
  return formsOf(word).some((form) => clear.includes(form));
}
