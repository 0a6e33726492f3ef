/** WACZ files as other programs make them, and as they must not be. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { WaczCheck } from '../../../contract/model/wacz.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { checkWacz, type WaczCheckRequest } from '../../../evidence/wacz/check.ts';
import { gunzipped } from '../../../evidence/warc/gunzip-node.ts';
import { nodeWarcTools } from '../../../evidence/warc/node-tools.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { type ForeignFile, foreignZip } from '../../support/foreign-zip.ts';
import { compressed, request, response, warcinfo } from '../../support/page-fixtures/warc.ts';

export type Files = Record<string, Uint8Array | string>;

export const sha256Label = (bytes: Uint8Array | string) =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const pageUrl = 'https://ferry.test/board';

export const page = response({
  url: pageUrl,
  id: 2,
  headers: [['Content-Type', 'text/html; charset=utf-8']],
  body: '<title>Board</title><p>The ferry did not run.',
});
export const records = [warcinfo(), page, request(pageUrl, 3)];

/** One line of the index for a record at `offset` of archive/NAME. */
export function indexLine(filename: string, offset: number, record: Uint8Array, more: object = {}): string {
  const fields = {
    url: pageUrl,
    mime: 'text/html',
    status: '200',
    filename,
    offset: String(offset),
    length: String(record.length),
  };
  return `test,ferry)/board 20250402063000 ${JSON.stringify({ ...fields, recordDigest: sha256Label(record), ...more })}\n`;
}

export const pagesFile = (url = pageUrl) =>
  `{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n${JSON.stringify({ id: 'p', url, ts: '2025-04-02T06:30:00Z', title: 'Board' })}\n`;

/** A crawl as it comes from the usual crawlers: one gzip member a record, the index compressed. */
export function crawl(): Files {
  const members = records.map((record) => compressed([record]));
  const offset = members[0]?.length ?? 0;
  return {
    'archive/data.warc.gz': Buffer.concat(members),
    'indexes/index.cdx.gz': gzipSync(indexLine('data.warc.gz', offset, members[1] ?? Buffer.alloc(0))),
    'pages/pages.jsonl': pagesFile(),
  };
}

/** The same, nothing compressed. */
export function plain(): Files {
  return {
    'archive/data.warc': Buffer.concat(records),
    'indexes/index.cdxj': indexLine('data.warc', records[0]?.length ?? 0, page),
    'pages/pages.jsonl': pagesFile(),
  };
}

export interface Package {
  /** Hash of a file, where it is not the true one. */
  hashes?: Record<string, string>;
  /** Members of datapackage.json in the place of those made here. */
  description?: object;
  /** What signs the label of datapackage.json's hash. */
  sign?: (hash: string) => Promise<object>;
  digest?: object;
  /** Added without being listed. */
  unlisted?: Files;
}

export async function wacz(
  files: Files,
  { hashes = {}, description = {}, sign, digest = {}, unlisted = {} }: Package = {},
): Promise<Buffer> {
  const resources = Object.entries(files).map(([path, content]) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    hash: hashes[path] ?? sha256Label(content),
    bytes: Buffer.byteLength(content),
  }));
  const facts = {
    profile: 'data-package',
    wacz_version: '1.1.1',
    software: 'an invented crawler',
    resources,
  };
  const datapackage = JSON.stringify({ ...facts, ...description });
  const hash = sha256Label(datapackage);
  const signedData = sign === undefined ? {} : { signedData: await sign(hash) };
  const all: Files = {
    ...files,
    ...unlisted,
    'datapackage.json': datapackage,
    'datapackage-digest.json': JSON.stringify({ path: 'datapackage.json', hash, ...signedData, ...digest }),
  };
  return foreignZip(
    Object.entries(all).map(([name, content]): ForeignFile => {
      const isStored = /\.(gz|warc)$/.test(name);
      return { name, content, deflate: !isStored, descriptor: !isStored };
    }),
  );
}

export function check(bytes: Uint8Array, more: Partial<WaczCheckRequest> = {}): Promise<WaczCheck> {
  return checkWacz({
    source: memorySource(bytes),
    sha256: nodeSha256,
    crc32: nodeCrc32,
    warc: nodeWarcTools,
    gunzip: gunzipped,
    trusted: [],
    tsaRoots: [],
    now: new Date(),
    ...more,
  });
}

/** Step → status and code, for those that are not simply ok. */
export function said({ steps }: WaczCheck): Record<string, string> {
  return Object.fromEntries(
    steps.filter(({ code }) => code !== 'ok').map(({ step, status, code }) => [step, `${status} ${code}`]),
  );
}

export const notSigned = {
  signature: 'not-present not-signed',
  'signer-trust': 'not-present not-signed',
  timestamp: 'not-present no-timestamp',
  'timestamp-trust': 'not-present no-timestamp',
};
