/** Looking for planted secrets in everything that leaves the program, however it is packed and spelled. */
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** The file itself, and all that can be unpacked out of it: zip entries, gzip members, PDF streams, quoted-printable. */
export function unpacked(file: Uint8Array, depth = 0): Buffer[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const inner = depth > 4 ? [] : [...zipEntries(bytes), ...gzipMembers(bytes), ...pdfStreams(bytes)];
  return [bytes, unquoted(bytes), ...inner.flatMap((one) => unpacked(one, depth + 1))];
}

/** Bytes under which the secret can stand: plain, percent-encoded, in JSON, in UTF-16, in base64 at any place of a group. */
export function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const texts = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...base64];
  const wide = Buffer.from(secret, 'utf16le');
  return [...texts.map((text) => Buffer.from(text)), wide, Buffer.from(wide).swap16()];
}

/** By their local headers (APPNOTE, 4.3.7), wherever in the file they stand. */
function zipEntries(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const mark = Buffer.from('504b0304', 'hex');
  for (let at = bytes.indexOf(mark); at >= 0 && at + 30 < bytes.length; at = bytes.indexOf(mark, at + 4)) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) === 8) found.push(...attempt(() => inflateRawSync(bytes.subarray(from))));
    else if (bytes.readUInt16LE(at + 8) === 0) {
      const size = bytes.readUInt32LE(at + 18);
      if (size > 0 && size < bytes.length) found.push(bytes.subarray(from, from + size));
    }
  }
  return found;
}

function gzipMembers(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const mark = Buffer.from('1f8b08', 'hex');
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 3))
    found.push(...attempt(() => gunzipSync(bytes.subarray(at))));
  return found;
}

function pdfStreams(bytes: Buffer): Buffer[] {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') return [];
  const streams = bytes.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)endstream/g);
  return [...streams].flatMap(([, data = '']) => attempt(() => inflateSync(Buffer.from(data, 'latin1'))));
}

function unquoted(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/=\r?\n/g, '');
  const plain = text.replace(/=([0-9A-F]{2})/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

function attempt(open: () => Buffer): Buffer[] {
  try {
    return [open()];
  } catch {
    return [];
  }
}
