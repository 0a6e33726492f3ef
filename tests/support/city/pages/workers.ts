/** A page whose workers ask for its posts: one of its own, one that is shared, one that another one starts. */
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete, incomplete } from '../page.ts';

const words = 'The page knows these words, the workers asked for the rest.';
const script = (text: string) => bytes(Buffer.from(text), { 'content-type': 'text/javascript' });
const json = (said: string) =>
  bytes(Buffer.from(JSON.stringify({ said })), { 'content-type': 'application/json; charset=utf-8' });

export const page: CityPage = {
  what: 'a page whose workers, one shared and one within another, ask for what it shows',
  address: 'https://board.pier-nine.example/notice/20',
  routes: () => ({
    'board.pier-nine.example/notice/20': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-20T08:00:00Z"></time></article><pre id="said"></pre><script>
        const show = ({ data }) => { said.textContent += data + '\\n'; };
        new Worker('/20/worker.js').onmessage = show;
        const { port } = new SharedWorker('/20/shared.js');
        port.onmessage = show;
      </script>`),
    'board.pier-nine.example/20/worker.js': script(`importScripts('/20/part.js');
      ask('/20/answer').then(postMessage); new Worker('/20/inner.js').onmessage = ({ data }) => postMessage(data);`),
    'board.pier-nine.example/20/part.js': script(
      'function ask(path) { return fetch(path).then((answer) => answer.json()).then(({ said }) => said); }',
    ),
    'board.pier-nine.example/20/inner.js': script(
      `importScripts('/20/part.js'); ask('/20/inner').then(postMessage);`,
    ),
    'board.pier-nine.example/20/shared.js': script(
      `importScripts('/20/part.js'); onconnect = ({ ports: [port] }) => ask('/20/shared').then((said) => port.postMessage(said));`,
    ),
    'board.pier-nine.example/20/answer': json('of the worker'),
    'board.pier-nine.example/20/inner': json('of the inner worker'),
    'board.pier-nine.example/20/shared': json('of the shared worker'),
  }),
  captures: (engine) =>
    engine === 'chromium'
      ? // Look-only has switched shared workers off there, and the page does without.
        [complete({ id: null, text: words })]
      : [
          {
            // Electron 25 does not tell what became of the script of such a worker.
            ...incomplete(['body-not-recorded', 'response-hangs'], { id: null, text: words }),
            says: /shared worker .*shared\.js/,
          },
        ],
  unrecorded: (engine) => ({
    ...(engine === 'electron' && { 'board.pier-nine.example/20/shared.js': 'told as hanging' }),
    'board.pier-nine.example/20/shared': 'no session is told of what a shared worker asks for',
    'board.pier-nine.example/20/part.js': 'the shared worker imports it, too',
  }),
  shows: words,
};
