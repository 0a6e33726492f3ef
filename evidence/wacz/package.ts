/** datapackage.json, which names every file of a WACZ with its digest, and the digest of that (WACZ 1.1.1). */
import type { Instant } from '../../contract/model/common.ts';
import { labelledDigest } from '../warc/write.ts';
import type { WaczPage } from './pages.ts';

export interface PackedFile {
  /** Within the WACZ. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Of the bytes as they stand in the zip file, hexadecimal. */
  readonly sha256: string;
}

export interface PackageFacts {
  readonly created: Instant;
  readonly software: string;
  readonly title: string | null;
  /** What it is, where it is not simply what was recorded. */
  readonly description?: string;
  readonly pages: readonly WaczPage[];
}

/** Where the files stand in a WACZ as Holdfast writes it. */
export const warcName = 'data.warc';
export const warcPath = `archive/${warcName}`;
export const indexPath = 'indexes/index.cdxj';
export const pagesPath = 'pages/pages.jsonl';
export const packagePath = 'datapackage.json';
export const packageDigestPath = 'datapackage-digest.json';

export function packageFile(facts: PackageFacts, files: readonly PackedFile[]): Uint8Array {
  const [main] = facts.pages;
  return json({
    profile: 'data-package',
    wacz_version: '1.1.1',
    ...(facts.title === null ? {} : { title: facts.title.toWellFormed() }),
    ...(facts.description === undefined ? {} : { description: facts.description }),
    software: facts.software,
    created: facts.created,
    ...(main === undefined ? {} : { mainPageUrl: main.url.toWellFormed(), mainPageDate: main.ts }),
    resources: files.map(({ path, size, sha256 }) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      path,
      hash: labelledDigest(sha256),
      bytes: size,
    })),
  });
}

/** Without a signature: what signs a capture is the custody log and the bundle. */
export function packageDigestFile(packageSha256: string): Uint8Array {
  return json({ path: packagePath, hash: labelledDigest(packageSha256) });
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
