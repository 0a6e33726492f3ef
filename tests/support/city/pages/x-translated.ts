/** X: a post that the page shows in the platform's translation only; the author's words are in the answer. */
import { type CityPage, complete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const createdAt = '2024-03-07T08:00:00.000Z';
const translation = 'The ferry is late again today.';
const post: XPost = {
  id: postId(createdAt, 7),
  createdAt,
  text: 'قایق امروز هم دیر کرد.',
  legacy: { lang: 'fa' },
  more: {
    grok_translated_post_with_availability: { translation, destination_language: 'en', is_available: true },
  },
};
const api = '/i/api/graphql/translated-7/TweetDetail';

export const page: CityPage = {
  what: 'a post that the page shows in the platform’s translation, whose original only the answer holds',
  address: `https://x.com/ada_ferry/status/${post.id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${post.id}`]: shell(
      api,
      'GET',
      `root.innerHTML = '<article>${translation}</article><button>Show original</button>';`,
    ),
    [`x.com${api}`]: zippedJson(conversation([[post.id, tweetResult(post)]])),
  }),
  captures: () => [complete({ ...served(post), source: 'network' })],
  shows: translation,
};
