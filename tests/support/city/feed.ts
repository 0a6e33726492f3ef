/** A feed that only grows, with everything that a reader has to do by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytes, html, type Route } from '../site-server.ts';
import type { ListPost } from './lists.ts';

/** At its end the feed ends, or shows for ever that more is on its way. */
type End = 'ends' | 'spins';

const film = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'ferry.webm'));
const picture = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="160"><rect width="320" height="160" fill="#69c"/></svg>',
);

/** How a post is cut short until somebody opens it. */
const cut = 12;

/**
 * At `path` of a host: `posts` six at a time. The first has a film that loads when it is played, every third a picture
 * that loads when it comes into view, every fourth is cut short where it is long enough.
 */
export function feed(path: string, posts: readonly ListPost[], end: End): Record<string, Route> {
  const own = path.slice(path.indexOf('/'));
  return {
    [path]: html(`<style>
      body { font: 16px/1.4 sans-serif; max-width: 600px; margin: 0 auto } article { min-height: 130px; border-bottom: 1px solid #ccc }
      @keyframes turn { to { transform: rotate(360deg) } } .on { width: 30px; height: 30px; border: 3px dotted; animation: turn 1s linear infinite }
      </style><h1>Harbour watch</h1><main id="list"></main><div id="end" style="height:30px"></div><script>
      const list = document.getElementById('list'), end = document.getElementById('end');
      let from = 0, asking = false;
      const later = new IntersectionObserver((entries) => { for (const { isIntersecting, target } of entries) if (isIntersecting && !target.src) target.src = target.dataset.later; });
      const draw = (post) => {
        const article = document.createElement('article');
        article.innerHTML = '<header><a rel="author"></a> <a rel="bookmark"><time></time></a></header><p></p><button>Like</button><button>Follow</button>';
        const author = article.querySelector('[rel=author]'), words = article.querySelector('p');
        author.href = '/@' + post.handle; author.textContent = '@' + post.handle;
        article.querySelector('[rel=bookmark]').href = '/@' + post.handle + '/' + (500000 + post.n);
        article.querySelector('time').dateTime = post.postedAt;
        words.textContent = post.text;
        for (const button of article.querySelectorAll('button')) button.onclick = () => fetch('/acted?' + button.textContent);
        if (post.n % 4 === 3 && post.text.length > ${cut}) {
          words.textContent = post.text.slice(0, ${cut}) + '…';
          const more = Object.assign(document.createElement('button'), { textContent: 'Show more' });
          more.onclick = () => { words.textContent = post.text; more.remove(); };
          words.after(more);
        }
        if (post.n % 3 === 1) article.append(Object.assign(document.createElement('img'), { width: 320, height: 160, alt: 'the pier' }));
        const image = article.querySelector('img');
        if (image) { image.dataset.later = '${own}/picture-' + post.n + '.svg'; later.observe(image); }
        if (post.n === 0) article.insertAdjacentHTML('beforeend', '<video preload="none" src="${own}/ferry.webm" width="160" height="120"></video>');
        list.append(article);
      };
      const more = async () => {
        if (asking || from === null) return;
        asking = true;
        const answer = await (await fetch('${own}/posts?from=' + from)).json();
        answer.posts.forEach(draw);
        from = answer.next;
        if (from === null && ${JSON.stringify(end)} === 'spins') end.className = 'on';
        asking = false;
      };
      // An observer tells of an end that comes near, not of one that stays near.
      const near = async () => { do await more(); while (!asking && from !== null && end.getBoundingClientRect().top < innerHeight + 300); };
      new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) void near(); }, { rootMargin: '300px' }).observe(end);
    </script>`),
    [`${path}/posts`]: (request, response) => {
      const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('from') ?? 0);
      const next = from + 6 < posts.length ? from + 6 : null;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ posts: posts.slice(from, from + 6), next }));
    },
    [`${path}/ferry.webm`]: bytes(film, { 'content-type': 'video/webm' }),
    ...Object.fromEntries(
      Array.from({ length: posts.length }, (_, n) => [
        `${path}/picture-${n}.svg`,
        bytes(picture, { 'content-type': 'image/svg+xml' }),
      ]),
    ),
  };
}
