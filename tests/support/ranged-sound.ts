/** A sound of some minutes, served in ranges. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const seconds = 400;
const rate = 8000;
const most = 200_000;

/** PCM, 16 bits, one channel. */
export function wav(): Buffer {
  const data = Buffer.alloc(seconds * rate * 2);
  for (let n = 0; n < data.length / 2; n += 1) data.writeInt16LE(((n * 7919) % 4000) - 2000, n * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

/** As large platforms do it: never more of a range than the server likes. */
export function ranged(
  body: Buffer,
  type: string,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (from === undefined) {
      response.writeHead(200, {
        'content-type': type,
        'content-length': String(body.length),
        'accept-ranges': 'bytes',
      });
      response.end(body);
      return;
    }
    const start = Number(from);
    const asked = to === undefined || to === '' ? body.length - 1 : Number(to);
    const end = Math.min(asked, start + most - 1, body.length - 1);
    response.writeHead(206, {
      'content-type': type,
      'accept-ranges': 'bytes',
      'content-range': `bytes ${start}-${end}/${body.length}`,
      'content-length': String(end - start + 1),
    });
    response.end(body.subarray(start, end + 1));
  };
}
