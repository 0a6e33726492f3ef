/** A page that gets its post over a web socket, after it has signed in there. */
import { html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const text = 'Words that came over a socket — فیری';
const token = 'tok-9f8e7d6c5b4a39281706';

export const page: CityPage = {
  what: 'a post that comes over a web socket',
  address: 'https://live.pier-nine.example/board/19',
  routes: () => ({
    'live.pier-nine.example/board/19': html(`<title>Live</title><main></main><script>
      const socket = new WebSocket('wss://' + location.host + '/gateway?v=9');
      socket.onopen = () => socket.send(JSON.stringify({ op: 2, d: { token: ['tok', '${token.slice(4)}'].join('-'), seq: null } }));
      socket.onmessage = ({ data }) => {
        if (typeof data !== 'string') return;
        const { posts = [] } = JSON.parse(data);
        for (const { text } of posts) {
          const article = document.createElement('article');
          article.innerHTML = '<p></p><time datetime="2024-03-19T08:00:00Z"></time>';
          article.firstChild.textContent = text;
          document.querySelector('main').append(article);
          socket.send('seen');
        }
      };
    </script>`),
  }),
  sockets: () => ({
    'live.pier-nine.example/gateway': (socket) => ({
      message: (bytes, isText) => {
        if (!isText || !bytes.toString().includes(token)) return;
        socket.send(Uint8Array.of(0, 255, 128));
        socket.send(JSON.stringify({ posts: [{ text }] }));
      },
    }),
  }),
  captures: () => [complete({ id: null, text, source: 'network' })],
  shows: null,
  inTests: true,
};
