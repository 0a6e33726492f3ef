import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFacts } from '../../../sites/platforms.ts';
import { telegramReader } from '../../../sites/telegram/reader.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readHtml } from '../reading.ts';
import { type MessageParts, message, previewPage } from './messages.ts';

const preview = 'https://t.me/s/harbour_news';
const read = (...messages: string[]) => readHtml(previewPage(...messages), preview);
const one = (parts: MessageParts = {}) => read(message(parts)).posts[0];
const texts = (parts: MessageParts) => (one(parts)?.notices ?? []).map(({ text }) => text);

test('a message of a channel, with all that is known of it', () => {
  const { posts, notes } = read(
    message({
      text: 'First line<br/>می‌خواهم <i class="emoji"><b>😀</b></i> <a href="https://example.org/a">a link</a>',
    }),
  );

  expect(posts).toEqual([
    {
      kind: 'post',
      platform: 'telegram',
      platformId: 'harbour_news/7',
      url: 'https://t.me/harbour_news/7',
      author: {
        name: 'Harbour News 🌊',
        handle: 'harbour_news',
        platformId: '1500000001',
        url: 'https://t.me/harbour_news',
      },
      postedAt: {
        value: '2024-01-08T19:23:51Z',
        precision: 'second',
        zone: 'offset',
        readFrom: 'time element of the message',
        raw: '2024-01-08T19:23:51+00:00',
      },
      editedAt: null,
      title: null,
      text: 'First line\nمی‌خواهم 😀 a link',
      textLossy: false,
      language: null,
      direction: null,
      media: [],
      readFrom: 'Telegram message',
      counts: [{ of: 'views', count: 1234 }],
      links: [{ text: 'a link', url: 'https://example.org/a' }],
    },
  ]);
  expect(notes).toEqual([
    expect.stringMatching(/^Reader telegram 1, last checked against: .*no real recording\./),
    'The page says of the channel: Harbour News 1.2M subscribers',
  ]);
});

test('the channel id stands beside the message in two ways; nonsense is none', () => {
  expect(one({ peer: 'c1500000002_-7216', view: null })?.author.platformId).toBe('1500000002');
  expect(one({ view: 'bm9uc2Vuc2U' })?.author.platformId).toBeNull();
  expect(one({ view: '%%%' })?.author.platformId).toBeNull();
});

test('a forwarded message names its source, and says that the words are that one’s', () => {
  const linked =
    '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/origin_news/55"><span dir="auto">Origin</span></a></div>';
  expect(one({ before: linked })).toMatchObject({
    kind: 'repost',
    text: 'Words of the channel',
    references: [{ relation: 'reposts', platformId: 'origin_news/55', handle: 'origin_news' }],
    notices: [{ text: 'Forwarded from Origin: the words are that source’s.' }],
  });
  const hidden =
    '<div class="tgme_widget_message_forwarded_from">Forwarded from <span class="tgme_widget_message_forwarded_from_name">Somebody</span></div>';
  expect(one({ before: hidden })).toMatchObject({
    references: [{ relation: 'reposts', platformId: null, url: null }],
    notices: [{ text: 'Forwarded from Somebody: the words are that source’s.' }],
  });
});

test('a reply names what it replies to, whose words are not its own', () => {
  const reply = `<a class="tgme_widget_message_reply" href="https://t.me/harbour_news/5"><div class="tgme_widget_message_author"><span class="tgme_widget_message_author_name">Other</span></div><div class="tgme_widget_message_text js-message_reply_text">words of the other</div></a>`;
  expect(one({ before: reply })).toMatchObject({
    kind: 'reply',
    text: 'Words of the channel',
    author: { name: 'Harbour News 🌊' },
    references: [{ relation: 'replies-to', platformId: 'harbour_news/5' }],
  });
});

test('media: photographs, films, voices, stickers; what has no address is told', () => {
  const media = `<a class="tgme_widget_message_photo_wrap" href="https://t.me/harbour_news/7" style="width:800px;background-image:url('https://cdn4.telesco.pe/file/photo.jpg')"></a>
    <a class="tgme_widget_message_video_player"><i class="tgme_widget_message_video_thumb" style="background-image:url('https://cdn4.telesco.pe/file/thumb.jpg')"></i><video src="https://cdn4.telesco.pe/file/film.mp4?token=a" class="tgme_widget_message_video"></video></a>
    <audio class="tgme_widget_message_voice" src="https://cdn4.telesco.pe/file/voice.ogg"></audio>
    <i class="tgme_widget_message_sticker" data-webp="https://cdn4.telesco.pe/file/sticker.webp" style="background-image:url('https://cdn4.telesco.pe/file/preview.jpg')"></i>
    <a class="tgme_widget_message_document_wrap" href="https://t.me/harbour_news/7"><div class="tgme_widget_message_document_title">list.pdf</div></a>`;
  const post = one({ before: media, text: '' });
  expect(post?.media.map(({ kind, url }) => [kind, url])).toEqual([
    ['image', 'https://cdn4.telesco.pe/file/photo.jpg'],
    ['video', 'https://cdn4.telesco.pe/file/film.mp4?token=a'],
    ['audio', 'https://cdn4.telesco.pe/file/voice.ogg'],
    ['image', 'https://cdn4.telesco.pe/file/sticker.webp'],
  ]);
  expect(post?.text).toBe('');
  expect(texts({ before: media })).toEqual([
    '1 media or files of the message stand in the page without an address.',
  ]);
});

