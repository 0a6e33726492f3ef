/** Pages whose posts come as one scrolls, in the ways that platforms build them. */
import { html, type Route } from '../site-server.ts';
import type { ServedPost } from './page.ts';

export interface ListPost {
  n: number;
  handle: string;
  postedAt: string;
  text: string;
}

const people = ['ada_ferry', 'brukt_hamn', 'ciro.porto', 'dariush_bandar'];
const sayings = [
  'The 6:40 ferry did not run, and nobody said why.',
  'Brygga är stängd till i morgon [sic].',
  'قایق ۶:۴۰ نیامد؛ کسی نگفت چرا.',
  'Same crowd at the pier again, same signs.',
];

/** The posts of a list, the newest first. Every tenth says what the one before says, word for word. */
export function listPosts(count: number): ListPost[] {
  return Array.from({ length: count }, (_, n) => ({
    n,
    handle: people[n % people.length] ?? '',
    postedAt: new Date(Date.UTC(2024, 2, 1) - n * 3_600_000).toISOString(),
    text: n % 10 === 9 ? 'Yes.' : n % 10 === 8 ? 'Yes.' : `${sayings[n % sayings.length]} No. ${n}`,
  }));
}

export function servedList(posts: readonly ListPost[]): ServedPost[] {
  return posts.map(({ text }) => ({ id: null, text }));
}

/** Posts by JSON, `size` at a time: '/page?from=40' answers { posts, next }. */
export function jsonPages(posts: readonly ListPost[], size: number): Route {
  return (request, response) => {
    const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('from') ?? 0);
    const next = from + size < posts.length ? from + size : null;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ posts: posts.slice(from, from + size), next }));
  };
}

const style = `<style>
  body { margin: 0; font: 16px/1.4 sans-serif } #list { position: relative; max-width: 600px; margin: 0 auto }
  .row { position: absolute; left: 0; right: 0; box-sizing: border-box; padding: 8px; border-bottom: 1px solid #ccc; overflow: hidden }
</style>`;

/** Markup of a post: with all that marks it as one, or as bare boxes with words. */
const fill = {
  marked: `(row, post) => {
    row.innerHTML = '<header><a rel="author"></a> <a rel="bookmark"><time></time></a></header><p></p><button>Like</button> <button>12</button>';
    row.querySelector('[rel=author]').textContent = '@' + post.handle;
    row.querySelector('[rel=author]').href = '/@' + post.handle;
    row.querySelector('[rel=bookmark]').href = '/@' + post.handle + '/' + (100000 + post.n);
    row.querySelector('time').dateTime = post.postedAt;
    row.querySelector('time').textContent = post.postedAt.slice(0, 10);
    row.querySelector('p').textContent = post.text;
  }`,
  bare: `(row, post) => { row.innerHTML = '<span></span>'; row.firstChild.textContent = post.text; }`,
};

export interface VirtualOptions {
  marks: keyof typeof fill;
  /** Where the posts come from: pages of JSON at this path, or all in a script of the page, never as such. */
  source: { pages: string; size: number } | { posts: readonly ListPost[] };
  /** Of the whole list. */
  count: number;
  /** The list scrolls in a box of its own. */
  inBox?: boolean;
}

/** A list that keeps about fifteen elements, and puts into each one post after the other. */
export function virtualList({ marks, source, count, inBox = false }: VirtualOptions): Route {
  const element = marks === 'marked' ? 'article' : 'div';
  const known = 'posts' in source ? encode(source.posts) : '""';
  const paging = 'pages' in source ? JSON.stringify(source) : 'null';
  return html(`${style}${inBox ? '<style>html, body { height: 100%; overflow: hidden } #box { height: 100%; overflow: auto }</style>' : ''}
  <h1>Harbour watch</h1><div id="box"><main id="list"></main></div><script>
    const fill = ${fill[marks]};
    const paging = ${paging};
    // Not as words: what the page is made of does not hold the posts.
    const decode = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0) ^ 42)));
    const posts = ${known} === '' ? [] : decode(${known});
    const count = ${count}, box = ${inBox} ? document.getElementById('box') : document.scrollingElement;
    const list = document.getElementById('list');
    const heightOf = (n) => 90 + (n * 37) % 60;
    const tops = [0];
    for (let n = 0; n < count; n += 1) tops.push(tops[n] + heightOf(n));
    let next = 0, asking = false;
    const pool = Array.from({ length: 18 }, () => {
      const row = document.createElement('${element}');
      row.className = 'row';
      row.hidden = true;
      list.append(row);
      return row;
    });
    const ask = async () => {
      if (asking || next === null || paging === null) return;
      asking = true;
      const answer = await (await fetch(paging.pages + '?from=' + next)).json();
      posts.push(...answer.posts);
      next = answer.next;
      asking = false;
      draw();
    };
    const draw = () => {
      list.style.height = (tops[posts.length] ?? 0) + 'px';
      const top = Math.max(0, box.scrollTop - list.offsetTop);
      let first = tops.findIndex((at) => at > top) - 1;
      first = Math.max(0, first - 2);
      for (let n = first; n < first + pool.length; n += 1) {
        const row = pool[n % pool.length];
        if (row.n === n) continue;
        row.n = n;
        row.hidden = n >= posts.length;
        if (row.hidden) { row.n = undefined; continue; }
        row.style.top = tops[n] + 'px';
        row.style.height = heightOf(n) + 'px';
        fill(row, posts[n]);
      }
      if (first + pool.length > posts.length - 5) void ask();
    };
    (${inBox} ? box : document).addEventListener('scroll', () => requestAnimationFrame(draw));
    draw();
  </script>`);
}

function encode(posts: readonly ListPost[]): string {
  const bytes = Buffer.from(JSON.stringify(posts), 'utf8').map((byte) => byte ^ 42);
  return JSON.stringify(Buffer.from(bytes).toString('base64'));
}
