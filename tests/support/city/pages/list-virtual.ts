/** A list that keeps some fifteen elements for all its posts, which come as JSON in pages. */
import { jsonPages, listPosts, servedList, virtualList } from '../lists.ts';
import { type CityPage, complete } from '../page.ts';

const count = 150;
const posts = listPosts(count);
const path = 'harbour.example/watch';

export const page: CityPage = {
  what: 'a list that puts one post after the other into the same few elements',
  address: `https://${path}`,
  options: ['--autopilot'],
  routes: () => ({
    [path]: virtualList({ marks: 'marked', source: { pages: '/watch/posts', size: 40 }, count }),
    [`${path}/posts`]: jsonPages(posts, 40),
  }),
  captures: () => [complete(...servedList(posts))],
  shows: null,
};
