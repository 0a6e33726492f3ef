/** A feed without an end is left at its limit. */
import { feed } from '../feed.ts';
import { listPosts, servedList } from '../lists.ts';
import { type CityPage, incomplete } from '../page.ts';

const posts = listPosts(30);
const path = 'harbour.example/list-endless';

export const page: CityPage = {
  what: 'a feed without an end is left at its limit',
  address: `https://${path}`,
  options: ['--max-posts', '20'],
  routes: () => feed(path, posts, 'goes on'),
  captures: () => [incomplete(['limit-reached'], ...servedList(posts.slice(0, 24)))],
  shows: null,
  campaignOnly: true,
};
