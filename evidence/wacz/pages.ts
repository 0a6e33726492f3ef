/** pages/pages.jsonl: what a reader of the archive starts from (WACZ 1.1.1, JSON Lines). */
import type { Instant } from '../../contract/model/common.ts';

export interface WaczPage {
  readonly id: string;
  readonly url: string;
  /** When the page's document was asked for: replay looks for the first answer from then on. */
  readonly ts: Instant;
  readonly title: string | null;
  /** Readable text, for search. */
  readonly text: string | null;
}

/** The header line and one line a page. Lone surrogates, which UTF-8 cannot say, become U+FFFD. */
export function pagesFile(pages: readonly WaczPage[]): Uint8Array {
  const hasText = pages.some(({ text }) => text !== null);
  const lines = [
    { format: 'json-pages-1.0', id: 'pages', title: 'All Pages', hasText },
    ...pages.map(({ id, url, ts, title, text }) => ({
      id,
      url: url.toWellFormed(),
      ts,
      ...(title === null ? {} : { title: title.toWellFormed() }),
      ...(text === null ? {} : { text: text.toWellFormed() }),
    })),
  ];
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
