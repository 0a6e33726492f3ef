/** The same with 2,000 posts. */
import { jsonPages, listPosts, servedList, virtualList } from '../lists.ts';
import { type CityPage, complete } from '../page.ts';

const count = 2000;
const posts = listPosts(count);
const path = 'harbour.example/years';

export const page: CityPage = {
  what: 'a list of 2,000 posts in eighteen elements',
  address: `https://${path}`,
  options: ['--autopilot', '--max-posts', '5000', '--max-minutes', '60'],
  routes: () => ({
    [path]: virtualList({ marks: 'marked', source: { pages: '/years/posts', size: 50 }, count }),
    [`${path}/posts`]: jsonPages(posts, 50),
  }),
  captures: () => [complete(...servedList(posts))],
  shows: null,
};
