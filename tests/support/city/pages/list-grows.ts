/** A feed that grows to its end, with posts cut short, pictures and a film that load late. */
import { feed } from '../feed.ts';
import { listPosts, servedList } from '../lists.ts';
import { type CityPage, complete } from '../page.ts';

const posts = listPosts(30);
const path = 'harbour.example/list-grows';

export const page: CityPage = {
  what: 'a feed that grows to its end, with posts cut short, pictures and a film that load late',
  address: `https://${path}`,
  options: ['--autopilot'],
  routes: () => feed(path, posts, 'ends'),
  captures: () => [complete(...servedList(posts))],
  shows: null,
};
