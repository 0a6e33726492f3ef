/** Bags for tests, made of texts: declared, listed and hashed as a good tool does, unless a test says otherwise. */
import { createHash } from 'node:crypto';
import type { BagCheck } from '../../../contract/model/bag-check.ts';
import { checkBag } from '../../../evidence/bagit/check.ts';
import type { BagFile, BagTree, HashByName } from '../../../evidence/bagit/tree.ts';

export type Files = Record<string, string | Uint8Array>;

export const hex = (algorithm: string, content: string | Uint8Array) =>
  createHash(algorithm).update(content).digest('hex');

export const nodeHash: HashByName = (name) => {
  if (!['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].includes(name)) return null;
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
};

export function manifest(files: Files, algorithm = 'sha256'): string {
  return Object.entries(files)
    .map(([path, content]) => `${hex(algorithm, content)}  ${path}\n`)
    .join('');
}

export const declaration = (version = '1.0', encoding = 'UTF-8') =>
  `BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}\n`;

/** A whole bag around the payload; `more` replaces or adds files before the tag manifest is made. */
export function bagOf(payload: Files, more: Files = {}, version = '1.0'): Files {
  const bag: Files = {
    'bagit.txt': declaration(version),
    'manifest-sha256.txt': manifest(payload),
    ...more,
  };
  return { ...bag, 'tagmanifest-sha256.txt': manifest(bag), ...payload };
}

export function treeOf(files: Files, links: readonly string[] = []): BagTree {
  const all = Object.entries(files).map(
    ([path, content]): BagFile => ({
      path,
      size: Buffer.byteLength(content),
      kind: links.includes(path) ? 'link' : 'file',
      async *content() {
        yield Buffer.from(content);
      },
    }),
  );
  return { files: all, hasPayloadFolder: all.some(({ path }) => path.startsWith('data/')) };
}

export function check(files: Files, links: readonly string[] = []): Promise<BagCheck> {
  return checkBag({ tree: treeOf(files, links), hash: nodeHash });
}

/** 'error file-missing data/a.txt' and so on, without notes. */
export function said({ findings }: BagCheck): string[] {
  return findings
    .filter(({ level }) => level !== 'note')
    .map(({ level, code, file }) => [level, code, ...(file === null ? [] : [file])].join(' '));
}
