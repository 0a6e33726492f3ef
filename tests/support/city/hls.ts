/** Pages whose script fetches a film in pieces, as players do. */
import { bytes, html } from '../site-server.ts';
import { type CityPage, complete, incomplete } from './page.ts';

const pieces = 4;

/** @param played so many of its four pieces */
export function hlsPage(n: number, played: number): CityPage {
  const words = `A film in pieces, of which ${played} are played.`;
  const folder = `video.pier-nine.example/${n}`;
  const playlist = ['#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXT-X-MAP:URI="init.mp4"'];
  for (let piece = 0; piece < pieces; piece += 1)
    playlist.push('#EXTINF:4.0,', `piece-${piece}.m4s?sig=a%2Fb`);
  playlist.push('#EXT-X-ENDLIST', '');
  const cors = { 'access-control-allow-origin': '*' };
  const piece = (k: number) =>
    bytes(Buffer.alloc(60_000, `${n}/${k}\xff`, 'latin1'), { 'content-type': 'video/iso.segment', ...cors });
  return {
    what: `a film in ${pieces} pieces, of which the page plays ${played}`,
    address: `https://board.pier-nine.example/notice/${n}`,
    routes: () => ({
      [`board.pier-nine.example/notice/${n}`]: html(`<title>Board</title>
        <article><p>${words}</p><time datetime="2024-03-23T08:00:00Z"></time></article><script>(async () => {
          const base = 'https://${folder}/';
          const text = await (await fetch(base + 'main.m3u8')).text();
          const names = text.split('\\n').filter((line) => line !== '' && !line.startsWith('#')).slice(0, ${played});
          for (const name of ['init.mp4', ...names]) await (await fetch(base + name)).arrayBuffer();
        })();</script>`),
      [`${folder}/main.m3u8`]: bytes(Buffer.from(playlist.join('\n')), {
        'content-type': 'application/vnd.apple.mpegurl',
        ...cors,
      }),
      [`${folder}/init.mp4`]: bytes(Buffer.from(`init ${n}`), { 'content-type': 'video/mp4', ...cors }),
      ...Object.fromEntries(
        Array.from({ length: pieces }, (_, k) => [`${folder}/piece-${k}.m4s`, piece(k)] as const),
      ),
    }),
    captures: () => [
      played === pieces
        ? complete({ id: null, text: words })
        : { ...incomplete(['media-missing'], { id: null, text: words }), says: /3 of 5 pieces/ },
    ],
    shows: words,
  };
}
