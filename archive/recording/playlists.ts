/** Films that are sent in pieces: whether all pieces are in the recording. */
import type { Reason } from '../../contract/model/verdict.ts';
import { piecesOf } from '../../sites/hls.ts';
import type { Archive } from '../archive.ts';
import { readWhole } from '../blobs.ts';
import { type Recorded, withoutFragment } from './recorded.ts';

const mostPlaylistBytes = 2 * 1024 * 1024;
const playlistType = /^(?:application|audio)\/(?:vnd\.apple\.|x-)mpegurl$/;

interface Film {
  url: string;
  pieces: number;
  recorded: number;
}

function filmsOf(archive: Archive, { answers }: Recorded): Film[] {
  const whole = new Set(
    answers.filter(({ end }) => end.body === 'whole').map(({ start }) => withoutFragment(start.url)),
  );
  return answers.flatMap(({ start: { url }, mediaType, body }) => {
    if (!playlistType.test(mediaType) || body.size === 0 || body.size > mostPlaylistBytes) return [];
    const pieces = piecesOf(Buffer.from(readWhole(archive, body.blobId)).toString('utf8'), url) ?? [];
    const recorded = pieces.filter((piece) => whole.has(withoutFragment(piece))).length;
    return pieces.length === 0 ? [] : [{ url, pieces: pieces.length, recorded }];
  });
}

/** One of several qualities is enough: a playlist of which nothing was asked for counts where no film is whole. */
export function playlistReasons(archive: Archive, recorded: Recorded): Reason[] {
  const films = filmsOf(archive, recorded);
  const isOneWhole = films.some((film) => film.recorded === film.pieces);
  return films
    .filter((film) => film.recorded < film.pieces && !(film.recorded === 0 && isOneWhole))
    .slice(0, 20)
    .map(({ url, pieces, recorded: some }) => ({
      code: 'media-missing',
      message: `${some} of ${pieces} pieces of a film are in the capture (${url.slice(0, 200)}): play it to its end before capturing.`,
    }));
}
