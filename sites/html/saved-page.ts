/** What a saved page says of itself: who saved it, from where, when. Claims of the file, no more. */
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

function instant(raw: string | null): string | null {
  if (raw === null) return null;
  // SingleFile writes Date.prototype.toString: the zone's name in brackets says nothing that its offset does not.
  const time = Date.parse(raw.replace(/\s*\([^)]*\)\s*$/, ''));
  if (!/[+-]\d{4}|Z|GMT|UTC/.test(raw) || Number.isNaN(time)) return null;
  const written = new Date(time).toISOString();
  return /^\d{4}-/.test(written) ? written : null;
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
