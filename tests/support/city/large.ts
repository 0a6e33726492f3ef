/** Pages that ask for one large file. */
import { Buffer } from 'node:buffer';
import { html, type Route } from '../site-server.ts';
import { type CityPage, complete } from './page.ts';

const megabyte = 1_000_000;

/** So many megabytes that no text codec leaves alone, made as they are sent. */
function large(megabytes: number): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(megabytes * megabyte) });
    let sent = 0;
    const more = (): void => {
      while (sent < megabytes) {
        sent += 1;
        if (!response.write(Buffer.alloc(megabyte, `${sent}\xff\x00`, 'latin1'))) {
          response.once('drain', more);
          return;
        }
      }
      response.end();
    };
    more();
  };
}

export function largePage(megabytes: number): CityPage {
  const words = `A file of ${megabytes} MB belongs to this page.`;
  return {
    what: `a page that asks for a file of ${megabytes} MB`,
    address: `https://board.pier-nine.example/large/${megabytes}`,
    routes: () => ({
      [`board.pier-nine.example/large/${megabytes}`]: html(`<title>Board</title>
        <article><p>${words}</p><time datetime="2024-03-18T08:00:00Z"></time></article>
        <script>fetch('/large/${megabytes}/file').then(async ({ body }) => { for await (const piece of streamOf(body)); });
          async function* streamOf(body) { const reader = body.getReader(); for (;;) { const { done, value } = await reader.read(); if (done) return; yield value; } }
        </script>`),
      [`board.pier-nine.example/large/${megabytes}/file`]: large(megabytes),
    }),
    captures: () => [complete({ id: null, text: words })],
    shows: words,
  };
}
