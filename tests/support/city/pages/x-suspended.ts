/** X: a post whose account is suspended; its reply is still there. */
import { type CityPage, incomplete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const id = postId('2024-03-03T08:00:00.000Z', 3);
const answered = '2024-03-03T09:00:00.000Z';
const reply: XPost = {
  id: postId(answered, 33),
  createdAt: answered,
  text: '@boris_pier No, it did not run on Sunday either.',
  legacy: { in_reply_to_status_id_str: id, in_reply_to_screen_name: 'boris_pier', conversation_id_str: id },
};
const api = '/i/api/graphql/suspended-3/TweetDetail';
const words = 'This Post is from a suspended account. Learn more';

export const page: CityPage = {
  what: 'a post of a suspended account, with a reply that can still be read',
  address: `https://x.com/boris_pier/status/${id}`,
  routes: () => ({
    [`x.com/boris_pier/status/${id}`]: shell(api, 'GET'),
    [`x.com${api}`]: zippedJson(
      conversation([
        [id, { __typename: 'TweetTombstone', tombstone: { text: { text: words } } }],
        [reply.id, tweetResult(reply)],
      ]),
    ),
  }),
  captures: () => [
    { ...incomplete(['no-post-read', 'context-not-captured'], served(reply)), says: /suspended account/ },
  ],
  shows: words,
  inTests: true,
};
