/** Pages as web archives replay them. Written after their public markup; no real recording was at hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCovered, isWanted, readAnswers, readPage } from '../../../sites/readers.ts';
import { liveAddress, replayAddress } from '../../../sites/replay/address.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readHtml } from '../reading.ts';
import { message, previewPage } from '../telegram/messages.ts';
import { entry, graphql, id, timeline, tweet } from '../x/answers.ts';

const at = '20240109080000';
const original = 'https://t.me/s/harbour_news';
const wayback = (url: string, mark = '') => `https://web.archive.org/web/${at}${mark}/${url}`;

/** What the Wayback Machine makes of a page. */
function replayed(html: string): string {
  const bar = `<!-- BEGIN WAYBACK TOOLBAR INSERT --><script>__wm.rw(0);</script><div id="wm-ipp-base" lang="en">20 captures</div><div id="wm-ipp-print">The Wayback Machine - ${wayback(original)}</div><!-- END WAYBACK TOOLBAR INSERT -->`;
  return html
    .replace(/href="(https?:[^"]*)"/g, (_all, url: string) => `href="${wayback(url)}"`)
    .replace(/src="(https?:[^"]*)"/g, (_all, url: string) => `src="/web/${at}im_/${url}"`)
    .replace(/url\('(https?:[^']*)'\)/g, (_all, url: string) => `url('${wayback(url, 'im_')}')`)
    .replace(/(<body[^>]*>)/, `$1${bar}`);
}

const photo = `<a class="tgme_widget_message_photo_wrap" style="background-image:url('https://cdn4.telesco.pe/file/photo.jpg')"></a>`;
const linkText =
  'See <a href="https://web.archive.org/web/20200101000000/https://old.example/">the old page</a>';

describe('addresses', () => {
  test.each([
    [wayback('https://x.com/ada/status/1?s=20'), 'https://x.com/ada/status/1?s=20'],
    [wayback('http:/x.com/ada', 'if_'), 'http://x.com/ada'],
    [wayback('x.com/ada'), 'http://x.com/ada'],
    ['https://wayback.archive-it.org/1234/20240109080000/https://a.example/', 'https://a.example/'],
    ['https://arquivo.pt/wayback/20240109080000/https://a.example/', 'https://a.example/'],
    ['https://archive.ph/2024.01.09-080000/https://a.example/', 'https://a.example/'],
    [
      'https://rejouer.perma.cc/replay-web-page/w/id-1/20240109080000mp_/https://a.example/',
      'https://a.example/',
    ],
  ])('%s', (url, live) => {
    expect(replayAddress(url)).toMatchObject({
      original: live,
      time: { value: '2024-01-09T08:00:00Z', zone: 'utc' },
    });
    expect(liveAddress(url)).toBe(live);
  });

  test.each([
    'https://web.archive.org/web/2024/https://x.com/',
    'https://web.archive.org/save/https://x.com/',
    'https://web.archive.org.example/web/20240109080000/https://x.com/',
    'https://x.com/web/20240109080000/https://y.example/',
    'no address',
  ])('%s is no replay', (url) => {
    expect(replayAddress(url)).toBeNull();
    expect(liveAddress(url)).toBe(url);
  });

  test('a time that does not exist is none, the replay stays one', () => {
    expect(replayAddress('https://web.archive.org/web/20241399080000/https://x.com/')).toMatchObject({
      time: null,
    });
  });
});

test('a replay is read by the platform’s reader under the original address, and says so in every post', () => {
  const html = replayed(previewPage(message({ before: photo, text: linkText })));

  const { posts, notes } = readHtml(html, wayback(original));

  const said =
    'Read out of a replay by the Wayback Machine (web.archive.org), not from the platform: captured by that archive from https://t.me/s/harbour_news, as it says, at 2024-01-09T08:00:00Z.';
  expect(posts).toMatchObject([
    {
      platform: 'telegram',
      platformId: 'harbour_news/7',
      url: 'https://t.me/harbour_news/7',
      text: 'See the old page',
      // An archive's address that the author wrote is undone once: it stays the author's.
      links: [
        { text: 'the old page', url: 'https://web.archive.org/web/20200101000000/https://old.example/' },
      ],
      media: [{ url: 'https://cdn4.telesco.pe/file/photo.jpg' }],
      notices: [{ kind: 'other', text: said }],
    },
  ]);
  expect(notes[0]).toBe(said);
  expect(notes[1]).toMatch(/^Reader telegram/);
});

