/** Pages as X's servers made them until 2020. People and words are invented. */
import { createReadStream } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExchange } from '../../../evidence/warc/exchange.ts';
import { WarcReader } from '../../../evidence/warc/reader.ts';
import { countsOf, none } from '../counts.ts';
import { mutatedHtml } from '../mutated-html.ts';
import { readHtml } from '../reading.ts';
import { hasRealAnswers, realPath } from '../real-answers.ts';
import { idAt } from './answers.ts';

const profile = 'https://twitter.com/ada_example';
const id = idAt('2018-03-01T12:00:00.250Z');
const milliseconds = String(Date.parse('2018-03-01T12:00:00.000Z'));

interface Parts {
  id?: string;
  data?: string;
  context?: string;
  text?: string;
  after?: string;
  ms?: string;
}

function tweet({
  id: name = id,
  data = '',
  context = '',
  text = 'words',
  after = '',
  ms = milliseconds,
}: Parts = {}): string {
  return `<li class="js-stream-item stream-item" data-item-id="${name}"><div class="tweet js-stream-tweet js-actionable-tweet"
 data-tweet-id="${name}" data-item-id="${name}" data-permalink-path="/ada_example/status/${name}" data-conversation-id="${name}"
 data-screen-name="ada_example" data-name="Ada" data-user-id="42" ${data}>
 <div class="context">${context}</div>
 <div class="content"><div class="stream-item-header"><a class="account-group" href="/ada_example" data-user-id="42"><strong class="fullname">Ada</strong></a>
 <small class="time"><a class="tweet-timestamp" title="4:00 AM - 1 Mar 2018"><span class="_timestamp js-short-timestamp" data-time="1" data-time-ms="${ms}">Mar 1</span></a></small></div>
 <div class="js-tweet-text-container"><p class="TweetTextSize js-tweet-text tweet-text" lang="fa" data-aria-label-part="0">${text}</p></div>${after}
 <div class="ProfileTweet-actionCountList"><span class="ProfileTweet-action--reply u-hiddenVisually"><span class="ProfileTweet-actionCount" data-tweet-stat-count="1"></span></span>
 <span class="ProfileTweet-action--retweet u-hiddenVisually"><span class="ProfileTweet-actionCount" data-tweet-stat-count="2"></span></span>
 <span class="ProfileTweet-action--favorite u-hiddenVisually"><span class="ProfileTweet-actionCount" data-tweet-stat-count="3"></span></span></div>
 </div></div></li>`;
}

const pageOf = (...tweets: string[]) =>
  `<!doctype html><html><head><title>Ada (@ada_example) | Twitter</title></head><body><ol class="stream-items">${tweets.join('')}</ol></body></html>`;
const read = (...tweets: string[]) => readHtml(pageOf(...tweets), profile);

test('a post with its lines, its pictures of emoji, its addresses in full, its counts and both times', () => {
  const text = `اول  دوم
<img class="Emoji" src="e.png" alt="🔶"> <a href="/bob" class="twitter-atreply" data-mentioned-user-id="7"><s>@</s><b>bob</b></a> <a href="https://t.co/abc" data-expanded-url="https://example.org/long/path" class="twitter-timeline-link"><span class="tco-ellipsis"></span><span class="invisible">https://</span><span class="js-display-url">example.org/lo</span><span class="invisible">ng/path</span><span class="tco-ellipsis"><span class="invisible">&nbsp;</span>…</span></a><a href="https://t.co/pic" class="twitter-timeline-link u-hidden" data-pre-embedded="true">pic.twitter.com/x</a>`;
  const after =
    '<div class="AdaptiveMedia"><div class="AdaptiveMedia-photoContainer" data-image-url="https://pbs.twimg.com/media/Abc.jpg"><img src="https://pbs.twimg.com/media/Abc.jpg" alt="A pier"></div></div>';

  const { posts, notes } = read(tweet({ text, after }));

  expect(posts).toMatchObject([
    {
      kind: 'post',
      platform: 'x',
      platformId: id,
      url: `https://twitter.com/ada_example/status/${id}`,
      author: { name: 'Ada', handle: 'ada_example', platformId: '42' },
      postedAt: { value: '2018-03-01T12:00:00Z', precision: 'second', zone: 'utc' },
      otherTimes: [{ value: '2018-03-01T12:00:00.250Z' }],
      text: 'اول  دوم\n🔶 @bob https://example.org/long/path',
      language: 'fa',
      media: [{ kind: 'image', url: 'https://pbs.twimg.com/media/Abc.jpg', alt: 'A pier' }],
      counts: [
        { of: 'likes', count: 3 },
        { of: 'reposts', count: 2 },
        { of: 'replies', count: 1 },
      ],
      links: [
        { text: '@bob', url: 'https://twitter.com/bob' },
        { text: 'https://example.org/long/path', url: 'https://example.org/long/path' },
      ],
    },
  ]);
  expect(posts[0]?.notices).toBeUndefined();
  expect(notes[0]).toMatch(/^Reader x 2, last checked against: .*netpreserve-twitter-2019\.warc/);
});

