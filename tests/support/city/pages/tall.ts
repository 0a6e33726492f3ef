/** A page of 60,000 pixels. */
import { html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const words = 'The first of very many lines.';

export const page: CityPage = {
  what: 'a page that is 60,000 pixels high',
  address: 'https://board.pier-nine.example/notice/17',
  routes: () => ({
    'board.pier-nine.example/notice/17': html(`<title>Board</title><body style="margin:0">
      <article style="height:100px"><p>${words}</p><time datetime="2024-03-17T08:00:00Z"></time></article>
      <div style="height:59900px;background:linear-gradient(red,blue)"></div>`),
  }),
  captures: () => [complete({ id: null, text: words })],
  shows: words,
};
