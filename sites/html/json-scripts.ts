/** JSON that a page holds for its scripts, in elements of that type. Attacker-controlled. */
import type { Page } from '../general/page.ts';
import { parseJson } from '../json/parse.ts';
import { attribute, ownText } from './parse.ts';

/** The documents, one after the other: the next is parsed when it is asked for. What is no JSON is left out. */
export function* jsonScripts({ elements }: Page): Generator<unknown> {
  for (const element of elements) {
    const type = element.tagName === 'script' ? attribute(element, 'type') : null;
    if (type?.trim().toLowerCase() !== 'application/json') continue;
    yield* parseJson(new TextEncoder().encode(ownText(element))).values;
  }
}
