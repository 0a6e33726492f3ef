/** Files that their first bytes name (WHATWG MIME Sniffing, 6 and 7; ISO 14496-12 for `ftyp`). */

interface Signature {
  at: number;
  bytes: string;
  mediaType: string;
}

const signatures: readonly Signature[] = [
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', mediaType: 'image/png' },
  { at: 0, bytes: '\xff\xd8\xff', mediaType: 'image/jpeg' },
  { at: 0, bytes: 'GIF87a', mediaType: 'image/gif' },
  { at: 0, bytes: 'GIF89a', mediaType: 'image/gif' },
  { at: 0, bytes: '%PDF-', mediaType: 'application/pdf' },
  { at: 0, bytes: 'PK\x03\x04', mediaType: 'application/zip' },
  { at: 0, bytes: '\x1aE\xdf\xa3', mediaType: 'video/webm' },
  { at: 0, bytes: 'OggS', mediaType: 'application/ogg' },
  { at: 0, bytes: 'ID3', mediaType: 'audio/mpeg' },
  { at: 0, bytes: 'SQLite format 3\0', mediaType: 'application/vnd.sqlite3' },
];

const brands: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  hevc: 'image/heic',
  hevx: 'image/heic',
  mif1: 'image/heif',
  msf1: 'image/heif',
};

const latin1 = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end));

/** The brands of an ISO base media file: `mif1` says little, the compatible ones may say more. */
function isoMediaType(head: Uint8Array): string | null {
  if (latin1(head, 4, 8) !== 'ftyp') return null;
  const size = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), 256, head.length);
  const named = [latin1(head, 8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) named.push(latin1(head, at, at + 4));
  const types = named.flatMap((brand) => (Object.hasOwn(brands, brand) ? [brands[brand] ?? ''] : []));
  return types.find((type) => type !== 'image/heif') ?? types[0] ?? 'video/mp4';
}

/** The media type that the first bytes of a file name without doubt; null where they name none. */
export function signedMediaType(head: Uint8Array): string | null {
  for (const { at, bytes, mediaType } of signatures) {
    if (latin1(head, at, at + bytes.length) === bytes) return mediaType;
  }
  if (latin1(head, 0, 4) === 'RIFF' && latin1(head, 8, 12) === 'WEBP') return 'image/webp';
  return head.length >= 12 ? isoMediaType(head) : null;
}
