/** A page that a web archive replays, as the page that it was: so that the platform's own reader can read it. */
import { serialize } from 'parse5';
import type { RecordedExchange } from '../../contract/reading.ts';
import { decodeHtml } from '../html/decode.ts';
import { attribute, elementsOf, type HtmlDocument, parseHtml } from '../html/parse.ts';
import { isArchiveToday, type Replay, replayPlace } from './address.ts';
import { type Undoing, undoReplay } from './undo.ts';

export interface ReplayedPage {
  replay: Replay;
  /** The page under its original address. */
  exchange: RecordedExchange;
}

/** A replay with what its archive did to the addresses in it. */
export interface ShownReplay extends Replay, Undoing {}

/** archive.today names the original in its header and in the page's own addresses. */
function archiveTodayReplay(document: HtmlDocument, url: string): ShownReplay | null {
  const host = new URL(url).hostname;
  let asked: string | null = null;
  for (const element of elementsOf(document)) {
    const { tagName } = element;
    const named =
      tagName === 'link' && /canonical|bookmark/i.test(attribute(element, 'rel') ?? '')
        ? attribute(element, 'href')
        : tagName === 'meta' && attribute(element, 'property') === 'og:url'
          ? attribute(element, 'content')
          : null;
    const place = isArchiveToday(named) ? replayPlace(named) : null;
    if (place !== null) return { ...place, archive: `archive.today (${host})`, host, base: '/' };
    if (tagName === 'input' && attribute(element, 'name') === 'q') asked ??= attribute(element, 'value');
  }
  if (asked === null || !/^https?:/i.test(asked) || !URL.canParse(asked)) return null;
  return { archive: `archive.today (${host})`, original: asked, time: null, host, base: '/' };
}

/** What is replayed at an address; `html` is asked for where the address alone does not say. Null: it is no replay. */
export function replayOf(url: string, html: () => string): ShownReplay | null {
  const place = replayPlace(url);
  if (place !== null || !isArchiveToday(url)) return place;
  const parsed = parseHtml(html());
  return 'document' in parsed ? archiveTodayReplay(parsed.document, url) : null;
}

/** A part of a replayed page, as it was before. */
export function undonePart(html: string, replay: ShownReplay): string {
  const parsed = parseHtml(html);
  if (!('document' in parsed)) return html;
  undoReplay(parsed.document, replay);
  return serialize(parsed.document, { scriptingEnabled: false });
}

/** Null for a page that is no replay, or cannot be parsed. */
export function openReplay(exchange: RecordedExchange, url: string | null): ReplayedPage | null {
  const place = replayPlace(url);
  if (url === null || exchange.mediaType !== 'text/html' || (place === null && !isArchiveToday(url)))
    return null;
  const { text } = decodeHtml(exchange.body, exchange.charset);
  const parsed = parseHtml(text.replaceAll('\0', '\uFFFD'));
  if (!('document' in parsed)) return null;
  const found = place ?? archiveTodayReplay(parsed.document, url);
  if (found === null) return null;
  const { archive, original, time, host, base } = found;
  undoReplay(parsed.document, { host, base });
  const body = new TextEncoder().encode(serialize(parsed.document, { scriptingEnabled: false }));
  const { n, status, mediaType } = exchange;
  return {
    replay: { archive, original, time },
    exchange: { ...(n === undefined ? {} : { n }), url: original, status, mediaType, charset: 'utf-8', body },
  };
}