test('the words of the archive’s bar are not of the page, and a site’s own header is', () => {
  const html = replayed(
    '<!doctype html><html><body><div id="HEADER">The site’s own header</div><p>Words of the page</p></body></html>',
  );
  const { posts } = readHtml(html, wayback('https://site.example/'));

  expect(posts[0]?.text).toBe('The site’s own header\n\nWords of the page');
  expect(posts[0]?.platform).toBe('site.example');
  expect(posts[0]?.url).toBe('https://site.example/');
});

test('a replay inside structured data leads back to the original addresses', () => {
  const data = JSON.stringify({
    '@type': 'SocialMediaPosting',
    url: wayback('https://site.example/p/1'),
    text: `quoted: ${wayback('https://kept.example/')}`,
  }).replaceAll('/', '\\/');
  const { posts } = readHtml(
    `<html><head><script type="application/ld+json">${data}</script></head><body></body></html>`,
    wayback('https://site.example/p/1'),
  );

  expect(posts[0]).toMatchObject({
    url: 'https://site.example/p/1',
    text: `quoted: ${wayback('https://kept.example/')}`,
  });
});

test('archive.today names the original and the time in its own markup', () => {
  const html = `<!doctype html><html><head><link rel="canonical" href="https://archive.ph/2024.01.09-080000/https://site.example/p/1"></head>
    <body><div id="HEADER"><form><input name="q" value="https://site.example/p/1"></form>Saved from https://site.example/p/1</div>
    <div id="CONTENT"><article><p>Words <a href="https://archive.ph/o/AbC12/https://linked.example/">there</a></p></article></div></body></html>`;

  const { posts, notes } = readHtml(html, 'https://archive.ph/AbC12');

  expect(posts[0]).toMatchObject({ platform: 'site.example', text: 'Words there' });
  expect(notes[0]).toMatch(
    /replay by archive\.today \(archive\.ph\).*https:\/\/site\.example\/p\/1, as it says, at 2024-01-09T08:00:00Z/,
  );

  const timeless = html.replace(/<link[^>]*>/, '');
  expect(readHtml(timeless, 'https://archive.ph/AbC12').notes[0]).toMatch(/it does not say when/);
});

test('answers of the platform that an archive replayed are read, apart from live ones', () => {
  const head = { status: 200, mediaType: 'application/json', charset: 'utf-8' };
  const body = (text: string) =>
    new TextEncoder().encode(JSON.stringify(timeline(entry(tweet({ full_text: text })))));
  const recorded = wayback(graphql);
  const exchanges = [
    { ...head, n: 0, url: graphql, body: body('live words') },
    { ...head, n: 1, url: recorded, body: body('words of then') },
  ];
  expect(exchanges.map(isWanted)).toEqual([true, true]);

  const read = readAnswers({ url: null, exchanges });

  expect(read.map(({ reading }) => reading.posts[0]?.text)).toEqual(['live words', 'words of then']);
  expect(read[0]?.reading.posts[0]?.notices).toBeUndefined();
  expect(read[1]?.reading.posts[0]).toMatchObject({
    sourceOfText: { found: 'network', exchange: 1, url: recorded },
    notices: [{ text: expect.stringMatching(/^Read out of a replay/) }],
  });
  const page = `https://x.com/ada/status/${id}`;
  expect(isCovered(wayback(page), read.slice(1))).toBe(true);
  expect(isCovered(page, read.slice(1))).toBe(false);
  expect(isCovered(wayback(page), read.slice(0, 1))).toBe(false);
});

test('replays with parts cut out, doubled or replaced never throw', () => {
  const html = replayed(previewPage(message({ before: photo, text: linkText })));
  fc.assert(
    fc.property(mutatedHtml(html), (changed) => {
      readHtml(changed, wayback(original));
      readPage({
        url: 'https://archive.ph/AbC12',
        exchanges: [
          {
            url: '',
            status: 200,
            mediaType: 'text/html',
            charset: null,
            body: new TextEncoder().encode(changed),
          },
        ],
      });
    }),
    { numRuns: 100 },
  );
});
