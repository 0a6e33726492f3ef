/** Short addresses in the text of X's posts, and where they lead. The text itself keeps them. */
import type { PostLink } from '../../contract/model/post-facts.ts';
import { listAt, stringAt } from '../json/members.ts';
import { address } from '../post/draft.ts';

/** `entities`: of legacy, of a note, or of the API v2. */
export function linksIn(entities: unknown, text: string): PostLink[] {
  const given = [...listAt(entities, 'urls'), ...listAt(entities, 'media')];
  return given.flatMap((item) => {
    const shown = stringAt(item, 'url');
    const url = address(stringAt(item, 'expanded_url'));
    return shown === null || shown === '' || url === null || !text.includes(shown)
      ? []
      : [{ text: shown, url }];
  });
}

/** X escapes three characters in texts (not in long ones, which come as notes). */
export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_whole, name: string) =>
    name === 'amp' ? '&' : name === 'lt' ? '<' : '>',
  );
}
