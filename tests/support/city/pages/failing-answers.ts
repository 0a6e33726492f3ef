/** A page of which parts fail: not there, a server's error, broken off, refused. */
import { bytes, html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

const words = 'The parts of this page fail.';

export const page: CityPage = {
  what: 'a page of which some parts are missing, broken off or reset',
  address: 'https://board.pier-nine.example/notice/12',
  routes: () => ({
    'board.pier-nine.example/notice/12': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-12T08:00:00Z"></time>
      <img src="/12/gone.png"><img src="/12/reset.png"></article><script>
        for (const path of ['/12/error', '/12/cut']) fetch(path).then((answer) => answer.text()).catch(() => {});
      </script>`),
    'board.pier-nine.example/12/gone.png': bytes(
      Buffer.from('no such picture'),
      { 'content-type': 'text/plain' },
      404,
    ),
    'board.pier-nine.example/12/reset.png': (request) => request.socket.destroy(),
    'board.pier-nine.example/12/error': bytes(
      Buffer.from('{"error":"oops"}'),
      { 'content-type': 'application/json' },
      500,
    ),
    'board.pier-nine.example/12/cut': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '5000' });
      response.write('the beginning');
      setTimeout(() => response.destroy(), 300);
    },
  }),
  captures: () => [
    incomplete(['media-missing', 'response-failed', 'response-truncated'], { id: null, text: words }),
  ],
  shows: words,
};
