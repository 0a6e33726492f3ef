/** WARC records written by hand, so that what tests read was not written by what they test. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface RecordParts {
  type: string;
  headers?: readonly (readonly [string, string])[];
  block: Uint8Array | string;
  version?: string;
  /** Instead of the block's true length. */
  contentLength?: number | string;
  /** Instead of the two line breaks. */
  ending?: string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** SHA-1 in base32: 160 bits are 32 digits of 5, without padding. */
export function sha1Base32(bytes: Uint8Array | string): string {
  const bits = [...createHash('sha1').update(bytes).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
}

export function record({
  type,
  headers = [],
  block,
  version = 'WARC/1.1',
  contentLength,
  ending = '\r\n\r\n',
}: RecordParts): Buffer {
  const bytes = Buffer.from(block);
  const lines = [
    version,
    `WARC-Type: ${type}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${contentLength ?? bytes.length}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'utf8'), bytes, Buffer.from(ending)]);
}

export interface ResponseParts {
  url: string;
  id: number;
  status?: string;
  headers?: readonly (readonly [string, string])[];
  body: Uint8Array | string;
}

const uuid = (id: number) => `<urn:uuid:0191a3c0-0000-4000-8000-${id.toString(16).padStart(12, '0')}>`;

export function response({ url, id, status = '200 OK', headers = [], body }: ResponseParts): Buffer {
  const head = [`HTTP/1.1 ${status}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
  const block = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
  return record({
    type: 'response',
    headers: [
      ['WARC-Record-ID', uuid(id)],
      ['WARC-Target-URI', url],
      ['WARC-Date', '2025-04-02T06:30:00Z'],
      ['WARC-Payload-Digest', `sha1:${sha1Base32(body)}`],
      ['WARC-Block-Digest', `sha1:${sha1Base32(block)}`],
      ['Content-Type', 'application/http; msgtype=response'],
    ],
    block,
  });
}

export function request(url: string, id: number): Buffer {
  const { host, pathname } = new URL(url);
  return record({
    type: 'request',
    headers: [
      ['WARC-Record-ID', uuid(id)],
      ['WARC-Target-URI', url],
      ['WARC-Date', '2025-04-02T06:30:00Z'],
      ['Content-Type', 'application/http; msgtype=request'],
    ],
    block: `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`,
  });
}

export function warcinfo(): Buffer {
  return record({
    type: 'warcinfo',
    headers: [
      ['WARC-Record-ID', uuid(1)],
      ['WARC-Date', '2025-04-02T06:30:00Z'],
      ['WARC-Filename', 'ferry-board.warc.gz'],
      ['Content-Type', 'application/warc-fields'],
    ],
    block: 'software: written by hand for tests\r\nformat: WARC File Format 1.1\r\n',
  });
}

/** One gzip member a record, as the standard recommends. */
export function compressed(records: readonly Uint8Array[]): Buffer {
  return Buffer.concat(records.map((one) => gzipSync(one, { level: 9 })));
}
