/** A service worker that answers in the network's place, with other words. */
import { bytes } from '../../site-server.ts';
import { mastodonApp, status } from '../mastodon.ts';
import { type CityPage, complete } from '../page.ts';

const sent = status({ host: 'mastodon.social', id: '112000000000000009', text: 'What the server says.' });
const altered = status({ host: 'mastodon.social', id: '112000000000000009', text: 'What the worker says.' });
const worker = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (event.request.url.includes('/api/')) event.respondWith(new Response(${JSON.stringify(JSON.stringify(altered.json))},
      { headers: { 'content-type': 'application/json' } }));
  });`;
/** Waits for a while until the worker has the page: it never gets one that passes it by, nor in a replay. */
const ready = `Promise.race([
    navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)
      .then(() => navigator.serviceWorker.controller ?? Promise.race([
        new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve)),
        new Promise((resolve) => setTimeout(resolve, 300)),
      ])),
    new Promise((resolve) => setTimeout(resolve, 3000)),
  ]).catch(() => undefined)`;

export const page: CityPage = {
  what: 'a page whose service worker would answer with other words than the server',
  address: `https://mastodon.social${sent.path}`,
  routes: () => ({
    [`mastodon.social${sent.path}`]: mastodonApp(sent, ready),
    [`mastodon.social${sent.api}`]: bytes(Buffer.from(JSON.stringify(sent.json)), {
      'content-type': 'application/json; charset=utf-8',
    }),
    'mastodon.social/sw.js': bytes(Buffer.from(worker), { 'content-type': 'text/javascript' }),
  }),
  captures: () => [complete({ id: sent.id, text: sent.text, source: 'network' })],
  shows: sent.text,
  inTests: true,
};
