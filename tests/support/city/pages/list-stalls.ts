/** A feed that shows for ever that more is on its way. */
import { feed } from '../feed.ts';
import { listPosts, servedList } from '../lists.ts';
import { type CityPage, incomplete } from '../page.ts';

const posts = listPosts(18);
const path = 'harbour.example/list-stalls';

export const page: CityPage = {
  what: 'a feed that shows for ever that more is on its way',
  address: `https://${path}`,
  options: ['--autopilot'],
  routes: () => feed(path, posts, 'spins'),
  captures: () => [incomplete(['stalled'], ...servedList(posts))],
  shows: null,
};
