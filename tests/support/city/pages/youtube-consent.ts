/** YouTube: in some countries a page that asks for consent comes first, at another address. */
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

export const page: CityPage = {
  what: 'a video of YouTube in whose place consent is asked for',
  address: 'https://m.youtube.com/watch?v=c0nsentWall1',
  routes: () => ({
    'm.youtube.com/watch': (request, response) =>
      response
        .writeHead(302, {
          location: `https://consent.youtube.com/m?continue=${encodeURIComponent(`https://m.youtube.com${request.url}`)}&gl=DE&m=0&pc=yt&hl=en`,
        })
        .end(),
    'consent.youtube.com/m': html(
      `<title>Before you continue to YouTube</title><h1>Before you continue to YouTube</h1>
       <p>We use cookies and data to deliver and maintain our services.</p>
       <form action="/save" method="post"><button>Reject all</button></form><form action="/save" method="post"><button>Accept all</button></form>`,
    ),
  }),
  captures: () => [incomplete(['interstitial'])],
  shows: null,
};
