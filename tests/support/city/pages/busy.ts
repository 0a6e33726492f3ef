/** A page whose script never ends, so that it answers nothing. */
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

const words = 'After these words the page computes for ever.';

export const page: CityPage = {
  what: 'a page whose script never ends',
  address: 'https://board.pier-nine.example/notice/15',
  routes: () => ({
    'board.pier-nine.example/notice/15': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-15T08:00:00Z"></time></article>
      <script>setTimeout(() => { for (;;); }, 500)</script>`),
  }),
  captures: () => [incomplete(['not-settled'], { id: null, text: words })],
  shows: null,
};
