/** X's pages as they come: an empty shell whose script asks for the posts by GraphQL, and draws what it was answered. */
import { gzipSync } from 'node:zlib';
import { html, type Route } from '../site-server.ts';
import type { ServedPost } from './page.ts';

/** The id of a post of this moment (sites/x/snowflake.ts). */
export function postId(instant: string, n = 0): string {
  return String(((BigInt(Date.parse(instant)) - 1288834974657n) << 22n) + BigInt(n));
}

export interface XPost {
  id: string;
  text: string;
  /** ISO; by default that of the id. */
  createdAt: string;
  legacy?: Record<string, unknown>;
  more?: Record<string, unknown>;
}

const author = {
  __typename: 'User',
  rest_id: '44196397001',
  core: { screen_name: 'ada_ferry', name: 'Ada of the ferry', created_at: 'Mon Jun 02 20:12:29 +0000 2014' },
  legacy: { screen_name: 'ada_ferry', name: 'Ada of the ferry' },
};

/** 'Fri Mar 01 12:00:00 +0000 2024' */
function legacyTime(iso: string): string {
  const [day, date, month, year, time] = new Date(iso).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} +0000 ${year}`;
}

export function tweetResult({ id, text, createdAt, legacy = {}, more = {} }: XPost): Record<string, unknown> {
  return {
    __typename: 'Tweet',
    rest_id: id,
    core: { user_results: { result: author } },
    legacy: {
      id_str: id,
      user_id_str: author.rest_id,
      conversation_id_str: id,
      created_at: legacyTime(createdAt),
      full_text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      lang: 'en',
      favorite_count: 12,
      retweet_count: 3,
      reply_count: 1,
      quote_count: 0,
      entities: { hashtags: [], urls: [], user_mentions: [], symbols: [] },
      ...legacy,
    },
    ...more,
  };
}

/** A conversation as TweetDetail answers it. `results`: by the id in the entry's name. */
export function conversation(results: readonly (readonly [id: string, result: unknown])[]): unknown {
  return {
    data: {
      threaded_conversation_with_injections_v2: {
        instructions: [
          {
            type: 'TimelineAddEntries',
            entries: results.map(([id, result]) => ({
              entryId: `tweet-${id}`,
              sortIndex: id,
              content: {
                entryType: 'TimelineTimelineItem',
                itemContent: { itemType: 'TimelineTweet', tweet_results: { result } },
              },
            })),
          },
        ],
      },
    },
  };
}

/** gzip, as the platform sends its JSON. */
export function zippedJson(value: unknown, status = 200): Route {
  return (_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.writeHead(status).end(gzipSync(JSON.stringify(value)));
  };
}

/** The shell, which asks `api` in the page's own way and draws each post's words. `method`: POST sends variables. */
export function shell(api: string, method: 'GET' | 'POST', after = ''): Route {
  return html(`<title>X</title><div id="react-root"></div><script>
    const focal = location.pathname.split('/').at(-1);
    const asked = ${JSON.stringify(method)} === 'POST'
      ? fetch(${JSON.stringify(api)}, { method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ variables: { focalTweetId: focal }, queryId: 'x' }) })
      : fetch(${JSON.stringify(api)} + '?variables=' + encodeURIComponent(JSON.stringify({ focalTweetId: focal })));
    asked.then((answer) => answer.json()).then((answer) => {
      const root = document.getElementById('react-root');
      const entries = answer.data?.threaded_conversation_with_injections_v2?.instructions[0]?.entries ?? [];
      for (const { content } of entries) {
        const shown = content.itemContent.tweet_results.result;
        const tweet = shown?.tweet ?? shown;
        const article = document.createElement('article');
        article.dataset.testid = 'tweet';
        article.innerText = tweet?.legacy?.full_text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
          ?? tweet?.tombstone?.text?.text ?? 'Something went wrong.';
        root.append(article);
      }
      ${after}
    });
  </script>`);
}

export function served({ id, text }: XPost): ServedPost {
  return { id, text };
}
