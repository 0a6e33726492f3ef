/** Words out of the HTML that Mastodon makes of them. */

import type { PostLink } from '../../contract/model/post-facts.ts';
import { domText } from '../general/dom-text.ts';
import { attribute, elementsOf, type HtmlElement, parseHtml } from '../html/parse.ts';
import { address } from '../post/draft.ts';

const MAX_LINKS = 500;

function hasClass(element: HtmlElement, name: string): boolean {
  return (attribute(element, 'class') ?? '').split(/\s+/).includes(name);
}

/**
 * The text, white space kept as Mastodon's own pages keep it. `withQuote` false: the line that servers put in front
 * of a quote for programs that know none is left out. Never throws; `refused` says why nothing was read.
 */
export function textOfContent(
  content: string,
  withQuote: boolean,
): { text: string; links: PostLink[]; refused: string | null } {
  const parsed = parseHtml(`<body style="white-space: pre-wrap">${content.replaceAll('\0', '\uFFFD')}`);
  if ('refused' in parsed) return { text: '', links: [], refused: parsed.refused };
  const elements = [...elementsOf(parsed.document)];
  const body = elements.find(({ tagName }) => tagName === 'body');
  if (body === undefined) return { text: '', links: [], refused: 'has no words' };
  const isLeftOut = (element: HtmlElement) => !withQuote && hasClass(element, 'quote-inline');
  const { text } = domText(body, isLeftOut);
  const links = elements
    .filter(({ tagName }) => tagName === 'a')
    .slice(0, MAX_LINKS)
    .flatMap((element) => {
      const url = address(attribute(element, 'href'));
      const shown = domText(element).text;
      // Where the words are the address, they say where they lead.
      return url === null || shown === '' || shown === url || !text.includes(shown)
        ? []
        : [{ text: shown, url }];
    });
  return { text, links, refused: null };
}
