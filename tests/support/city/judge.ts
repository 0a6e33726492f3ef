/** What a capture of the city came to, against what was served: by the archive, and by warcio out of its WACZ. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { WARCParser, type WARCRecord } from 'warcio';
import type { Archive } from '../../../archive/archive.ts';
import { findArtifact, readStored } from '../../../archive/blobs.ts';
import { checkWaczFile } from '../../../archive/check-wacz.ts';
import { requireCapture, requirePost } from '../../../archive/posts.ts';
import type { CaptureResult } from '../../../contract/model/recording.ts';
import { copied } from '../../../evidence/source/byte-source.ts';
import { openFileSource } from '../../../evidence/source/file.ts';
import { warcPath } from '../../../evidence/wacz/package.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../../evidence/zip/reader.ts';
import { lastResort } from '../../../sites/general.ts';
import type { CityPage, Engine, Expected, ServedPost } from './page.ts';
import type { Served } from './server.ts';

/** A body as a record of the WACZ holds it, or says that another one does. */
interface Kept {
  url: string;
  sha256: string;
  size: number;
  isTruncated: boolean;
}

export interface Judged {
  wrong: string[];
  /** Path of the WACZ. */
  wacz: string;
  kept: Kept[];
}

/** Verdict, reasons and posts are those expected, and the WACZ, written to `wacz`, holds together. */
export async function judgeCapture(
  archive: Archive,
  capture: CaptureResult,
  expected: Expected,
  wacz: string,
): Promise<Judged> {
  const wrong: string[] = [];
  const codes = [...new Set(capture.reasons.map(({ code }) => code))].sort();
  if (capture.verdict !== expected.verdict || codes.join() !== expected.reasons.join()) {
    const why = capture.reasons.map(({ code, message }) => `${code}: ${message}`).join(' | ');
    wrong.push(
      `${capture.verdict} (${why}) where ${expected.verdict} (${expected.reasons.join()}) was expected`,
    );
  }
  if (expected.says !== undefined && !capture.reasons.some(({ message }) => expected.says?.test(message)))
    wrong.push(
      `no reason says ${expected.says}: ${capture.reasons.map(({ message }) => message).join(' | ')}`,
    );
  wrong.push(...differences(postsOf(archive, capture), expected));
  const found = requireCapture(archive, capture.id).artifacts.find(({ role }) => role === 'wacz');
  if (found === undefined) return { wrong: [...wrong, 'there is no WACZ'], wacz, kept: [] };
  await pipeline(readStored(archive, findArtifact(archive, found.sha256)), createWriteStream(wacz));
  const { verdict, steps } = await checkWaczFile(wacz, { trust: [] });
  if (verdict !== 'consistent') wrong.push(`its WACZ is ${verdict}: ${JSON.stringify(steps)}`);
  const { kept, wrong: digests } = await keptIn(wacz);
  return { wrong: [...wrong, ...digests], wacz, kept };
}

function postsOf(archive: Archive, { posts }: CaptureResult): Required<ServedPost>[] {
  return posts.flatMap((id) => {
    const { content } = requirePost(archive, id);
    // A page's title and words are no post that it serves.
    if (content.readFrom === lastResort) return [];
    const { platformId, text, sourceOfText, notices = [] } = content;
    const source = sourceOfText?.found ?? 'nowhere';
    return [{ id: platformId, text, source, notices: notices.map(({ kind }) => kind).sort() }];
  });
}

function differences(read: readonly Required<ServedPost>[], { posts, sometimes = [] }: Expected): string[] {
  const left = [...read];
  const wrong: string[] = [];
  for (const post of [...posts, ...sometimes]) {
    const at = left.findIndex(({ id, text }) => id === post.id && text === post.text);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found === undefined && sometimes.includes(post)) continue;
    if (found === undefined) wrong.push(`not read: ${post.id} ${post.text.slice(0, 100)}`);
    else if (JSON.stringify({ ...found, ...post }) !== JSON.stringify(found))
      wrong.push(`read as ${JSON.stringify(found)} where ${JSON.stringify(post)} was expected`);
  }
  return [
    ...wrong,
    ...left.map(({ id, text }) => `read and not served: ${id} ${JSON.stringify(text.slice(0, 200))}`),
  ];
}

/** Reads every record as warcio cuts it, comparing its digests with its bytes. */
async function keptIn(path: string): Promise<{ kept: Kept[]; wrong: string[] }> {
  const source = await openFileSource(path);
  const kept: Kept[] = [];
  const wrong: string[] = [];
  try {
    const entry = (await openZip(source)).entries.find(({ name }) => name === warcPath);
    if (entry === undefined) return { kept, wrong: ['there is no WARC in the WACZ'] };
    for await (const record of new WARCParser(copied(contentOf(source, entry, nodeCrc32)))) {
      const { size, sha256 } = await hashed(record);
      const url = record.warcTargetURI ?? '';
      const isTruncated = record.warcHeaders.headers.has('WARC-Truncated');
      const declared = record.warcPayloadDigest?.replace('sha256:', '') ?? '';
      if (record.warcType === 'revisit') kept.push({ url, sha256: declared, size: -1, isTruncated });
      else if (record.warcType !== 'warcinfo' && declared !== sha256)
        wrong.push(`warcio: the digest of ${record.warcType} ${url} is not that of its bytes`);
      if (record.warcType === 'response' && size > 0) kept.push({ url, sha256, size, isTruncated });
    }
  } finally {
    await source.close();
  }
  return { kept, wrong };
}

async function hashed(record: WARCRecord): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of record) {
    hash.update(piece);
    size += piece.length;
  }
  return { size, sha256: hash.digest('hex') };
}

const forwards = new Set([301, 302, 303, 307, 308]);

/** What the page's hosts served stands in the WACZ, and nothing else does. */
export function judgeBodies(
  page: CityPage,
  engine: Engine,
  served: readonly Served[],
  captures: readonly Judged[],
): { wrong: string[]; bodies: number; bytes: number } {
  const places = new Set(Object.keys(page.routes()));
  const excused = page.unrecorded?.(engine) ?? {};
  const kept = captures.flatMap((capture) => capture.kept);
  const left = kept.map(({ url, sha256 }) => `${url} ${sha256}`);
  const must = served.filter(
    ({ place, status, method, isWhole, size }) =>
      places.has(place) && isWhole && size > 0 && method !== 'HEAD' && !forwards.has(status),
  );
  const missing = must.filter(({ url, sha256, place }) => {
    const at = left.indexOf(`${url} ${sha256}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && excused[place] === undefined;
  });
  const all = new Set(served.map(({ url, sha256 }) => `${url} ${sha256}`));
  const others = kept.filter(({ url, sha256, isTruncated }) => !isTruncated && !all.has(`${url} ${sha256}`));
  return {
    wrong: [
      ...missing.map(({ url, size }) => `served, and not in the WACZ: ${size} bytes of ${url}`),
      ...others.map(({ url, size }) => `in the WACZ, and not served: ${size} bytes of ${url}`),
    ],
    bodies: must.length - missing.length,
    bytes: must.filter((one) => !missing.includes(one)).reduce((sum, { size }) => sum + size, 0),
  };
}
