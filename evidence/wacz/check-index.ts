/** The index and the pages of a WACZ: whether they point to what is there (CDXJ 0.1.0, WACZ 1.1.1). */
import { z } from 'zod';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { LinesTooLong, textLines } from '../format/lines.ts';
import { GzipDamaged } from '../warc/tools.ts';
import { quoted, type WaczFindings } from './check-findings.ts';
import type { RecordPlaces } from './check-records.ts';
import type { PackageFiles } from './package-files.ts';
import { sha256Label } from './read-package.ts';

/** Undoes gzip of one or several members. */
export type Gunzip = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

const limits = { maxLine: 4 * 1024 * 1024, maxLines: 5_000_000 };

/** Records of at most this size are hashed again for the digest that the index states of them. */
const maxRecord = 64 * 1024 * 1024;

const number = z.union([z.number(), z.string().regex(/^\d{1,15}$/)]).transform(Number);

const entrySchema = z.object({
  url: z.string(),
  filename: z.string(),
  offset: number.pipe(z.number().int().nonnegative()),
  length: number.pipe(z.number().int().nonnegative()).optional(),
  recordDigest: z.string().optional(),
});

const pageSchema = z.object({ url: z.string() });
const headSchema = z.object({ format: z.string() });

/** Fails the step 'index', or says what held. Throws ZipError. */
export async function checkIndex(
  files: PackageFiles,
  findings: WaczFindings,
  records: RecordPlaces,
  { sha256, gunzip }: { sha256: Sha256; gunzip: Gunzip },
): Promise<void> {
  const paths = files.paths().filter((path) => /^indexes\/.+\.cdxj?(\.gz)?$/.test(path));
  let entries = 0;
  for (const path of paths) {
    const bytes = path.endsWith('.gz') ? gunzip(files.content(path)) : files.content(path);
    await eachLine(bytes, findings, 'index', path, async (text, line) => {
      entries += 1;
      const problem = await entryProblem(files, records, sha256, text);
      if (problem !== null)
        findings.fail('index', problem.code, `${quoted(path)}, line ${line}: ${problem.message}.`);
    });
  }
  if (paths.length === 0) {
    findings.say(
      'index',
      'not-present',
      'no-index',
      'There is no index in indexes/; replay programs need one.',
    );
  } else if (!records.complete) {
    findings.say('index', 'not-known', 'index-not-checked', 'Not every record was read here.');
  }
  findings.say('index', 'ok', 'ok', `All ${entries} lines of the index point to the records that they name.`);
}

async function entryProblem(
  files: PackageFiles,
  { byFile, complete }: RecordPlaces,
  sha256: Sha256,
  text: string,
): Promise<{ code: string; message: string } | null> {
  const parsed = entrySchema.safeParse(json(/^\S* \S* (\{.*)$/.exec(text)?.[1] ?? ''));
  if (!parsed.success) return { code: 'index-unreadable', message: 'it is no line of an index' };
  const { url, filename, offset, length, recordDigest } = parsed.data;
  const places = byFile.get(filename);
  if (places === undefined)
    return { code: 'index-file-missing', message: `it names ${quoted(filename)}, which is not in archive/` };
  const place = places.get(offset);
  if (place === undefined) {
    if (!complete) return null;
    return { code: 'index-no-record', message: `no record begins at byte ${offset} of ${quoted(filename)}` };
  }
  if (place.address !== url) {
    return {
      code: 'index-other-record',
      message: `it says ${quoted(url)}, but the record at byte ${offset} of ${quoted(filename)} is of ${quoted(place.address ?? '')}`,
    };
  }
  if (length === undefined) return null;
  // Some indexers leave out the line breaks that close a plain record.
  const lengthFits = place.length === null || length === place.length || length === place.length - 4;
  if (!lengthFits) {
    return {
      code: 'index-length',
      message: `it says ${length} bytes for a record of ${place.length} bytes at byte ${offset} of ${quoted(filename)}`,
    };
  }
  const expected = recordDigest === undefined ? null : sha256Label(recordDigest);
  if (expected === null || length > maxRecord) return null;
  const bytes = await files.part(`archive/${filename}`, offset, length);
  if (bytes === null || toHex(sha256.of(bytes)) === expected) return null;
  return {
    code: 'index-digest',
    message: `the record at byte ${offset} of ${quoted(filename)} is another one`,
  };
}

/** Fails the step 'pages', or says what held. Throws ZipError. */
export async function checkPages(
  files: PackageFiles,
  findings: WaczFindings,
  { addresses, complete }: RecordPlaces,
): Promise<void> {
  const paths = files.paths().filter((path) => /^pages\/.+\.jsonl$/.test(path));
  let pages = 0;
  const without: string[] = [];
  for (const path of paths) {
    await eachLine(files.content(path), findings, 'pages', path, async (text, line) => {
      const value = json(text);
      if (line === 1 && headSchema.safeParse(value).success) return;
      const page = pageSchema.safeParse(value);
      if (!page.success) {
        findings.fail('pages', 'page-unreadable', `${quoted(path)}, line ${line} is no page.`);
        return;
      }
      pages += 1;
      if (!isRecorded(addresses, page.data.url)) without.push(page.data.url);
    });
  }
  if (paths.length === 0) {
    findings.say('pages', 'not-present', 'no-pages', 'There is no list of pages in pages/.');
  } else if (!complete) {
    findings.say('pages', 'not-known', 'pages-not-checked', 'Not every record was read here.');
  } else if (without.length > 0) {
    findings.say(
      'pages',
      'not-known',
      'page-not-recorded',
      `${without.length} of ${pages} listed pages have no record of their address (${quoted(without[0] ?? '')}): replay shows nothing there. Recorders also list pages that did not load.`,
    );
  }
  findings.say('pages', 'ok', 'ok', `All ${pages} listed pages have a record of their address.`);
}

/** The part behind '#' is never sent to a server. */
function isRecorded(addresses: ReadonlySet<string>, url: string): boolean {
  return addresses.has(url) || addresses.has(url.replace(/#.*$/s, ''));
}

async function eachLine(
  bytes: AsyncIterable<Uint8Array>,
  findings: WaczFindings,
  step: 'index' | 'pages',
  path: string,
  read: (text: string, line: number) => Promise<void>,
): Promise<void> {
  try {
    for await (const line of textLines(bytes, new TextDecoder(), limits)) {
      const text = line.text.trim();
      if (text !== '' && !text.startsWith('!meta ')) await read(text, line.number);
    }
  } catch (error) {
    if (error instanceof LinesTooLong)
      findings.fail(step, 'too-long', `${quoted(path)} has ${error.message}.`);
    else if (error instanceof GzipDamaged)
      findings.fail(step, 'compressed-damaged', `${quoted(path)}: ${error.message}.`);
    else throw error;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
