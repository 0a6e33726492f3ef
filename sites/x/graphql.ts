/** Posts in one answer of X's GraphQL, wherever in it they stand: timelines, conversations, searches, quotes. */
import type { PostNotice } from '../../contract/model/post-facts.ts';
import { digitsAt, type JsonObject, objectAt, stringAt } from '../json/members.ts';
import { objectsOf } from '../json/walk.ts';
import type { CollectedPosts } from '../post/collected.ts';
import { notice } from '../post/draft.ts';
import { accountNotices } from './account.ts';
import { bareTweet, goneNotice, isPost, limitNotices, readTweet, type TweetContext } from './tweet.ts';

/** What the surroundings of a post say of it, by its id. */
class Surroundings {
  readonly #notices = new Map<string, PostNotice[]>();

  add(tweet: unknown, notices: readonly PostNotice[]): void {
    const id = digitsAt(tweet, 'rest_id');
    if (id !== null && notices.length > 0)
      this.#notices.set(id, [...(this.#notices.get(id) ?? []), ...notices].slice(0, 50));
  }

  addTo(posts: CollectedPosts): void {
    for (const [id, more] of this.#notices)
      posts.change(id, (post) => {
        const known = post.notices ?? [];
        const added = more.filter(({ text }) => !known.some((each) => each.text === text));
        return added.length === 0 ? post : { ...post, notices: [...known, ...added] };
      });
  }
}

/** What is said of a post that is not there: with its id where the timeline's entry names it. */
function noteGone(value: JsonObject, within: string | null, context: TweetContext): void {
  const gone = goneNotice(value);
  const id = /(?:^|-)tweet-(\d+)$/.exec(within ?? '')?.[1];
  if (gone !== null && id !== undefined) context.notes.notShown(id, gone.text);
  if (gone !== null)
    context.notes.add(`A post is not shown${id === undefined ? '' : ` (${id})`}: ${gone.text}`);
}

function noteErrors(value: unknown, { notes, from }: TweetContext): void {
  for (const { value: error, name } of objectsOf(objectAt({ value }, 'value'), notes)) {
    const message = name === 'errors' ? stringAt(error, 'message') : null;
    if (message !== null) notes.add(`X answered with an error (${from.url.slice(0, 120)}): ${message}`);
  }
}

/** Adds the posts of the document to `posts`, and what could not be read to the notes. */
export function readGraphql(document: unknown, context: TweetContext, posts: CollectedPosts): void {
  const around = new Surroundings();
  noteErrors(document, context);
  for (const { value, within } of objectsOf(document, context.notes, 'entryId')) {
    if (isPost(value)) posts.add(digitsAt(value, 'rest_id') ?? '', readTweet(value, context));
    noteGone(value, within, context);
    const type = stringAt(value, '__typename');
    if (type === 'TweetWithVisibilityResults') around.add(bareTweet(value), limitNotices(value));
    if (type === 'UserUnavailable') for (const { text } of accountNotices(value)) context.notes.add(text);
    const shown = objectAt(value, 'tweet_results', 'result');
    if (shown !== null && objectAt(value, 'promotedMetadata') !== null)
      around.add(bareTweet(shown), [notice('label', 'Shown as an advertisement.')]);
  }
  around.addTo(posts);
}
