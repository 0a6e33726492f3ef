import { Buffer } from 'node:buffer';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Sought } from '../../../evidence/leak/needles.ts';
import { LeakScan } from '../../../evidence/leak/scan.ts';

const sought: Sought[] = [{ code: 'persona-name', value: 'Mérida Quill' }];

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function scan(bytes: Uint8Array, { size = 50_000, shapes = true, of = sought } = {}) {
  const search = new LeakScan({ sought: of, shapes });
  await search.file('data/x', pieces(bytes, size));
  return search.found.map(({ code, value }) => `${code} ${value}`);
}

const filler = (n: number): Buffer => Buffer.from('They had met by the river and said nothing. '.repeat(n));
const plain = Buffer.from('… as Mérida Quill saw it …');

function zipOf(content: Buffer, { encrypted = false } = {}): Buffer {
  const packed = deflateRawSync(content);
  const head = Buffer.alloc(30);
  head.write('PK\x03\x04', 0, 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(encrypted ? 1 : 0, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(1, 26);
  return Buffer.concat([head, Buffer.from('a'), packed]);
}

const numeric = [...'Mérida Quill'].map((c) => `&#${c.codePointAt(0)};`).join('');
const hexes = [...'Mérida Quill'].map((c) => `&#x${c.codePointAt(0)?.toString(16)};`).join('');
const units = [...'Mérida Quill'].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const quoted = [...Buffer.from('Mérida Quill')]
  .map((b) => `=${b.toString(16).toUpperCase().padStart(2, '0')}`)
  .join('');

test.each<[string, Buffer]>([
  ['plain', plain],
  ['in capitals', Buffer.from('MÉRIDA QUILL')],
  ['with a combining accent', Buffer.from('Mérida Quill'.normalize('NFD'))],
  ['UTF-16', Buffer.from('Mérida Quill', 'utf16le')],
  ['UTF-16, the other way round', Buffer.from('Mérida Quill', 'utf16le').swap16()],
  ['percent-encoded', Buffer.from(`https://a.example/?q=${encodeURIComponent('Mérida Quill')}`)],
  ['percent-encoded twice', Buffer.from(encodeURIComponent(encodeURIComponent('Mérida Quill')))],
  ['JSON with every letter escaped', Buffer.from(`{"a":"${units}"}`)],
  ['HTML entities, decimal', Buffer.from(numeric)],
  ['HTML entities, hexadecimal', Buffer.from(hexes)],
  ['quoted-printable', Buffer.from(quoted)],
  ['quoted-printable, a line broken inside', Buffer.from('M=C3=A9ri=\r\nda Quill')],
  ['cut by markup', Buffer.from('M<b>érida</b> <i class="x">Quill</i>')],
  ['soft hyphens between', Buffer.from('Mé\u00adrida Qu\u200bill')],
  ['base64', Buffer.from(`data:text/plain;base64,${Buffer.from('by Mérida Quill').toString('base64')}`)],
  ['base64url', Buffer.from(Buffer.from('«» Mérida Quill').toString('base64url'))],
  [
    'base64 in lines of 76',
    Buffer.from(
      Buffer.concat([filler(3), plain])
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    ),
  ],
  [
    'a hexadecimal string',
    Buffer.from(`<${Buffer.from('Mérida Quill', 'utf16le').swap16().toString('hex')}>`),
  ],
  ['gzip', gzipSync(Buffer.concat([filler(2000), plain]))],
  ['gzip, the second member', Buffer.concat([gzipSync(filler(10)), gzipSync(plain)])],
  ['gzip behind other bytes', Buffer.concat([filler(9000), gzipSync(plain), filler(10)])],
  ['gzip in gzip', gzipSync(gzipSync(plain))],
  ['a deflated entry of a zip file', zipOf(plain)],
  ['the second deflated entry', Buffer.concat([zipOf(filler(30)), zipOf(plain)])],
  ['gzip in a zip file', zipOf(gzipSync(plain))],
  [
    'a stream of a PDF',
    Buffer.concat([
      Buffer.from('%PDF-1.7\n<<>>\nstream\r\n'),
      deflateSync(plain),
      Buffer.from('\nendstream'),
    ]),
  ],
  [
    'Brotli behind its header',
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n'),
      brotliCompressSync(plain),
    ]),
  ],
])('a name is found: %s', async (_name, bytes) => {
  for (const size of [50_000, 7]) expect(await scan(bytes, { size })).toContain('persona-name Mérida Quill');
});

