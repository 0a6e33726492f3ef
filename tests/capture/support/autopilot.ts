/** Pages for the autopilot: what shows more and what only looks like it, and lists that do not end as they should. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/electron.ts';
import { bytes, html, type Route } from '../../support/site-server.ts';

const post = (words: string, more = '') =>
  `<article><header><a rel="author" href="/@ada">@ada</a></header><p>${words}</p>${more}</article>`;
const style = '<style>article { min-height: 120px; border-bottom: 1px solid } .gap { height: 900px }</style>';

/** Every control that acts asks for '/acted', every one that leads away for '/left'. */
export const controls: Record<string, Route> = {
  '/': html(`${style}
    ${post('One begins', '<button id="more" aria-expanded="false">Show more</button>')}
    ${post('Two', '<div role="button" tabindex="0" id="replies">نمایش ۲ پاسخ</div><details><summary>Sensitive content</summary><p>Two, hidden</p></details>')}
    ${post('Three', '<button id="trusted">Read more</button>')}
    <div class="gap"></div>
    ${post('Four', '<span role="button" id="styled">Mehr anzeigen</span><p id="styledText" style="display:none">Four, styled</p>')}
    ${[
      'Like',
      'Follow',
      'Show more likes',
      'Report post',
      'Sign in to see more',
      'Reply',
      'Share',
      'Retweet',
      'دنبال کردن',
      'Gefällt mir',
    ]
      .map((label) => `<button onclick="acted(this)">${label}</button>`)
      .join('')}
    <button onclick="acted(this)" aria-haspopup="menu">Show more</button>
    <button onclick="acted(this)" aria-pressed="false">Show more</button>
    <form action="/acted"><button>Show more</button></form>
    <nav><button onclick="acted(this)">Show more</button></nav>
    <a href="/left?link">Read more</a>
    <a href="/left?inner"><span role="button">Read more</span></a>
    ${post('Five', '<button onclick="location.href = \'/left?script\'">Show this thread</button>')}
    <button onclick="history.pushState(null, '', '/left-within'); document.body.append('gone within')">Show thread</button>
    <script>
      const acted = (element) => fetch('/acted?' + encodeURIComponent(element.textContent));
      const reply = (words) => { const e = document.createElement('article'); e.innerHTML = '<p>' + words + '</p>'; return e; };
      more.onclick = async () => { more.previousElementSibling.textContent = await (await fetch('/rest')).text(); more.remove(); };
      replies.onclick = () => { replies.replaceWith(reply('First reply'), reply('Second reply')); };
      trusted.addEventListener('mousedown', (event) => { if (event.isTrusted) trusted.previousElementSibling.textContent += ', for a mouse alone'; });
      styled.onclick = () => { styledText.style.display = styledText.style.display === 'none' ? '' : 'none'; };
    </script>`),
  '/rest': bytes(Buffer.from('One begins and goes on for a long time to its end'), {
    'content-type': 'text/plain',
  }),
};

/** A list that asks for more at its end. `next`: what the page does when its end is in view, in JavaScript. */
function growing(next: string): Route {
  return html(`${style}<main id="list"></main><div id="end" style="height:40px"></div><script>
    let n = 0, asking = false;
    const add = (count) => { for (let i = 0; i < count; i += 1) { const e = document.createElement('article'); e.innerHTML = '<p></p>'; e.firstChild.textContent = 'Post ' + n++ + ' of the list'; list.append(e); } };
    const next = async () => { if (asking) return; asking = true; try { ${next} } finally { asking = false; } };
    add(8);
    new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) next(); }, { rootMargin: '200px' }).observe(end);
  </script>`);
}

const spinner =
  '@keyframes turn { to { transform: rotate(360deg) } } #end.on { width: 30px; height: 30px; border: 3px dotted; animation: turn 1s linear infinite }';

export const lists: Record<string, Route> = {
  '/endless': growing('await fetch("/more"); add(4);'),
  '/turns': growing(
    `if (n < 16) { await fetch("/more"); add(4); } else { document.head.append(Object.assign(document.createElement('style'), { textContent: '${spinner}' })); end.className = 'on'; }`,
  ),
  '/refuses': growing('const answer = await fetch(n < 16 ? "/more" : "/too-many"); if (answer.ok) add(4);'),
  '/silent': growing('await fetch(n < 16 ? "/more" : "/never"); add(4);'),
  '/ends': growing('if (n < 24) { await fetch("/more"); add(4); }'),
  '/more': bytes(Buffer.from('{}'), { 'content-type': 'application/json' }),
  '/too-many': bytes(Buffer.from('slow down'), { 'content-type': 'text/plain' }, 429),
  '/never': (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).write(' '),
};

export const pictures = Array.from({ length: 6 }, (_, n) => `/picture-${n}.svg`);
const picture = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="150"><circle r="90"/></svg>',
);
const film = readFileSync(join(projectRoot, 'tests', 'fixtures', 'ferry.webm'));

/** Pictures that are asked for when they come into view, by the browser and by script; a film when it is played. */
export const lazy: Record<string, Route> = {
  '/': html(`<style>img { display: block; width: 200px; height: 150px; margin-bottom: 1500px }</style>
    ${pictures.map((path, n) => `<article><p>Picture ${n}</p><img ${n % 2 === 0 ? `loading="lazy" src="${path}"` : `data-later="${path}"`}></article>`).join('')}
    <article><p>Film</p><video preload="none" src="/film.webm" width="160" height="120" onplaying="fetch('/played?muted=' + this.muted)"></video></article>
    <script>
      const watch = new IntersectionObserver((entries) => { for (const { isIntersecting, target } of entries) if (isIntersecting && !target.src) target.src = target.dataset.later; });
      for (const one of document.querySelectorAll('[data-later]')) watch.observe(one);
    </script>`),
  ...Object.fromEntries(pictures.map((path) => [path, bytes(picture, { 'content-type': 'image/svg+xml' })])),
  '/film.webm': bytes(film, { 'content-type': 'video/webm' }),
  '/played': bytes(Buffer.from('yes'), { 'content-type': 'text/plain' }),
};
