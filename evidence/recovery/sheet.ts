/** The recovery sheet: what it is, the key, how to open with it, and when it is worth nothing any more. */
import type { Sha256 } from '../digest/sha256.ts';
import { toGroups } from './groups.ts';

export interface SheetFacts {
  archiveId: string;
  /** Tells one sheet from another; says nothing of the key. */
  sheetId: string;
  madeAt: Date;
  /** Bytes of a database page. */
  pageSize: number;
  /** The raw key and its salt: 48 bytes. */
  secret: Uint8Array;
}

export interface SheetLine {
  style: 'title' | 'heading' | 'text' | 'key';
  /** ASCII, at most 90 characters. */
  text: string;
}

const text = (lines: string): SheetLine[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => ({ style: 'text', text: line }));
const heading = (words: string): SheetLine => ({ style: 'heading', text: words });
const blank: SheetLine = { style: 'text', text: '' };

function keyLines(groups: readonly string[]): SheetLine[] {
  const half = groups.length / 2;
  const cell = (i: number): string => `${String(i + 1).padStart(2)}. ${groups[i] ?? ''}`;
  return Array.from({ length: half }, (_, i) => ({ style: 'key', text: `${cell(i)}     ${cell(i + half)}` }));
}

/** The sheet, line by line. */
export function recoverySheet(sha256: Sha256, facts: SheetFacts): SheetLine[] {
  return [
    { style: 'title', text: 'Holdfast recovery sheet' },
    blank,
    ...text(`
Whoever has this sheet and the archive's file can read everything in it, without the
passphrase. Give it to a person you trust, or lock it away; keep it apart from the file.
`),
    blank,
    ...text(`
Archive   ${facts.archiveId}
Sheet     ${facts.sheetId}
Made at   ${facts.madeAt.toISOString()} (this computer's clock)
Format    SQLCipher 4, pages of ${facts.pageSize} bytes
`),
    blank,
    heading('The key'),
    ...keyLines(toGroups(sha256, facts.secret)),
    blank,
    ...text(`
The digits are 0-9 and a-f. The last two of each group check the eight before them and
its place, so that typing errors are found; they are no part of the key.
`),
    blank,
    heading('How to open the archive with it'),
    ...text(`
In the window: "Open an archive", "I have a recovery sheet", then type the twelve groups
or choose the file of this sheet. On the command line:

  holdfast status ARCHIVE --recovery-key-file FILE

where FILE holds the twelve groups, or is this sheet as it was saved. Then set a new
passphrase: "Safety", "Change the passphrase", or

  holdfast passphrase ARCHIVE --recovery-key-file FILE --new-passphrase-file NEW

Without Holdfast, with any program for SQLCipher 4, and with the first eight digits of
each group in the order 1 to 12 in the place of DIGITS:

  PRAGMA key = "x'DIGITS'";
  PRAGMA cipher_page_size = ${facts.pageSize};
`),
    blank,
    heading('What to know'),
    ...text(`
- A lost passphrase without a sheet like this one loses everything. Nobody can reset it.
- A changed passphrase makes this sheet useless for the archive: the key is another one
  then. Make a new sheet. This one still opens backups that were made before the change;
  destroy it together with them.
- The archive's log says that this sheet was made, when and by whom. It does not hold the
  key.
- If the sheet was saved as a file: print it, then remove the file, from the wastebasket
  too.
`),
  ];
}

/** The sheet as a text file. */
export function sheetAsText(lines: readonly SheetLine[]): Uint8Array {
  const rows = lines.flatMap(({ style, text: row }) => {
    if (style === 'title') return [row.toUpperCase(), '='.repeat(row.length)];
    if (style === 'heading') return [row, '-'.repeat(row.length)];
    return [style === 'key' ? `  ${row}` : row];
  });
  return new TextEncoder().encode(`${rows.join('\n')}\n`);
}
