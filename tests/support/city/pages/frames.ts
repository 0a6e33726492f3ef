/** A page with frames of its own and of other origins, each of which asks for something by itself. */
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete, incomplete, type ServedPost } from '../page.ts';

const words = 'The harbour board met on Monday.';
const embedded = {
  id_str: '1765000000000000011',
  text: 'An embedded post',
  user: { screen_name: 'ada_ferry' },
};

export const page: CityPage = {
  what: 'a page with a frame of its own and two of other origins, one within the other',
  address: 'https://news.pier-nine.example/2024/11',
  routes: () => ({
    'news.pier-nine.example/2024/11': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-11T08:00:00Z"></time></article>
      <iframe src="/own-frame"></iframe><iframe src="https://platform.twitter.com/embed/Tweet.html?id=${embedded.id_str}"></iframe>`),
    'news.pier-nine.example/own-frame': html('<p>A frame of its own</p><img src="/in-own-frame.png">'),
    'news.pier-nine.example/in-own-frame.png': bytes(poster([90, 20, 50], [240, 200, 90]), {
      'content-type': 'image/png',
    }),
    'platform.twitter.com/embed/Tweet.html':
      html(`<p id="post"></p><iframe src="https://ads.pier-ten.example/frame"></iframe><script>
      fetch('https://cdn.syndication.twimg.com/tweet-result?id=${embedded.id_str}&lang=en').then((answer) => answer.json())
        .then(({ text }) => { post.textContent = text; });
    </script>`),
    'cdn.syndication.twimg.com/tweet-result': bytes(Buffer.from(JSON.stringify(embedded)), {
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': 'https://platform.twitter.com',
    }),
    'ads.pier-ten.example/frame': html('<p>A frame in a frame</p><img src="/pixel.png">'),
    'ads.pier-ten.example/pixel.png': bytes(poster([9, 20, 150], [40, 200, 90]), {
      'content-type': 'image/png',
    }),
  }),
  captures: (engine) => {
    const own: ServedPost = { id: null, text: words, source: 'network' };
    const foreign: ServedPost = { id: embedded.id_str, text: embedded.text, source: 'network' };
    return engine === 'chromium'
      ? [complete(own, foreign)]
      : [{ ...incomplete(['body-not-recorded'], own), sometimes: [foreign] }];
  },
  shows: words,
  unrecorded: (engine) => ({
    ...(engine === 'electron' && {
      'ads.pier-ten.example/frame': 'Electron 25 misses what such a frame asks for first',
      'ads.pier-ten.example/pixel.png': 'Electron 25 misses what such a frame asks for first',
      'cdn.syndication.twimg.com/tweet-result': 'Electron 25 tells of it in one run and not in the next',
    }),
  }),
};