test('a name that the end of a window cuts is found, and one across two pieces', async () => {
  for (const before of [262_140, 262_144 + 8_190, 524_280]) {
    const bytes = Buffer.concat([filler(13_000).subarray(0, before), plain, filler(9000)]);
    expect(await scan(bytes, { size: 65_536 })).toEqual(['persona-name Mérida Quill']);
  }
});

test('what is to stand alone does not count inside a word', async () => {
  const of = [{ code: 'user-name', value: 'ida', alone: true }];

  expect(await scan(Buffer.from('Merida, idas, /home/idaho, ÉIDA'), { of })).toEqual([]);
  expect(await scan(Buffer.from('/home/Ida/archive'), { of })).toEqual(['user-name ida']);
});

test('tokens, addresses and keys are told by their form', async () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
  const text = `
    Authorization: Bearer AAAAAAAAAAAAAAAAAAAAANRILgAAnNwIzUejRCOuH5E6I8xnZz4puTs
    {"jwt":"${jwt}","k":"AKIAIOSFODNN7EXAMPLE"}
    write to Ada.Lum@mail.example or x%40y.example, or &#97;&#64;b.example
    x-client-ip: 203.0.113.9
    "client_ip":"10.0.0.7", x-forwarded-for: 2001:db8::17`;

  expect((await scan(Buffer.from(text))).sort()).toEqual([
    'e-mail a@b.example',
    'e-mail ada.lum@mail.example',
    'e-mail x@y.example',
    'public-address 2001:db8::17',
    'public-address 203.0.113.9',
    'token AAAAAAAAAAAAAAAAAAAAANRILgAAnNwIzUejRCOuH5E6I8xnZz4puTs',
    'token AKIAIOSFODNN7EXAMPLE',
    `token ${jwt}`,
  ]);
});

test('what only looks like an address is none', async () => {
  const text =
    'icon@2x.png vue@3.2.1 @ada@mastodon.example "acct":"ada@mastodon.example" cid:frame-1@mhtml.blink acct:b@m.example https://x.example/@ada a @b.example';

  expect(await scan(Buffer.from(text))).toEqual([]);
});

test('what cannot be looked into is said', async () => {
  expect(await scan(zipOf(plain, { encrypted: true }))).toEqual(['not-looked-into encrypted-zip']);
  const broken = gzipSync(
    Buffer.concat([
      filler(20),
      Buffer.from(Array.from({ length: 90_000 }, (_, i) => Math.floor(i ** 1.7) % 251)),
    ]),
  );
  broken.fill(0xff, 600, 700);
  expect(await scan(broken)).toEqual(['not-looked-into breaks-off']);
});

test('a bomb is unpacked in small pieces', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const before = process.memoryUsage().rss;

  expect(await scan(bomb)).toEqual([]);

  expect(process.memoryUsage().rss - before).toBeLessThan(160 * 1024 * 1024);
});

test('of a film, words are found in all of it as they are, and as text at the beginning and the end', async () => {
  const spelled = encodeURIComponent('Mérida Quill');
  const film = (at: number, word: string) => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, '\0\0\0\0moof and other words ');
    bytes.write(word, at);
    return bytes;
  };
  const found = async (bytes: Buffer) => {
    const search = new LeakScan({ sought, shapes: true });
    await search.file('film.mp4', pieces(bytes, 1024 * 1024), { isMedia: true });
    return search.found.length === 1;
  };

  for (const at of [1000, 1_500_000, 3_145_000]) expect(await found(film(at, 'Mérida Quill'))).toBe(true);
  expect(await found(film(1_000_000, spelled))).toBe(true);
  expect(await found(film(1_500_000, spelled))).toBe(false);
  expect(await found(film(3_100_000, spelled))).toBe(true);
});

test('the end of a window stands alone no more than what it cuts', async () => {
  const of = [{ code: 'user-name', value: 'ida', alone: true }];
  const [end, begin] = [256 * 1024, (256 - 8) * 1024];
  const placed = (word: string, at: number) => {
    const bytes = Buffer.alloc(400_000, '. ');
    bytes.write(word, at);
    return bytes;
  };

  expect(await scan(placed(' idaho ', end - 4), { of })).toEqual([]);
  expect(await scan(placed(' Merida ', begin - 4), { of })).toEqual([]);
  expect(await scan(placed(' ida ', end - 4), { of })).toEqual(['user-name ida']);
  expect(await scan(placed(' ida ', begin - 1), { of })).toEqual(['user-name ida']);
});
