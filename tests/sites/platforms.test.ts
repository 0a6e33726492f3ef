import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressFacts } from '../../sites/platforms.ts';

test.each([
  ['https://x.com/jack/status/20', 'x', '20', 'jack'],
  ['https://mobile.twitter.com/i/web/status/20?s=20', 'x', '20', null],
  ['https://twitter.com/home', 'x', null, null],
  ['https://www.facebook.com/some.page/posts/pfbid02abc', 'facebook', 'pfbid02abc', 'some.page'],
  ['https://m.facebook.com/story.php?story_fbid=123&id=4', 'facebook', '123', null],
  ['https://www.instagram.com/p/CJ_abc-1/', 'instagram', 'CJ_abc-1', null],
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1', 'youtube', 'dQw4w9WgXcQ', null],
  ['https://youtu.be/dQw4w9WgXcQ?t=1', 'youtube', 'dQw4w9WgXcQ', null],
  ['https://www.youtube.com/@some.channel/videos', 'youtube', null, 'some.channel'],
  ['https://www.tiktok.com/@some.one/video/7001', 'tiktok', '7001', 'some.one'],
  ['https://t.me/s/some_channel/42', 'telegram', 'some_channel/42', 'some_channel'],
  ['https://bsky.app/profile/some.bsky.social/post/3k', 'bluesky', '3k', 'some.bsky.social'],
  ['https://mastodon.social/@some/109', 'mastodon', '109', 'some'],
  ['https://forum.example/@some/1', 'forum.example', null, 'some'],
  ['https://www.notx.com/jack/status/20', 'notx.com', null, null],
  ['https://x.com.evil.example/jack/status/20', 'x.com.evil.example', null, null],
])('%s', (address, platform, platformId, handle) => {
  expect(addressFacts(address)).toMatchObject({ platform, platformId, handle });
});

test.each([
  null,
  '',
  'x.com',
  'javascript:alert(1)',
  'data:,x',
  'ftp://x.com/a',
  `https://x.com/${'a'.repeat(9000)}`,
])('no address: %.30s', (address) => {
  expect(addressFacts(address)).toBeNull();
});

test('any path on any known host gives facts', () => {
  const hosts = fc.constantFrom(
    'x.com',
    'facebook.com',
    'youtube.com',
    'youtu.be',
    't.me',
    'tiktok.com',
    'mas.to',
    'a.example',
  );
  const segment = fc.oneof(
    fc.constantFrom('status', 'posts', 'watch', '@a', 's', 'p', '1'),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(hosts, fc.array(segment), (host, segments) => {
      const path = segments.map((one) => `/${encodeURIComponent(one)}`).join('');
      expect(addressFacts(`https://${host}${path}`)?.platform).toBeTruthy();
    }),
  );
});
