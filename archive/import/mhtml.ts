/** MHTML: a page with its pictures in one file. */
import { HoldfastError } from '../../contract/errors.ts';
import { once } from '../../contract/once.ts';
import { type MhtmlPart, parseMhtml } from '../../evidence/mhtml/parse.ts';
import { readStoredWhole } from '../blobs.ts';
import { emptyContents, type FileContents, type FileSource } from './contents.ts';
import { joinMedia } from './media.ts';
import { PageReadings } from './pages.ts';

/** The whole file is parsed in memory; what is larger is kept unread. */
const largestMhtml = 256 * 1024 * 1024;

function findPart(parts: readonly MhtmlPart[], url: string): MhtmlPart | undefined {
  return parts.find(
    (part) => part.contentLocation === url || (part.contentId !== null && url === `cid:${part.contentId}`),
  );
}

export async function readMhtmlFile(source: FileSource): Promise<FileContents> {
  const { archive, stored } = source;
  if (stored.size > largestMhtml) {
    throw new HoldfastError(
      'file-too-large',
      `The file has ${stored.size} bytes; MHTML is read up to ${largestMhtml}. It is kept whole, no post was read.`,
    );
  }
  const { url, savedAt, parts, root, warnings } = parseMhtml(readStoredWhole(archive, stored));
  const page = root === null ? undefined : parts[root];
  const pages = new PageReadings();
  if (page !== undefined) {
    const { mediaType, charset, body } = page;
    pages.add(url, { url: url ?? page.contentLocation ?? '', status: 200, mediaType, charset, body });
  }
  const found = pages.finish();
  const joined = await joinMedia(source.stage, found.readings, async (address) => {
    const part = findPart(parts, address);
    if (part === undefined || part.body.length === 0) return null;
    return {
      bytes: await source.stage(once(part.body)),
      isStaged: true,
      mediaType: part.mediaType,
      name: part.contentLocation,
    };
  });
  return {
    ...emptyContents,
    url,
    savedAt: savedAt?.instant ?? null,
    exchangeCount: parts.length,
    warnings: [...warnings.map((message) => ({ code: 'mhtml-damaged', message })), ...found.warnings],
    ...joined,
  };
}
