/** A sound that the page reads in ranges, and only its beginning: nobody plays it. */
import { ranged, wav } from '../../ranged-sound.ts';
import { html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const words = 'Listen to what was said on the pier.';

export const page: CityPage = {
  what: 'a sound that the page asks for in ranges, and not to its end',
  address: 'https://board.pier-nine.example/notice/22',
  routes: () => ({
    'board.pier-nine.example/notice/22': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-22T08:00:00Z"></time>
      <audio preload="metadata" controls src="/22/said.wav"></audio></article>`),
    'board.pier-nine.example/22/said.wav': ranged(wav(), 'audio/wav'),
  }),
  captures: () => [complete({ id: null, text: words })],
  shows: words,
  inTests: true,
};