test('a repost is a post of its own without words, its original another', () => {
  const repost = idAt('2018-03-02T08:00:00Z');
  const context =
    '<span class="js-retweet-text"><a class="pretty-link" href="/bob" data-user-id="7"><b>Bob</b></a> Retweeted</span>';

  const { posts } = read(tweet({ data: `data-retweet-id="${repost}" data-retweeter="bob"`, context }));

  expect(posts).toMatchObject([
    { kind: 'post', platformId: id, text: 'words' },
    {
      kind: 'repost',
      platformId: repost,
      text: '',
      author: { name: 'Bob', handle: 'bob', platformId: '7' },
      references: [{ relation: 'reposts', platformId: id, handle: 'ada_example', accountId: '42' }],
    },
  ]);
});

test('replies, threads and quotes; the words of the quoted post are not the author’s', () => {
  const thread = idAt('2018-02-28T00:00:00Z');
  const after = `<div class="ReplyingToContextBelowAuthor">Replying to <a href="/bob" data-user-id="7">@bob</a></div>
    <div class="QuoteTweet"><div class="QuoteTweet-innerContainer" data-item-id="${thread}9" data-screen-name="cem" data-user-id="9"><div class="QuoteTweet-text tweet-text js-tweet-text">quoted words</div><span class="_timestamp" data-time-ms="1"></span></div></div>`;
  const data = `data-is-reply-to="true"`;
  const html = tweet({ data, after }).replace(
    `data-conversation-id="${id}"`,
    `data-conversation-id="${thread}"`,
  );

  expect(read(html).posts).toMatchObject([
    {
      kind: 'reply',
      text: 'words',
      references: [
        { relation: 'replies-to', platformId: null, handle: 'bob', accountId: '7' },
        { relation: 'quotes', platformId: `${thread}9`, handle: 'cem', accountId: '9' },
        { relation: 'thread', platformId: thread },
      ],
    },
  ]);
});

test('what stands in the place of a post is noted, warnings in front of media are notices', () => {
  const tombstone =
    '<div class="Tombstone"><span class="Tombstone-label">This Tweet is unavailable.</span></div>';
  const { posts, notes } = read(
    tweet({
      after:
        '<div class="Tombstone"><span class="Tombstone-label">The following media may contain sensitive material.</span></div>',
    }),
    tombstone,
  );

  expect(posts[0]?.notices).toEqual([
    { kind: 'interstitial', text: 'The following media may contain sensitive material.' },
  ]);
  expect(notes).toContain('A post is not shown: This Tweet is unavailable.');
});

test('a time that does not fit the id is told', () => {
  const { posts } = read(tweet({ ms: String(Date.parse('2018-03-01T13:00:00Z')) }));

  expect(posts[0]?.notices?.[0]?.text).toMatch(/^Two sources of the time differ/);
});

test('such markup on another host is not X', () => {
  expect(readHtml(pageOf(tweet()), 'https://twitter.com.example/ada').posts[0]?.platform).not.toBe('x');
});

test('pages with parts cut out, doubled or replaced never throw', () => {
  const page = pageOf(tweet({ data: `data-retweet-id="${id}" data-retweeter="bob"` }), tweet({ id: '20' }));
  fc.assert(
    fc.property(mutatedHtml(page), (html) => {
      readHtml(html, profile);
    }),
    { numRuns: 150 },
  );
});

describe.skipIf(!hasRealAnswers)('the real page of June 2019', () => {
  const address = 'https://twitter.com/netpreserve';

  async function real() {
    const stream = createReadStream(realPath('warc-real', 'netpreserve-twitter-2019.warc'));
    for await (const record of new WarcReader(stream).records()) {
      if (record.type !== 'response' || record.targetUri !== address) continue;
      const { exchange } = await readExchange(record);
      if (exchange?.status === 200) return readHtml(exchange.body, address);
    }
    throw new Error('the page is not in the file');
  }

  // python3 tests/sites/x/count-old-page.py FILE https://twitter.com/netpreserve
  test('is read as Python counts it', async () => {
    const { posts, notes } = await real();

    expect(countsOf(posts)).toEqual({
      ...none,
      posts: 28,
      authors: 8,
      reposts: 7,
      replies: 2,
      threads: 2,
      media: 5,
      likes: 218,
    });
    expect(notes).toHaveLength(1);
  });

  test('no stated time differs from the time in its id, and no text holds the dots of a shortened address', async () => {
    const { posts } = await real();

    expect(posts.flatMap(({ notices = [] }) => notices).filter(({ text }) => /time/.test(text))).toEqual([]);
    expect(posts.filter(({ text }) => /pic\.twitter\.com|\u00a0…/.test(text))).toEqual([]);
  });
});
