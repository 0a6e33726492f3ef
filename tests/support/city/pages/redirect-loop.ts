/** A page that forwards to itself for ever. */
import type { CityPage } from '../page.ts';

export const page: CityPage = {
  what: 'a page that forwards in a circle',
  address: 'https://board.pier-nine.example/notice/16',
  routes: () => ({
    'board.pier-nine.example/notice/16': (_request, response) =>
      response.writeHead(302, { location: '/16/on' }).end(),
    'board.pier-nine.example/16/on': (_request, response) =>
      response.writeHead(302, { location: '/notice/16' }).end(),
  }),
  captures: () => [{ verdict: 'failed', reasons: ['navigation-failed'], posts: [] }],
  shows: null,
};
