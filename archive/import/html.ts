/** A saved page: HTML as a browser or SingleFile wrote it. */
import { decodeHtml } from '../../sites/html/decode.ts';
import { MAX_HTML_LENGTH } from '../../sites/html/parse.ts';
import { savedPageFacts } from '../../sites/html/saved-page.ts';
import { readStoredWhole } from '../blobs.ts';
import { emptyContents, type FileContents, type FileSource } from './contents.ts';
import { joinMedia } from './media.ts';
import { PageReadings } from './pages.ts';

export async function readHtmlFile(source: FileSource): Promise<FileContents> {
  const { archive, stored } = source;
  if (stored.size > MAX_HTML_LENGTH) {
    return {
      ...emptyContents,
      warnings: [
        {
          code: 'file-too-large',
          message: `The page has ${stored.size} bytes; posts are read from pages of at most ${MAX_HTML_LENGTH}. The file is kept whole, no post was read.`,
        },
      ],
    };
  }
  const body = readStoredWhole(archive, stored);
  const { text, encoding, lossy } = decodeHtml(body, null);
  const { url, savedAt } = savedPageFacts(text);
  const pages = new PageReadings();
  pages.add(url, { url: url ?? '', status: 200, mediaType: 'text/html', charset: null, body });
  const warnings = lossy
    ? [
        {
          code: 'file-not-understood',
          message: `Some bytes are not valid ${encoding}; the text shows � for them. The file is kept as it is.`,
        },
      ]
    : [];
  const found = pages.finish();
  // A page saved as one file holds its pictures inside; what it names by address is not here.
  const joined = await joinMedia(source.stage, found.readings, () => null);
  return { ...emptyContents, url, savedAt, warnings: [...warnings, ...found.warnings], ...joined };
}