test('a poll: its question is the title, shares are told as shown, votes are not made up', () => {
  const poll = `<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">Which?</div><div class="tgme_widget_message_poll_type">Final Results</div><a class="tgme_widget_message_poll_options"><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">70%</div><div class="tgme_widget_message_poll_option_text">This</div></div><div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">30%</div><div class="tgme_widget_message_poll_option_text">That</div></div></a></div><span class="tgme_widget_message_voters">1.5K</span>`;
  expect(one({ after: poll, text: '' })).toMatchObject({
    title: 'Which?',
    poll: {
      options: [
        { text: 'This', votes: null },
        { text: 'That', votes: null },
      ],
      closed: true,
    },
    notices: [{ text: 'Poll as shown: Final Results; This: 70%; That: 30%; 1.5K voted' }],
  });
});

describe('what Telegram says of a message', () => {
  test.each([
    [{ meta: 'edited &nbsp;' }, 'Marked as edited; when, Telegram does not say here.'],
    [{ views: '1.2M' }, 'Views as shown, rounded by Telegram: 1.2M'],
    [{ classes: 'service_message' }, 'A message of the service, not of a person.'],
    [{ meta: '<span class="tgme_widget_message_from_author">Ada</span>, ' }, 'Signed: Ada'],
    [
      {
        after:
          '<a class="tgme_widget_message_link_preview" href="https://example.org"><div class="link_preview_title">A title</div></a>',
      },
      'Preview of a linked page, not the author’s words: A title',
    ],
    [
      {
        text: '',
        after:
          '<div class="message_media_not_supported_label">This message couldn’t be displayed because it violates the Terms of Service</div>',
      },
      'Telegram says: This message couldn’t be displayed because it violates the Terms of Service',
    ],
  ])('%j', (parts, words) => {
    expect(texts(parts)).toContain(words);
  });

  test('rounded views are a count as far as they go', () => {
    expect(one({ views: '1.2M' })?.counts).toEqual([{ of: 'views', count: 1_200_000 }]);
    expect(one({ views: 'many' })?.counts).toBeUndefined();
  });
});

test('an embedded post beside an article, and older messages that scrolling loaded, are read as answers', () => {
  const body = (text: string) => new TextEncoder().encode(text);
  const exchange = { n: 4, status: 200, charset: 'utf-8' };
  const embed = {
    ...exchange,
    url: 'https://t.me/harbour_news/7?embed=1',
    mediaType: 'text/html',
    body: body(message()),
  };
  const older = {
    ...exchange,
    url: 'https://t.me/s/harbour_news?before=7',
    mediaType: 'application/json',
    body: body(JSON.stringify(message({ name: 'harbour_news/6' }))),
  };
  expect([embed, older].map((each) => telegramReader.wants?.(each))).toEqual([true, true]);
  const { posts } = telegramReader.read({ url: 'https://news.example/', exchanges: [embed, older] });
  expect(posts.map(({ platformId, sourceOfText }) => [platformId, sourceOfText?.found])).toEqual([
    ['harbour_news/7', 'network'],
    ['harbour_news/6', 'network'],
  ]);
  expect(telegramReader.covers?.('https://t.me/Harbour_News/7', posts)).toBe(true);
  expect(telegramReader.covers?.(preview, posts)).toBe(false);
});

test('what Telegram says of a post that is not there is noted', () => {
  const error = '<div class="tgme_widget_message_error">Post not found</div>';
  const { notes, absent } = telegramReader.read({
    url: null,
    exchanges: [
      {
        url: 'https://t.me/harbour_news/99',
        status: 200,
        mediaType: 'text/html',
        charset: null,
        body: new TextEncoder().encode(error),
      },
    ],
  });
  expect(notes).toEqual(['Telegram says of https://t.me/harbour_news/99: Post not found']);
  expect(absent).toEqual([{ platformId: 'harbour_news/99', text: 'Post not found' }]);
});

test('a page of another host that looks like Telegram is not read as Telegram', () => {
  expect(readHtml(previewPage(message()), 'https://t.me.example/s/harbour_news').posts[0]?.platform).not.toBe(
    'telegram',
  );
  expect(addressFacts('https://t.me/s/harbour_news/7')?.platformId).toBe('harbour_news/7');
});

test('pages with parts cut out, doubled or replaced never throw', () => {
  const page = previewPage(
    message({
      before: '<a class="tgme_widget_message_reply" href="https://t.me/a_channel/5"></a>',
      meta: 'edited ',
    }),
  );
  fc.assert(
    fc.property(mutatedHtml(page), (html) => {
      readHtml(html, preview);
    }),
    { numRuns: 150 },
  );
});

test('messages nested in messages stay within bounds', () => {
  const open = '<div class="tgme_widget_message" data-post="harbour_news/1">';
  const { posts } = readHtml(open.repeat(400), preview);
  expect(posts.length).toBeLessThanOrEqual(1);
});
