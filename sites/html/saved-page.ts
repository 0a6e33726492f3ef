/** What a saved page says of itself: who saved it, from where, when. Claims of the file, no more. */
import { statedTime } from '../stated-time.ts';
import { attribute, elementsOf, type HtmlElement, parseHtml } from './parse.ts';

export interface SavedPageFacts {
  /** The address that the saving tool wrote down. */
  url: string | null;
  /** RFC 3339 in UTC with milliseconds; null where the tool wrote none, or none that can be read. */
  savedAt: string | null;
  /** The characters as the tool wrote them. */
  savedAtRaw: string | null;
  tool: 'SingleFile' | 'browser' | null;
  /** `<link rel="canonical">`: what the site calls the page. Not where it was saved from. */
  canonicalUrl: string | null;
  /** `<meta property="og:url">`: likewise. */
  openGraphUrl: string | null;
}

/** Tools write their comment first; a site's own comment further down is not theirs. */
const COMMENT_WITHIN = 16 * 1024;
/** Characters in which the head of a page is looked for. */
const HEAD_WITHIN = 1024 * 1024;
const MAX_URL = 8192;

const none: SavedPageFacts = {
  url: null,
  savedAt: null,
  savedAtRaw: null,
  tool: null,
  canonicalUrl: null,
  openGraphUrl: null,
};

/** What `Date.prototype.toString` writes (ECMA-262, 21.4.4.41); the zone's name in brackets says no more than its offset. */
const javascriptDate =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})(?: \([^()]*\))?$/;

/** Never left to `Date.parse`: it makes a time of nearly anything, in the zone of the machine that happens to read it. */
function instant(raw: string | null): string | null {
  if (raw === null) return null;
  const found = javascriptDate.exec(raw);
  const [, month, day, year, clock, offset] = found ?? [];
  const { time } = statedTime(found ? `${day} ${month} ${year} ${clock} ${offset}` : raw, 'saved date');
  const isPoint =
    time !== null && time.zone !== 'unknown' && ['second', 'millisecond'].includes(time.precision);
  return isPoint ? new Date(time.value).toISOString() : null;
}

function bounded(url: string | undefined | null): string | null {
  const trimmed = url?.trim() ?? '';
  return trimmed === '' || trimmed.length > MAX_URL ? null : trimmed;
}

function fromComments(start: string): Pick<SavedPageFacts, 'url' | 'savedAt' | 'savedAtRaw' | 'tool'> {
  for (const [, comment = ''] of start.matchAll(/<!--(.*?)-->/gs)) {
    if (/^\s*Page saved with SingleFile\b/.test(comment)) {
      const savedAtRaw = bounded(/^\s*saved date:\s*(.*)$/m.exec(comment)?.[1]);
      const url = bounded(/^\s*url:\s*(\S.*)$/m.exec(comment)?.[1]);
      return { url, savedAtRaw, savedAt: instant(savedAtRaw), tool: 'SingleFile' };
    }
    // Chrome, Edge, Internet Explorer: the 'mark of the web', with the address's length in four digits.
    const mark = /^\s*saved from url=\(\d{4}\)(\S+)\s*$/.exec(comment);
    if (mark) return { url: bounded(mark[1]), savedAt: null, savedAtRaw: null, tool: 'browser' };
  }
  return none;
}

/** Elements of the page's head. Everything behind it is left away first: it may be large, and is not needed. */
function headElements(text: string): HtmlElement[] {
  const limited = text.slice(0, HEAD_WITHIN);
  const end = /<\/head\s*>|<body[\s>]/i.exec(limited);
  const parsed = parseHtml(limited.slice(0, end?.index));
  if ('refused' in parsed) return [];
  return [...elementsOf(parsed.document)];
}

/**
 * Reads what a saved page says of its own origin. Knows the comments of SingleFile and of browsers that
 * save 'web page, complete'. Never throws; reads at most the first MiB of `text`.
 *
 * @param text a decoded HTML page, attacker-controlled
 */
export function savedPageFacts(text: string): SavedPageFacts {
  const elements = headElements(text);
  const canonical = elements.find(
    (element) => element.tagName === 'link' && /(^|\s)canonical(\s|$)/i.test(attribute(element, 'rel') ?? ''),
  );
  const openGraph = elements.find(
    (element) => element.tagName === 'meta' && attribute(element, 'property') === 'og:url',
  );
  return {
    ...fromComments(text.slice(0, COMMENT_WITHIN)),
    canonicalUrl: bounded(canonical && attribute(canonical, 'href')),
    openGraphUrl: bounded(openGraph && attribute(openGraph, 'content')),
  };
}
