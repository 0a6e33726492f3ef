/** X: the post comes as the answer to a POST. */
import { type CityPage, complete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const createdAt = '2024-03-01T12:00:00.000Z';
const post: XPost = {
  id: postId(createdAt, 1),
  createdAt,
  text: 'The 6:40 ferry did not run, & nobody said <why>.\n\nقایق ۶:۴۰ نیامد [sic]',
};
const api = '/i/api/graphql/by-post-1/TweetDetail';

export const page: CityPage = {
  what: 'a post that X answers to a GraphQL request by POST',
  address: `https://x.com/ada_ferry/status/${post.id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${post.id}`]: shell(api, 'POST'),
    [`x.com${api}`]: zippedJson(conversation([[post.id, tweetResult(post)]])),
  }),
  captures: () => [complete(served(post))],
  shows: 'The 6:40 ferry did not run',
  inTests: true,
};
