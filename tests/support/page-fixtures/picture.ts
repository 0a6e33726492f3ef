/** A small picture made of rectangles, as PNG: the posts of the fixtures need something to show. */
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 320;
const HEIGHT = 160;

type Colour = readonly [number, number, number];

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A poster: stripes of `ground`, a sun, and a dark quay along the lower edge. */
export function poster(ground: Colour, sun: Colour): Uint8Array {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const inSun = (x - 232) ** 2 + (y - 64) ** 2 < 40 ** 2;
      const isQuay = y > 118 || (y > 84 && x % 64 > 44 && x < 200);
      const shade = 1 - (Math.floor(y / 16) % 2) * 0.12;
      const [r, g, b] = isQuay ? [28, 34, 44] : inSun ? sun : ground.map((part) => part * shade);
      rows.set([r ?? 0, g ?? 0, b ?? 0], y * (1 + WIDTH * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
