/** A list in a box of its own whose posts are marked as posts in no way, and stand in no answer as words. */
import { listPosts, servedList, virtualList } from '../lists.ts';
import { type CityPage, complete } from '../page.ts';

const count = 2000;
const posts = listPosts(count);
const path = 'harbour.example/board';

export const page: CityPage = {
  what: 'a list of 2,000 posts whose words stand in the rendered page alone',
  address: `https://${path}`,
  options: ['--autopilot', '--max-posts', '5000', '--max-minutes', '60'],
  routes: () => ({ [path]: virtualList({ marks: 'bare', source: { posts }, count, inBox: true }) }),
  captures: () => [complete(...servedList(posts))],
  shows: null,
};
