/** What a clause seems to do, by its heading and its words. A proposal: a person confirms or corrects it. */
import type { ClauseRole } from '../../contract/model/policy.ts';
import { type RoleWords, roleWordsOf } from './role-words.ts';

/**
 * `heading`: the words of the nearest heading; `above`: those of the headings around it, outermost first. Null: it
 * explains, names resources, or says how to report. English and German are read.
 */
export function proposeRole(text: string, heading: string, above: readonly string[]): ClauseRole | null {
  const words = roleWordsOf(`${text} ${heading}`);
  const { exception, sanction, prohibition } = words;
  const near = [heading, ...[...above].reverse()].filter((line) => line !== '').slice(0, 2);
  for (const line of near) {
    if (words.heading.exception.test(line)) return 'exception';
    if (words.heading.sanction.test(line))
      return sanction.test(text) || exception.test(text) ? 'sanction' : null;
    if (words.heading.guide.test(line)) return null;
    if (words.heading.prohibition.test(line))
      return exception.test(text) && !prohibition.test(text) ? 'exception' : 'prohibition';
  }
  return roleOfWords(text, words);
}

/** By the first sentence that says one of them. */
function roleOfWords(text: string, words: RoleWords): ClauseRole | null {
  for (const sentence of text.split(/(?<=[.!?])\s+/)) {
    if (words.readMore.test(sentence)) continue;
    if (words.exception.test(sentence) && !words.prohibition.test(sentence)) return 'exception';
    if (words.prohibition.test(sentence)) return 'prohibition';
    if (words.sanction.test(sentence)) return 'sanction';
    if (words.definition.test(sentence)) return 'definition';
  }
  return null;
}
