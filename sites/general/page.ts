/** A page, decoded and parsed, with what all parts of the general reader ask of it. */
import type { RecordedExchange } from '../../contract/reading.ts';
import { decodeHtml } from '../html/decode.ts';
import { attribute, elementsOf, type HtmlElement, isElement, ownText, parseHtml } from '../html/parse.ts';
import { languageTag } from '../language.ts';
import type { Notes } from '../notes.ts';
import { shortText, wellFormed } from '../well-formed.ts';
import { type DomText, domText } from './dom-text.ts';

const MAX_ADDRESS = 8192;

/** The value of the nearest element, from `element` upwards, that has the attribute at all. */
function nearest(element: HtmlElement, name: string): { value: string; holder: HtmlElement } | null {
  for (let at: HtmlElement | null = element; at !== null; ) {
    const value = attribute(at, name);
    if (value !== null) return { value, holder: at };
    const parent: HtmlElement['parentNode'] = at.parentNode;
    at = parent && isElement(parent) ? parent : null;
  }
  return null;
}

/** Language as `lang` declares it, and whether that stands on the page as a whole: then it is of its buttons, too. */
export function declaredLanguage(element: HtmlElement): { tag: string; ofPage: boolean } | null {
  const found = nearest(element, 'lang');
  const tag = languageTag(found?.value);
  if (found === null || tag === null) return null;
  return { tag, ofPage: ['html', 'body'].includes(found.holder.tagName) };
}

/** Direction as `dir` declares it; 'auto' declares none. */
export function declaredDirection(element: HtmlElement): 'ltr' | 'rtl' | null {
  const value = nearest(element, 'dir')?.value.trim().toLowerCase();
  return value === 'ltr' || value === 'rtl' ? value : null;
}

export interface Page {
  /** Address of the page as the recording gives it, or null. */
  url: string | null;
  elements: readonly HtmlElement[];
  /** The page holds U+FFFD where bytes were invalid or NUL: texts with U+FFFD are lossy. */
  lossy: boolean;
  title: string | null;
  canonical: string | null;
  htmlElement: HtmlElement | null;
  body: HtmlElement | null;
  notes: Notes;
  /** An address in the page made absolute (its base element counts); null for scripts and nonsense. */
  absolute(address: string | null | undefined): string | null;
  /** `domText`, within what may be spent on one page. */
  text(root: HtmlElement, skip?: (element: HtmlElement) => boolean, keepsSpaces?: boolean): DomText;
}

/** Nodes and characters. Posts nested in posts ask for the same text again and again. */
const TEXT_BUDGET = 80_000_000;

function textReader(notes: Notes): Page['text'] {
  let left = TEXT_BUDGET;
  return (root, skip, keepsSpaces) => {
    if (left > 0) {
      const read = domText(root, skip, keepsSpaces);
      left -= read.cost;
      return read;
    }
    notes.limit('The page nests its posts so deeply that the text of some was not read.');
    return { text: '', holders: new Set(), cost: 0 };
  };
}

function resolver(base: string | null): Page['absolute'] {
  return (address) => {
    const given = address?.trim() ?? '';
    // Media inside the page: the address is the media.
    if (/^data:/i.test(given)) return wellFormed(given).text;
    if (given === '' || given.length > MAX_ADDRESS) return null;
    if (!(base === null ? URL.canParse(given) : URL.canParse(given, base))) return null;
    const url = base === null ? new URL(given) : new URL(given, base);
    return ['http:', 'https:', 'blob:', 'cid:'].includes(url.protocol) ? url.href : null;
  };
}

function textOf(element: HtmlElement | undefined): string | null {
  const text = element === undefined ? '' : ownText(element);
  return shortText(text.replace(/[ \t\n\f\r]+/g, ' '));
}

/**
 * Decodes and parses the page.
 *
 * @returns the page, or why it cannot be read, as a sentence
 */
export function openPage(exchange: RecordedExchange, url: string | null, notes: Notes): Page | string {
  const decoded = decodeHtml(exchange.body, exchange.charset);
  // The parser would drop NULs from text without a word.
  const hasNul = decoded.text.includes('\0');
  const text = hasNul ? decoded.text.replaceAll('\0', '\uFFFD') : decoded.text;
  if (decoded.lossy)
    notes.add(`Some bytes of the page are not valid ${decoded.encoding}; they are shown as \uFFFD.`);
  if (hasNul) notes.add('The page holds NUL characters; they are shown as \uFFFD.');
  const parsed = parseHtml(text);
  if ('refused' in parsed) return `The page ${parsed.refused}; it was kept and not read.`;
  const elements = [...elementsOf(parsed.document)];
  const first = (tagName: string) => elements.find((element) => element.tagName === tagName);
  const base = first('base');
  const outer = url !== null && URL.canParse(url) ? wellFormed(url).text : null;
  const declaredBase = resolver(outer)(base ? attribute(base, 'href') : null);
  const absolute = resolver(declaredBase?.startsWith('http') ? declaredBase : outer);
  const canonical = elements.find(
    (element) =>
      element.tagName === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(attribute(element, 'rel') ?? ''),
  );
  return {
    url: outer,
    elements,
    lossy: decoded.lossy || hasNul,
    title: textOf(first('title')),
    canonical: canonical ? absolute(attribute(canonical, 'href')) : null,
    htmlElement: first('html') ?? null,
    body: first('body') ?? null,
    notes,
    absolute,
    text: textReader(notes),
  };
}
