/** A page that stands still until it has its answer. */
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const text = 'Words that the page stood still for.';

export const page: CityPage = {
  what: 'a page that asks for its post and stands still until it has it',
  address: 'https://board.pier-nine.example/notice/25',
  routes: () => ({
    'board.pier-nine.example/notice/25': html(`<title>Board</title><main></main><script>
      const request = new XMLHttpRequest();
      request.open('GET', '/25/post', false);
      request.send();
      document.querySelector('main').innerHTML = '<article><p>' + JSON.parse(request.responseText).text + '</p><time datetime="2024-03-25T08:00:00Z"></time></article>';
    </script>`),
    'board.pier-nine.example/25/post': bytes(Buffer.from(JSON.stringify({ text })), {
      'content-type': 'application/json',
    }),
  }),
  captures: () => [complete({ id: null, text, source: 'network' })],
  shows: text,
};
