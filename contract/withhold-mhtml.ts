/** Withholding inside an MHTML snapshot (RFC 2557): in its headers, and in its parts under their transfer encodings. */

/** Replaces secrets in bytes of a media type; the very array that it was given where there are none. */
export type HideBytes = (bytes: Uint8Array, mediaType: string) => Uint8Array;

/**
 * Has `hide` look at each header and at each part as decoded. A part in which nothing is replaced keeps its bytes;
 * another is encoded again.
 * @param text the snapshot as the engine gives it: ASCII.
 */
export function hideInMhtml(text: string, hide: HideBytes): string {
  const boundary = /^content-type:[^\n]*(?:\r?\n[ \t][^\n]*)*?boundary="?([^"\r\n;]+)/im.exec(text)?.[1];
  const pieces = boundary === undefined ? [text] : text.split(`--${boundary}`);
  return pieces.map((piece) => hideInPart(piece, hide)).join(`--${boundary ?? ''}`);
}

function hideInPart(piece: string, hide: HideBytes): string {
  const [gap = ''] = /\r?\n\r?\n/.exec(piece) ?? [];
  const at = gap === '' ? piece.length : piece.indexOf(gap) + gap.length;
  const head = hide(Buffer.from(piece.slice(0, at), 'latin1'), '');
  const encoded = piece.slice(at);
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(piece.slice(0, at))?.[1]?.toLowerCase() ?? '';
  const type = /^content-type:\s*(\S+)/im.exec(piece.slice(0, at))?.[1]?.toLowerCase() ?? '';
  const bytes = decoded(encoded, encoding);
  const body = hide(bytes, type);
  return (
    Buffer.from(head).toString('latin1') +
    (body === bytes ? encoded : encodedAgain(Buffer.from(body), encoding))
  );
}

function decoded(text: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(text, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(text, 'latin1');
  const plain = text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(plain, 'latin1');
}

/** RFC 2045, sections 6.7 and 6.8: lines of at most 76 characters. */
function encodedAgain(bytes: Buffer, encoding: string): string {
  if (encoding === 'base64') return `${(bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`;
  if (encoding !== 'quoted-printable') return bytes.toString('latin1');
  const lines = bytes.toString('latin1').split('\r\n');
  return lines.map((line) => quoted(line)).join('\r\n');
}

function quoted(line: string): string {
  const signs = line.match(/[\s\S]/g) ?? [];
  let result = '';
  let length = 0;
  for (const [n, sign] of signs.entries()) {
    const isPlain = /[!-<>-~]/.test(sign) || (/[ \t]/.test(sign) && n < signs.length - 1);
    const code = isPlain ? sign : `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    if (length + code.length > 75) {
      result += '=\r\n';
      length = 0;
    }
    result += code;
    length += code.length;
  }
  return result;
}
