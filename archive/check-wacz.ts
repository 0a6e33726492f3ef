/** Checking a WACZ file that lies on the disk, or in an archive. */
import type { Progress } from '../contract/model/common.ts';
import type { WaczCheck } from '../contract/model/wacz.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import type { ByteSource } from '../evidence/source/byte-source.ts';
import { openFileSource } from '../evidence/source/file.ts';
import { checkWacz } from '../evidence/wacz/check.ts';
import { gunzipped } from '../evidence/warc/gunzip-node.ts';
import { nodeWarcTools } from '../evidence/warc/node-tools.ts';
import { nodeCrc32 } from '../evidence/zip/crc32-node.ts';
import { ZipError } from '../evidence/zip/error.ts';
import { openForeignZip } from '../evidence/zip/foreign.ts';
import { readCertificates } from './verify.ts';

export interface WaczTrust {
  /** Files with certificates (PEM) of signers, or of authorities above them. */
  trust: readonly string[];
  /** The same of timestamp authorities. */
  tsaRoots: readonly string[];
}

export const nobodyNamed: WaczTrust = { trust: [], tsaRoots: [] };

interface CheckOptions {
  signal?: AbortSignal;
  progress?: (progress: Progress) => void;
}

/** Whether the file is a WACZ, by what its directory lists, never by its name. Errors: those of opening a file. */
export async function isWaczFile(path: string): Promise<boolean> {
  const source = await openFileSource(path);
  try {
    return await isWacz(source);
  } finally {
    await source.close();
  }
}

export async function isWacz(source: ByteSource): Promise<boolean> {
  try {
    return (await openForeignZip(source)).some(({ name }) => name === 'datapackage.json');
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

/**
 * Checks the WACZ at `path`. One that fails is an answer, no error. Errors: `file-not-found`, `file-unreadable`,
 * `bad-input` for a certificate that is none, `cancelled`.
 */
export async function checkWaczFile(
  path: string,
  trust: WaczTrust,
  options: CheckOptions = {},
): Promise<WaczCheck> {
  const source = await openFileSource(path);
  try {
    return await checkWaczSource(source, trust, options);
  } finally {
    await source.close();
  }
}

/** The same for bytes wherever they lie. */
export async function checkWaczSource(
  source: ByteSource,
  { trust, tsaRoots }: WaczTrust,
  options: CheckOptions = {},
): Promise<WaczCheck> {
  return checkWacz({
    source,
    sha256: nodeSha256,
    crc32: nodeCrc32,
    warc: nodeWarcTools,
    gunzip: gunzipped,
    trusted: trust.flatMap(readCertificates),
    tsaRoots: tsaRoots.flatMap(readCertificates),
    now: new Date(),
    ...options,
  });
}
