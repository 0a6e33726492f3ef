/** A page on loopback that takes about a second and a half to come, in many pieces, with words to look for. */
import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { html, type Route, type Site, serveSite } from '../../support/site-server.ts';

const kibibyte = 1024;

export interface SlowSite {
  site: Site;
  url: string;
  /** The same as a list that gets longer three times when it is scrolled to its end. */
  listUrl: string;
  /** SHA-256 of what is sent at an address. */
  sha256: Map<string, string>;
  /** Resolves when the page is next asked for. */
  asked(): Promise<void>;
}

function inPieces(body: Uint8Array, response: ServerResponse, type: string, pieces: number): void {
  response.writeHead(200, { 'content-type': type, 'content-length': String(body.length) });
  const size = Math.ceil(body.length / pieces);
  let at = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(at, at + size));
    at += size;
    if (at < body.length) return;
    clearInterval(timer);
    response.end();
  }, 40);
  response.once('close', () => clearInterval(timer));
}

const listParts = 3;
const growing = `<div style="height: 2000px"></div><script>
  let part = 0;
  let busy = false;
  addEventListener('scroll', async () => {
    const end = document.documentElement.scrollHeight - innerHeight - 50;
    if (busy || part === ${listParts} || scrollY < end) return;
    busy = true;
    const { words } = await (await fetch('/more/' + part++)).json();
    const more = document.body.appendChild(document.createElement('article'));
    more.textContent = words;
    more.style.height = '1500px';
    busy = false;
  });
</script>`;

/** `marker` stands in the post, in a script's answer and in a picture's bytes. */
export async function serveSlowSite(marker: string): Promise<SlowSite> {
  const post = {
    '@context': 'https://schema.org',
    '@type': 'SocialMediaPosting',
    author: { '@type': 'Person', name: 'Ada Example', alternateName: '@ada' },
    datePublished: '2021-01-14T10:00:00Z',
    articleBody: `${marker} stands in the post`,
  };
  const files: Record<string, { body: Buffer; type: string; pieces: number }> = {
    '/data': { body: Buffer.from(JSON.stringify({ marker })), type: 'application/json', pieces: 1 },
    '/film': { body: randomBytes(3000 * kibibyte), type: 'video/mp4', pieces: 30 },
  };
  for (let n = 0; n < 6; n++) {
    const body = Buffer.concat([Buffer.from(marker), randomBytes((50 + 60 * n) * kibibyte)]);
    files[`/file/${n}`] = { body, type: 'application/octet-stream', pieces: 4 * n + 1 };
  }
  const first = Object.keys(files);
  const page = `<script type="application/ld+json">${JSON.stringify(post)}</script><p>${marker}</p>
    <script>for (const path of ${JSON.stringify(first)}) fetch(path).then((answer) => answer.arrayBuffer());</script>`;
  for (let n = 0; n < listParts; n++) {
    const body = Buffer.from(JSON.stringify({ words: `${marker}, part ${n}` }));
    files[`/more/${n}`] = { body, type: 'application/json', pieces: 3 };
  }
  let heard: () => void = () => undefined;
  const root =
    (content: string): Route =>
    (request, response, site) => {
      heard();
      html(content)(request, response, site);
    };
  const routes = Object.entries(files).map(([path, { body, type, pieces }]): [string, Route] => [
    path,
    (_request, response) => inPieces(body, response, type, pieces),
  ]);
  const site = await serveSite({
    '/post': root(page),
    '/list': root(page + growing),
    ...Object.fromEntries(routes),
  });
  return {
    site,
    url: `${site.origin}/post`,
    listUrl: `${site.origin}/list`,
    sha256: new Map(
      Object.entries(files).map(([path, { body }]) => [
        site.origin + path,
        createHash('sha256').update(body).digest('hex'),
      ]),
    ),
    asked: () =>
      new Promise((resolve) => {
        heard = resolve;
      }),
  };
}
