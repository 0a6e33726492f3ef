/** Facebook: a post in the page's script that shares another, comments in an answer of several lines, a changed address. */
import { gzipSync } from 'node:zlib';
import {
  actor,
  address,
  api,
  comment,
  id,
  picture,
  story,
  timeline,
} from '../../../sites/facebook/answers.ts';
import { relayPage } from '../../../sites/relay-page.ts';
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const text = 'They say the 6:40 ferry did not run.\n\nقایق ۶:۴۰ نیامد [sic]';
const host = 'scontent-ams2-1.xx.fbcdn.net';
const sharedId = '7720000000000002';
const shared = story({
  id: sharedId,
  text: 'The pier is closed & nobody said <why>.',
  by: actor({ id: '100064000000077', name: 'Harbour', url: 'https://www.facebook.com/harbour.invented' }),
  content: { attachments: [picture(1)] },
  url: `https://www.facebook.com/harbour.invented/posts/${sharedId}`,
});
/** The other picture sizes that the platform names are asked for by nobody: the one that is shown is recorded. */
const onOwnHost = (json: string): string =>
  json.replaceAll('https://scontent.fbcdn.example/', `https://${host}/v/t39/`).replaceAll('.jpg', '.png');
const post = relayPage('Facebook', [timeline(story({ text, content: { attached_story: shared } }))]);

/** As its servers send it: JSON, a document a line, behind a guard, under the type of a page, packed. */
const answer = [
  { data: { node: { id: 'x' } }, extensions: { is_final: false } },
  { label: 'Comments$defer', path: ['node'], data: { comments: { edges: [{ node: comment() }] } } },
]
  .map((line) => JSON.stringify(line))
  .join('\r\n');

const script = `<script type="module">
  const shown = document.getElementById('mount_0_0');
  const add = (name, words) => { const part = document.createElement(name); part.innerText = words; shown.append(part); };
  add('p', ${JSON.stringify(text)});
  shown.insertAdjacentHTML('beforeend', '<img alt="" src="https://${host}/v/t39/large-1.png">');
  const answer = await fetch('/api/graphql/', { method: 'POST', body: new URLSearchParams({ doc_id: '1', variables: '{}' }) });
  const lines = (await answer.text()).replace('for (;;);', '').split('\\r\\n').map((line) => JSON.parse(line));
  for (const { node } of lines[1].data.comments.edges) add('p', node.body.text);
  history.replaceState(null, '', '/pier.nine/posts/they-say-the-ferry/${id}/?rdid=x');
</script></body>`;

export const page: CityPage = {
  what: 'a post of Facebook that shares another, with comments in an answer of several lines, under an address that the page makes',
  address,
  routes: () => ({
    [`www.facebook.com/pier.nine/posts/${id}`]: html(onOwnHost(post).replace('</body>', script)),
    [api.replace('https://', '')]: (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('content-type', 'text/html; charset="utf-8"');
      response.writeHead(200).end(gzipSync(`for (;;);${answer}`));
    },
    [`${host}/v/t39/large-1.png`]: bytes(poster([40, 90, 60], [240, 240, 200]), {
      'content-type': 'image/png',
    }),
  }),
  captures: () => [
    complete(
      { id, text, source: 'network' },
      { id: sharedId, text: 'The pier is closed & nobody said <why>.', source: 'network' },
      { id: '9910000000000001', text: 'A comment.', source: 'network' },
    ),
  ],
  shows: 'They say the 6:40 ferry did not run.',
  inTests: true,
};
