/** Sentences with which a platform says in a page that what its address names is not shown. */
import type { Page } from './general/page.ts';
import { ownText } from './html/parse.ts';

const longest = 300;

/** The first element whose own words are such a sentence; null where there is none. Scripts say nothing to people. */
export function unavailableWords({ elements }: Page, sentences: RegExp): string | null {
  for (const element of elements) {
    if (['script', 'style', 'noscript', 'template', 'title'].includes(element.tagName)) continue;
    const words = ownText(element).replace(/\s+/gu, ' ').trim();
    if (words !== '' && words.length <= longest && sentences.test(words)) return words;
  }
  return null;
}
