import { expect, test } from 'vitest';
import { piecesOf } from '../../sites/hls.ts';

const base = 'https://video.example/a/main.m3u8';
const head = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n';

test('pieces and what they begin with, each once, absolute', () => {
  const text = `${head}#EXT-X-MAP:BYTES=1,URI="init.mp4"\r\n#EXTINF:4,\r\n1.m4s?s=a%2Fb\r\n#EXTINF:4,\n/b/2.m4s\n#EXTINF:4,\n/b/2.m4s\n#EXT-X-ENDLIST\n`;
  expect(piecesOf(text, base)).toEqual([
    'https://video.example/a/init.mp4',
    'https://video.example/a/1.m4s?s=a%2Fb',
    'https://video.example/b/2.m4s',
  ]);
});

test.each([
  ['names other playlists', `${head}#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n`],
  ['has no end yet', `${head}#EXTINF:4,\n1.ts\n`],
  ['is made of ranges', `${head}#EXTINF:4,\n#EXT-X-BYTERANGE:10@0\nall.ts\n#EXT-X-ENDLIST\n`],
  ['is something else', '<html>#EXTINF #EXT-X-ENDLIST'],
])('none of one that %s', (_name, text) => {
  expect(piecesOf(text, base)).toBeNull();
});
