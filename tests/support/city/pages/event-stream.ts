/** A page that hears of its posts as events, for as long as it is open. */
import { html } from '../../site-server.ts';
import { type CityPage, complete, incomplete } from '../page.ts';

const text = 'The second event brought these words.';
const post = { id: null, text };

export const page: CityPage = {
  what: 'a post that comes as an event of a stream without end',
  address: 'https://live.pier-nine.example/events/21',
  routes: () => ({
    'live.pier-nine.example/events/21': html(`<title>Live</title><main></main><script>
      new EventSource('/21/stream').onmessage = ({ data }) => {
        document.querySelector('main').innerHTML += '<article><p>' + JSON.parse(data).text + '</p><time datetime="2024-03-21T08:00:00Z"></time></article>';
      };
    </script>`),
    'live.pier-nine.example/21/stream': (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      const timer = setTimeout(() => response.write(`data: ${JSON.stringify({ text })}\n\n`), 200);
      response.once('close', () => clearTimeout(timer));
    },
  }),
  captures: (engine) => [
    engine === 'chromium'
      ? complete({ ...post, source: 'network' })
      : incomplete(['body-not-recorded'], { ...post, source: 'rendered-page' }),
  ],
  shows: null,
};
