/** X: a post that was removed; in its place stands what the platform says of it. */
import { type CityPage, incomplete } from '../page.ts';
import { conversation, postId, shell, zippedJson } from '../x.ts';

const id = postId('2024-03-02T08:00:00.000Z', 2);
const api = '/i/api/graphql/gone-2/TweetDetail';
const words = 'This Post was deleted by the Post author. Learn more';

export const page: CityPage = {
  what: 'a post that its author has removed',
  address: `https://x.com/ada_ferry/status/${id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${id}`]: shell(api, 'GET'),
    [`x.com${api}`]: zippedJson(
      conversation([[id, { __typename: 'TweetTombstone', tombstone: { text: { text: words } } }]]),
    ),
  }),
  captures: () => [{ ...incomplete(['no-post-read']), says: /deleted by the Post author/ }],
  shows: words,
};
