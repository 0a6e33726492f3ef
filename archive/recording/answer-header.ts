/** The header of an answer that a capture recorded, read out of its WACZ by the index in it. */

import { z } from 'zod';
import { indexPath, warcPath } from '../../evidence/wacz/package.ts';
import { type Header, headerValue } from '../../evidence/warc/headers.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { contentOf, openZip, type StoredEntry } from '../../evidence/zip/reader.ts';
import type { Archive } from '../archive.ts';
import { findArtifact, readStored } from '../blobs.ts';
import { requireCapture } from '../posts.ts';

/** More addresses than these in a chain are a loop, as browsers see it too (Fetch, 4.4: 20). */
export const mostForwards = 20;

/** Bytes of a record in which its headers stand; an index that is larger than the other is not searched. */
const mostHeader = 512 * 1024;
const mostIndex = 64 * 1024 * 1024;

const lineSchema = z.object({
  url: z.string(),
  status: z.string(),
  offset: z.string(),
  method: z.string().optional(),
});

export interface AnswerHeader {
  status: number;
  headers: readonly Header[];
}

/** Of the newest answer to a GET of this very address; null where there is none, or the capture has no WACZ. */
export async function answerHeader(
  archive: Archive,
  captureId: string,
  url: string,
): Promise<AnswerHeader | null> {
  const wacz = requireCapture(archive, captureId).artifacts.find(({ role }) => role === 'wacz');
  if (wacz === undefined) return null;
  const stored = findArtifact(archive, wacz.sha256);
  const source = {
    size: stored.size,
    read: async (offset: number, length: number) =>
      Buffer.concat([...readStored(archive, stored, offset, length)]),
  };
  const { entries } = await openZip(source);
  const [index, warc] = [indexPath, warcPath].map((name) => entries.find((entry) => entry.name === name));
  if (index === undefined || warc === undefined || index.size > mostIndex) return null;
  const found = await placeOf(source, index, url);
  if (found === null || found.offset >= warc.size) return null;
  const length = Math.min(mostHeader, warc.size - found.offset);
  const bytes = await source.read(warc.contentOffset + found.offset, length);
  for await (const { http } of new WarcReader(one(bytes)).records())
    return { status: found.status, headers: http?.headers ?? [] };
  return null;
}

/** Whether the answer holds all that is at its address (RFC 9110, 14.4). */
export function isAll({ status, headers }: AnswerHeader): boolean {
  if (status !== 206) return status === 200;
  const [, last, total] = /^bytes 0-(\d+)\/(\d+)$/.exec(headerValue(headers, 'Content-Range') ?? '') ?? [];
  return last !== undefined && Number(last) === Number(total) - 1;
}

/** Where an answer forwards to; null where it does not, or to no web address. */
export function forwardOf({ status, headers }: AnswerHeader, url: string): string | null {
  if (status < 300 || status > 399 || status === 304) return null;
  try {
    const to = new URL(headerValue(headers, 'Location') ?? '', url);
    return /^https?:$/.test(to.protocol) && headerValue(headers, 'Location') !== null ? to.href : null;
  } catch {
    return null;
  }
}

async function placeOf(
  source: Parameters<typeof contentOf>[0],
  index: StoredEntry,
  url: string,
): Promise<{ offset: number; status: number } | null> {
  const parts: Uint8Array[] = [];
  for await (const piece of contentOf(source, index, nodeCrc32)) parts.push(Uint8Array.from(piece));
  let newest: { offset: number; status: number } | null = null;
  const sign = JSON.stringify(url);
  for (const line of Buffer.concat(parts).toString('latin1').split('\n')) {
    if (!line.includes(sign)) continue;
    const fields = lineSchema.safeParse(JSON.parse(line.slice(line.indexOf('{')))).data;
    if (fields === undefined || fields.url !== url || (fields.method ?? 'GET') !== 'GET') continue;
    const [offset, status] = [Number(fields.offset), Number(fields.status)];
    if (newest === null || offset > newest.offset) newest = { offset, status };
  }
  return newest;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
