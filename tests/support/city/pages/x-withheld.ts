/** X: a post that is withheld in one country and shown in this one. */
import { type CityPage, complete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const createdAt = '2024-03-04T08:00:00.000Z';
const post: XPost = {
  id: postId(createdAt, 4),
  createdAt,
  text: 'Words that a court of one country did not like.',
  legacy: { withheld_in_countries: ['TR', 'DE'], withheld_scope: 'status' },
};
const api = '/i/api/graphql/withheld-4/TweetDetail';

export const page: CityPage = {
  what: 'a post that is withheld in some countries and shown here',
  address: `https://x.com/ada_ferry/status/${post.id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${post.id}`]: shell(api, 'GET'),
    [`x.com${api}`]: zippedJson(conversation([[post.id, tweetResult(post)]])),
  }),
  captures: () => [complete({ ...served(post), notices: ['withheld'], source: 'network' })],
  shows: post.text,
};
