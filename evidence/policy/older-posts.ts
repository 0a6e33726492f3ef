/** What a statement says of posts that are older than a clause. */
import type { OlderPosts } from '../../contract/model/policy.ts';

const removal = {
  yes: 'they are removed',
  no: 'they are not removed',
  'not-said': 'nothing of their removal',
} satisfies Record<OlderPosts['removal'], string>;
const sanction = {
  yes: 'they bring a sanction',
  no: 'they bring no sanction',
  'not-said': 'nothing of a sanction',
} satisfies Record<OlderPosts['sanction'], string>;

/** In words, for the middle of a sentence: 'they are removed, they bring no sanction'. */
export function olderPostsWords(older: OlderPosts): string {
  return `${removal[older.removal]}, ${sanction[older.sanction]}`;
}
