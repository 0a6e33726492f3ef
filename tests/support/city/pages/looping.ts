/** A page that reloads itself for ever. */
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

const words = 'This page begins again and again.';

export const page: CityPage = {
  what: 'a page that loads itself again and again',
  address: 'https://board.pier-nine.example/notice/14',
  routes: () => ({
    'board.pier-nine.example/notice/14': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-14T08:00:00Z"></time></article>
      <script>setTimeout(() => location.reload(), 300)</script>`),
  }),
  captures: () => [{ ...incomplete(['not-settled'], { id: null, text: words }), says: /again and again/ }],
  unrecorded: () => ({ 'board.pier-nine.example/notice/14': 'the page gives up what it asks for' }),
  shows: null,
};
