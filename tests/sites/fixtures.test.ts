/** The committed pages, read as an import reads them. */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedExchange } from '../../contract/reading.ts';
import { dataUrl } from '../../evidence/format/data-url.ts';
import { parseMhtml } from '../../evidence/mhtml/parse.ts';
import { readExchange } from '../../evidence/warc/exchange.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import { decodeHtml } from '../../sites/html/decode.ts';
import { savedPageFacts } from '../../sites/html/saved-page.ts';
import { readPage } from '../../sites/readers.ts';
import {
  arabicText,
  clipText,
  englishText,
  harbourPoster,
  persianText,
  recordedText,
  threadTexts,
} from '../support/page-fixtures/pages.ts';
import { readHtml } from './reading.ts';

const folder = join(import.meta.dirname, '..', 'fixtures', 'pages');

function saved(name: string, url?: string) {
  const bytes = readFileSync(join(folder, name));
  return readHtml(bytes, url ?? savedPageFacts(decodeHtml(bytes, null).text).url);
}

test('a SingleFile page: JSON-LD, to the character, and the picture inside the page', () => {
  const { posts, notes } = saved('chirp-post.singlefile.html');
  expect(notes).toEqual([]);
  expect(posts).toEqual([
    {
      kind: 'post',
      platform: 'chirp.example',
      platformId: '1750112233445566',
      url: 'https://chirp.example/@dorian_vale_tv/1750112233445566',
      author: {
        name: 'Dorian Vale',
        handle: 'dorian_vale_tv',
        platformId: '88120045',
        url: 'https://chirp.example/@dorian_vale_tv',
      },
      postedAt: {
        value: '2025-01-14T19:07:45.120Z',
        precision: 'millisecond',
        zone: 'offset',
        readFrom: 'JSON-LD datePublished',
        raw: '2025-01-14T21:07:45.120+02:00',
      },
      editedAt: null,
      title: null,
      text: englishText,
      textLossy: false,
      language: 'en',
      direction: null,
      media: [
        {
          kind: 'image',
          url: 'https://media.chirp.example/p/harbour-poster.png',
          alt: 'Drawing of a harbour wall at sunset',
          sha256: null,
        },
        {
          kind: 'image',
          url: expect.stringMatching(/^data:image\/png;base64,/),
          alt: 'Drawing of a harbour wall at sunset',
          sha256: null,
        },
      ],
      readFrom: 'JSON-LD articleBody',
    },
  ]);
  expect(
    Buffer.compare(dataUrl(posts[0]?.media[1]?.url ?? '')?.bytes ?? Buffer.alloc(0), harbourPoster),
  ).toBe(0);
});

test('a Persian page: joiners, digits, direction, and the article before OpenGraph', () => {
  const { posts, notes } = saved('payam-post.fa.html', 'https://payam.example/@naser_kouhyar/90417');
  expect(notes).toEqual([]);
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatchObject({
    kind: 'post',
    platform: 'payam.example',
    url: 'https://payam.example/@naser_kouhyar/90417',
    author: { name: 'ناصر کوهیار', handle: 'naser_kouhyar', url: 'https://payam.example/@naser_kouhyar' },
    postedAt: { value: '2025-01-31T12:50:00Z', zone: 'offset', readFrom: 'time element in the article' },
    text: persianText,
    title: null,
    language: 'fa',
    direction: 'rtl',
    readFrom: 'article element',
  });
});

test('a thread in microdata: four posts, each in its language and direction', () => {
  const { posts } = saved('agora-thread.html');
  expect(
    posts.map(({ kind, text, language, direction, author, url, postedAt }) => ({
      kind,
      text,
      language,
      direction,
      handle: author.handle,
      url,
      at: postedAt?.value,
    })),
  ).toEqual([
    {
      kind: 'post',
      text: threadTexts.post,
      language: 'en',
      direction: null,
      handle: 'upper_square',
      url: 'https://agora.example/t/3301',
      at: '2025-02-02',
    },
    {
      kind: 'reply',
      text: threadTexts.arabic,
      language: 'ar',
      direction: 'rtl',
      handle: 'salma_alwadi',
      url: 'https://agora.example/t/3301#c3302',
      at: '2025-02-02T08:14:05Z',
    },
    {
      kind: 'reply',
      text: threadTexts.hebrew,
      language: 'he',
      direction: 'rtl',
      handle: 'noam_bargil',
      url: 'https://agora.example/t/3301#c3303',
      at: '2025-02-02T08:20:41Z',
    },
    {
      kind: 'reply',
      text: threadTexts.english,
      language: 'en',
      direction: 'ltr',
      handle: 'gatekeeper77',
      url: 'https://agora.example/t/3301#c3304',
      at: '2025-02-02T09:01Z',
    },
  ]);
  expect(posts[0]?.media.map(({ url }) => url)).toEqual(['https://agora.example/files/market-hall.jpg']);
});

test('an MHTML page', () => {
  const mhtml = parseMhtml(readFileSync(join(folder, 'pier-post.mhtml')));
  const { posts } = readHtml(mhtml.parts[mhtml.root ?? -1]?.body ?? new Uint8Array(), mhtml.url);
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatchObject({
    text: clipText,
    url: 'https://pier.example/posts/7c41',
    author: { name: 'Lake Watch', handle: 'lake_watch' },
    postedAt: { value: '2025-03-08', precision: 'day', readFrom: 'meta article:published_time' },
    media: [
      { kind: 'image', url: mhtml.parts[1]?.contentLocation, alt: 'Drawing of a lake under a pale sun' },
    ],
  });
});

test('a WARC: the page behind the redirect, and its picture', async () => {
  const exchanges: RecordedExchange[] = [];
  for await (const record of new WarcReader(
    createReadStream(join(folder, 'ferry-board.warc.gz')),
  ).records()) {
    const { exchange } = await readExchange(record);
    if (exchange !== null) exchanges.push(exchange);
  }
  expect(exchanges.map(({ status, mediaType }) => [status, mediaType])).toEqual([
    [301, 'text/html'],
    [200, 'text/html'],
    [200, 'image/png'],
  ]);
  const { reading } = readPage({ url: exchanges[1]?.url ?? null, exchanges: exchanges.slice(1) });
  expect(reading.posts).toHaveLength(1);
  expect(reading.posts[0]).toMatchObject({
    text: recordedText,
    platformId: '511',
    author: { name: 'Quay Master', handle: 'quay_master' },
    media: [{ url: exchanges[2]?.url }],
  });
  expect(Buffer.compare(exchanges[2]?.body ?? Buffer.alloc(0), harbourPoster)).toBe(0);
});

test('a page in windows-1256: the zone of its time stays unknown', () => {
  const { posts } = saved('minbar-post.windows-1256.html');
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatchObject({
    platform: 'minbar.example',
    url: 'https://minbar.example/read.php?t=58',
    author: { name: 'حارس الرصيف', handle: null, url: 'https://minbar.example/member.php?u=12' },
    postedAt: { value: '2014-07-19T18:40', precision: 'minute', zone: 'unknown', raw: '2014-07-19 18:40' },
    text: arabicText,
    textLossy: false,
    language: 'ar',
    direction: 'rtl',
  });
});
