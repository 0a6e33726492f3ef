/** The pages that captures are measured on: the demo's own, one with many parts, and one with a body of 50 MB. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feed } from '../../support/city/feed.ts';
import { jsonPages, listPosts, virtualList } from '../../support/city/lists.ts';
import { projectRoot } from '../../support/electron.ts';
import { bytes, html, type Route, type Site, serveSite } from '../../support/site-server.ts';

const fixtures = join(projectRoot, 'tests', 'fixtures', 'pages');
/** As `npm run demo` serves them. */
const demo = {
  '/chirp': 'chirp-post.singlefile.html',
  '/payam': 'payam-post.fa.html',
  '/agora': 'agora-thread.html',
};
export const largeBytes = 50 * 1024 * 1024;
const parts = 30;

const recycled = listPosts(150);
const growing = listPosts(40);

/** Words of each post that a page serves, whole or as far as they say which post it is. */
export const served: Readonly<Record<string, readonly string[]>> = {
  '/empty': ['Nothing else is here'],
  '/chirp': ['They think the harbour vote is over. It is NOT over [sic]'],
  '/payam': ['آن‌ها فکر می‌کنند همه‌چیز تمام شده است.'],
  '/agora': [
    'New rule for the market hall: people from the upper valley',
    'هذا ظلم. لا يحق لأحد أن يمنع أهل الوادي من دخول السوق',
    'מי שכותב כך לא מדבר בשמי. השוק פתוח לכולם',
    'Whoever lets them in will answer for it',
  ],
  '/parts': ['Many parts'],
  '/list': recycled.map(({ text }) => text),
  '/feed': growing.map(({ text }) => text),
};

export const demoPages = Object.keys(demo);
export const pages = ['/empty', ...demoPages, '/parts'];

function post(text: string): string {
  const json = { '@context': 'https://schema.org', '@type': 'SocialMediaPosting', articleBody: text };
  return `<script type="application/ld+json">${JSON.stringify(json)}</script><p>${text}</p>`;
}

/** `heard` is told of each path that is asked for. */
export async function serveCapturePages(heard: (path: string) => void = () => undefined): Promise<Site> {
  const routes: Record<string, Route> = {
    '/empty': html(post('Nothing else is here')),
    '/parts': html(
      `${post('Many parts')}<link rel="stylesheet" href="/style.css">${Array.from(
        { length: parts },
        (_, n) => `<img src="/picture/${n}.bmp" width="40" height="40">`,
      ).join('')}`,
    ),
    '/style.css': bytes(Buffer.from('img { border: 1px solid grey; }\n'.repeat(2000)), {
      'content-type': 'text/css',
    }),
    '/list': virtualList({
      marks: 'marked',
      source: { pages: '/list/posts', size: 40 },
      count: recycled.length,
    }),
    '/list/posts': jsonPages(recycled, 40),
    ...feed('/feed', growing, 'ends'),
    '/large': html(
      `${post('A large file')}<script>fetch('/large.bin').then((a) => a.arrayBuffer())</script>`,
    ),
    '/large.bin': bytes(randomBytes(largeBytes), { 'content-type': 'application/octet-stream' }),
  };
  for (const [path, name] of Object.entries(demo)) {
    routes[path] = bytes(readFileSync(join(fixtures, name)), { 'content-type': 'text/html; charset=utf-8' });
  }
  for (let n = 0; n < parts; n++) {
    routes[`/picture/${n}.bmp`] = bytes(bitmap(100), { 'content-type': 'image/bmp' });
  }
  return serveSite(
    Object.fromEntries(
      Object.entries(routes).map(([path, route]): [string, Route] => [
        path,
        (request, response, site) => {
          heard(path);
          route(request, response, site);
        },
      ]),
    ),
  );
}

/** A square of noise in the BMP format, 24 bits a pixel: `side` is a multiple of 4. */
function bitmap(side: number): Buffer {
  const head = Buffer.alloc(54);
  const pixels = randomBytes(side * side * 3);
  head.write('BM', 'latin1');
  head.writeUInt32LE(head.length + pixels.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side, 18);
  head.writeInt32LE(side, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  head.writeUInt32LE(pixels.length, 34);
  return Buffer.concat([head, pixels]);
}
