/**
 * Writes tests/fixtures/pages anew: `node tests/support/page-fixtures/make.ts`.
 * The files are committed; this says how they came to be.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mhtmlFile } from './mhtml.ts';
import {
  arabicPage,
  clipPage,
  harbourPoster,
  lakePoster,
  persianPage,
  recordedPage,
  singleFilePage,
  threadPage,
} from './pages.ts';
import { compressed, request, response, warcinfo } from './warc.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'pages');

/** Encodes what TextDecoder decodes: the table is its own, turned round. */
function windows1256(text: string): Uint8Array {
  const decoder = new TextDecoder('windows-1256');
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  );
  return Uint8Array.from(text, (letter) => {
    const byte = bytes.get(letter);
    if (byte === undefined) throw new Error(`windows-1256 has no '${letter}'`);
    return byte;
  });
}

export function recordedFile(): Uint8Array {
  const page = recordedPage();
  const address = 'https://ferry.test/@quay_master/511';
  return compressed([
    warcinfo(),
    response({
      url: 'https://ferry.test/p/511',
      id: 2,
      status: '301 Moved Permanently',
      headers: [
        ['Location', address],
        ['Content-Type', 'text/html; charset=iso-8859-1'],
        ['Content-Length', '0'],
      ],
      body: '',
    }),
    request('https://ferry.test/p/511', 3),
    response({
      url: address,
      id: 4,
      headers: [
        ['Content-Type', 'text/html; charset=utf-8'],
        ['Content-Encoding', 'gzip'],
      ],
      body: gzipSync(page, { level: 9 }),
    }),
    request(address, 5),
    response({
      url: 'https://ferry.test/media/harbour.png',
      id: 6,
      headers: [
        ['Content-Type', 'image/png'],
        ['Content-Length', String(harbourPoster.length)],
      ],
      body: harbourPoster,
    }),
    request('https://ferry.test/media/harbour.png', 7),
  ]);
}

export const files: Readonly<Record<string, () => Uint8Array | string>> = {
  'chirp-post.singlefile.html': singleFilePage,
  'payam-post.fa.html': persianPage,
  'agora-thread.html': threadPage,
  'pier-post.mhtml': () =>
    mhtmlFile(
      {
        url: 'https://pier.example/posts/7c41',
        subject: '=?utf-8?Q?Committee,=20day=20one=20|=20Pier=20=E2=80=93=20r=C3=A9sum=C3=A9?=',
        date: 'Sun, 9 Mar 2025 07:45:10 -0000',
        html: clipPage(),
      },
      { url: 'https://pier.example/media/lake.png', bytes: lakePoster },
    ),
  'ferry-board.warc.gz': recordedFile,
  'minbar-post.windows-1256.html': () => windows1256(arabicPage()),
};

if (process.argv[1] === import.meta.filename) {
  mkdirSync(folder, { recursive: true });
  for (const [name, make] of Object.entries(files)) writeFileSync(join(folder, name), make());
}
