/** Answers of X's GraphQL as small as they can be, in the shapes of the real ones. */

type Json = Record<string, unknown>;

export const graphql = 'https://x.com/i/api/graphql/abc/TweetDetail';

/** An id of X for a moment. */
export function idAt(time: string, count = 0): string {
  return String(((BigInt(Date.parse(time)) - 1_288_834_974_657n) << 22n) + BigInt(count));
}

export const postedAt = '2024-03-01T12:00:00.250Z';
export const id = idAt(postedAt);
export const created = 'Fri Mar 01 12:00:00 +0000 2024';

export function user(change: Json = {}): Json {
  return {
    __typename: 'User',
    rest_id: '42',
    core: { name: 'Ada Example', screen_name: 'ada' },
    legacy: {},
    ...change,
  };
}

export function tweet(legacy: Json = {}, change: Json = {}): Json {
  return {
    __typename: 'Tweet',
    rest_id: legacy.id_str ?? id,
    core: { user_results: { result: user() } },
    edit_control: { edit_tweet_ids: [legacy.id_str ?? id] },
    views: { count: '77', state: 'EnabledWithCount' },
    legacy: {
      created_at: created,
      conversation_id_str: legacy.id_str ?? id,
      full_text: 'words',
      lang: 'en',
      favorite_count: 5,
      retweet_count: 4,
      quote_count: 3,
      reply_count: 2,
      bookmark_count: 1,
      id_str: id,
      user_id_str: '42',
      entities: {},
      ...legacy,
    },
    ...change,
  };
}

export function entry(result: unknown, change: Json = {}): Json {
  return {
    entryId: `tweet-${id}`,
    content: { itemContent: { __typename: 'TimelineTweet', tweet_results: { result }, ...change } },
  };
}

export function timeline(...entries: Json[]): Json {
  return { data: { timeline: { instructions: [{ type: 'TimelineAddEntries', entries }] } } };
}
