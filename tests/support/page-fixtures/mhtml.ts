/** An MHTML file as Chromium writes it. */

const BOUNDARY = '----MultipartBoundary--xK1vQz7Lh2Rt9sWd3NbYc5Fg8Jm4Pa6Ue----';

function quotedPrintable(text: string): string {
  const lines = text.split('\n').map((line) => {
    const encoded = [...Buffer.from(line, 'utf8')].map((byte, i, all) => {
      const printable = byte >= 33 && byte <= 126 && byte !== 61;
      const innerSpace = byte === 32 && i < all.length - 1;
      return printable || innerSpace
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    const out: string[] = [];
    let width = 0;
    for (const piece of encoded) {
      if (width + piece.length > 75) {
        out.push('=\r\n');
        width = 0;
      }
      out.push(piece);
      width += piece.length;
    }
    return out.join('');
  });
  return lines.join('\r\n');
}

function base64(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');
}

export function mhtmlFile(
  page: { url: string; subject: string; date: string; html: string },
  image: { url: string; bytes: Uint8Array },
): Uint8Array {
  const head = [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: ${page.url}`,
    `Subject: ${page.subject}`,
    `Date: ${page.date}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;',
    '\ttype="text/html";',
    `\tboundary="${BOUNDARY}"`,
    '',
    '',
  ];
  const html = [
    `--${BOUNDARY}`,
    'Content-Type: text/html',
    'Content-ID: <frame-5F1C2A@mhtml.blink>',
    'Content-Transfer-Encoding: quoted-printable',
    `Content-Location: ${page.url}`,
    '',
    quotedPrintable(page.html),
  ];
  const picture = [
    `--${BOUNDARY}`,
    'Content-Type: image/png',
    'Content-Transfer-Encoding: base64',
    `Content-Location: ${image.url}`,
    '',
    base64(image.bytes),
    `--${BOUNDARY}--`,
    '',
  ];
  return Buffer.from([...head, ...html, ...picture].join('\r\n'), 'latin1');
}
