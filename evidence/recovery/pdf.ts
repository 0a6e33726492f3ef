/**
 * A page of typed lines as PDF 1.4 (ISO 32000-1, 7.5): the two Courier faces that every reader has, nothing else. By
 * hand, because the key on a recovery sheet must not pass through a browser or its printer; uncompressed, so that the
 * saved file can be read back as a sheet.
 */
import type { SheetLine } from './sheet.ts';

/** A4, in points. */
const width = 595;
const height = 842;
const margin = 50;

const looks = {
  title: { font: 'F2', size: 18, leading: 24 },
  heading: { font: 'F2', size: 11, leading: 17 },
  text: { font: 'F1', size: 9, leading: 11.5 },
  key: { font: 'F2', size: 13, leading: 19 },
} as const;

function literal(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error('a line of the sheet is not ASCII');
  return `(${text.replace(/[\\()]/g, '\\$&')})`;
}

function content(lines: readonly SheetLine[]): string {
  let y = height - margin;
  const drawn = lines.map(({ style, text }) => {
    const { font, size, leading } = looks[style];
    y -= leading;
    return `BT /${font} ${size} Tf ${margin} ${y} Td ${literal(text)} Tj ET\n`;
  });
  if (y < margin) throw new Error('the sheet does not fit on one page');
  return drawn.join('');
}

/** One page of A4. The lines must be ASCII and must fit. */
export function sheetAsPdf(lines: readonly SheetLine[]): Uint8Array {
  const stream = content(lines);
  const font = (face: string): string =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${face} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${stream.length} >>\nstream\n${stream}endstream`,
    font('Courier'),
    font('Courier-Bold'),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}
