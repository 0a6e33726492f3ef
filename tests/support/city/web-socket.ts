/** The server's side of a web socket (RFC 6455), for pages that talk over one; unmasked, in single frames. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Socket {
  send(message: string | Uint8Array): void;
  close(): void;
}

/** What the server does with each socket that is opened: it may send, and hears each message. */
export type Talk = (socket: Socket) => { message(bytes: Buffer, isText: boolean): void };

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** Answers the request to open a socket and serves it. */
export function openSocket(request: IncomingMessage, stream: Duplex, talk: Talk): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${guid}`)
    .digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const write = (opcode: number, bytes: Uint8Array): void => {
    if (stream.writable) stream.write(frame(opcode, bytes));
  };
  const heard = talk({
    send: (message) =>
      typeof message === 'string'
        ? write(opcodes.text, Buffer.from(message))
        : write(opcodes.binary, message),
    close: () => write(opcodes.close, new Uint8Array()),
  });
  let waiting = Buffer.alloc(0);
  stream.on('data', (piece: Buffer) => {
    waiting = Buffer.concat([waiting, piece]);
    for (let next = read(waiting); next !== null; next = read(waiting)) {
      waiting = waiting.subarray(next.size);
      if (next.opcode === opcodes.close) stream.end(frame(opcodes.close, new Uint8Array()));
      else if (next.opcode === opcodes.ping) write(opcodes.pong, next.bytes);
      else heard.message(next.bytes, next.opcode === opcodes.text);
    }
  });
  stream.on('error', () => stream.destroy());
}

function frame(opcode: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (head.length === 2) head[1] = bytes.length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(bytes.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(bytes.length), 2);
  }
  return Buffer.concat([head, bytes]);
}

/** The first frame; null where it is not all here. */
function read(from: Buffer): { opcode: number; bytes: Buffer; size: number } | null {
  if (from.length < 2) return null;
  const short = (from[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (from.length < start + 4) return null;
  const length =
    short === 126 ? from.readUInt16BE(2) : short === 127 ? Number(from.readBigUInt64BE(2)) : short;
  const size = start + 4 + length;
  if (from.length < size) return null;
  const mask = from.subarray(start, start + 4);
  const bytes = Buffer.from(from.subarray(start + 4, size));
  for (let n = 0; n < bytes.length; n += 1) bytes[n] = (bytes[n] ?? 0) ^ (mask[n % 4] ?? 0);
  return { opcode: (from[0] ?? 0) & 0x0f, bytes, size };
}
