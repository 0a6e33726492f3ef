/** Instagram: a series of a picture and a film in an answer of GraphQL, with a comment in the page's script. */
import { gzipSync } from 'node:zlib';
import {
  address,
  code,
  comment,
  commentList,
  media,
  picture,
  webInfo,
} from '../../../sites/instagram/answers.ts';
import { relayPage } from '../../../sites/relay-page.ts';
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const text = 'No boat today.\n\nامروز قایقی نیست #ferry';
const host = 'scontent-ams2-1.cdninstagram.com';
const series = media(text, {
  media_type: 8,
  carousel_media: [picture(1), picture(2)],
  image_versions2: { candidates: [] },
});
const onOwnHost = (json: string): string =>
  json
    .replaceAll('https://scontent.cdninstagram.example/', `https://${host}/v/t51/`)
    .replaceAll('.jpg', '.png');

const script = `<script type="module">
  const shown = document.getElementById('mount_0_0');
  const answer = await fetch('/graphql/query', { method: 'POST', body: new URLSearchParams({ variables: '{"shortcode":"${code}"}' }) });
  const [item] = (await answer.json()).data.xdt_api__v1__media__shortcode__web_info.items;
  const words = document.createElement('h1');
  words.innerText = item.caption.text;
  shown.append(words);
  for (const each of item.carousel_media) shown.insertAdjacentHTML('beforeend', '<img alt="" src="' + each.image_versions2.candidates[1].url + '">');
</script></body>`;

const image = (n: number) =>
  bytes(poster([40 * n, 60, 90], [240, 240, 200]), { 'content-type': 'image/png' });

export const page: CityPage = {
  what: 'a series of pictures of Instagram, of which the smaller sizes are shown',
  address,
  routes: () => ({
    [`www.instagram.com/p/${code}/`]: html(
      relayPage('Instagram', [commentList(comment())]).replace('</body>', script),
    ),
    'www.instagram.com/graphql/query': (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.writeHead(200).end(gzipSync(onOwnHost(JSON.stringify(webInfo(series)))));
    },
    [`${host}/v/t51/small-1.png`]: image(1),
    [`${host}/v/t51/small-2.png`]: image(2),
  }),
  captures: () => [
    complete(
      { id: code, text, source: 'network', notices: [] },
      { id: '18000000000000002', text: 'A comment.', source: 'network' },
    ),
  ],
  shows: 'No boat today.',
  inTests: true,
};
