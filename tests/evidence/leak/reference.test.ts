/** The search by tables and marks finds what a plain one finds, which reads every byte with regular expressions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Needles, type Sought } from '../../../evidence/leak/needles.ts';
import { LeakScan } from '../../../evidence/leak/scan.ts';
import { spellings } from '../../../evidence/leak/spellings.ts';

/** A character a byte, as everywhere below. */
function utf8(code: number): string {
  return code > 0x10_ffff ? '' : Buffer.from(String.fromCodePoint(code)).toString('latin1');
}

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  commat: '@',
  period: '.',
  nbsp: '\u00a0',
  shy: '\u00ad',
  sol: '/',
  colon: ':',
  lowbar: '_',
};
const number = (hex: string) => Number.parseInt(hex, 16);
const escapes: readonly [RegExp, (...groups: string[]) => string | null][] = [
  [/%([\dA-Fa-f]{2})/, (hex = '') => String.fromCharCode(number(hex))],
  [/&#(\d{1,7});?/, (digits) => utf8(Number(digits))],
  [/&#[xX]([\dA-Fa-f]{1,6});?/, (hex = '') => utf8(number(hex))],
  [/&([a-z]{2,6});?/, (name = '') => (names[name] === undefined ? null : utf8(names[name].charCodeAt(0)))],
  [
    /\\u([dD][89abAB][\dA-Fa-f]{2})\\[\s\S]([dD][c-fC-F][\dA-Fa-f]{2})/,
    (high = '', low = '') => utf8(String.fromCharCode(number(high), number(low)).codePointAt(0) ?? 0),
  ],
  [/\\u([\dA-Fa-f]{4})/, (hex = '') => utf8(number(hex))],
  [/\\u\{([\dA-Fa-f]{1,6})\}/, (hex = '') => utf8(number(hex))],
  [/\\x([\dA-Fa-f]{2})/, (hex = '') => utf8(number(hex))],
  [/\\([/"'\\])/, (same = '') => same],
  [/\\[nrt]/, () => ' '],
  [/\\([0-7]{3})/, (octal) => String.fromCharCode(Number.parseInt(octal ?? '', 8) & 0xff)],
  [/\\([\dA-Fa-f]{1,6}) ?/, (hex = '') => utf8(number(hex))],
];

/** Null where nothing is read. */
function unescaped(text: string): string | null {
  let changed = false;
  const all = new RegExp(escapes.map(([form]) => `(?:${form.source})`).join('|'), 'g');
  const read = text.replace(all, (written) => {
    for (const [form, means] of escapes) {
      const found = new RegExp(`^(?:${form.source})$`).exec(written);
      const meant = found === null ? null : means(...found.slice(1));
      if (meant === null) continue;
      changed = true;
      return meant;
    }
    return written;
  });
  return changed ? read : null;
}

function ifOther(before: string, after: string): string | null {
  return before.length === after.length ? null : after;
}

const unmarked = (text: string) =>
  ifOther(
    text,
    text.replace(
      /<[!/A-_a-\u00ff][^>]{0,398}>|\u00c2\u00ad|\u00ef\u00bb\u00bf|\u00e2\u0080[\u008b-\u008f\u00aa-\u00ae]|\u00e2\u0081[\u00a0-\u00a9]/g,
      '',
    ),
  );

const quotedPrintable = (text: string) =>
  /=\r?\n|=3D|=[\dA-F]{2}=[\dA-F]{2}/.test(text)
    ? ifOther(
        text,
        text.replace(/=\r?\n|=([\dA-Fa-f]{2})/g, (_, hex?: string) =>
          hex === undefined ? '' : String.fromCharCode(number(hex)),
        ),
      )
    : null;

const joined = (text: string) => ifOther(text, text.replace(/(?<=[\w+/-]{56})\r?\n(?=[\w+/-])/g, ''));

function base64(text: string): string | null {
  const runs = text.match(/[\w+/-]{24,}/g);
  return runs?.map((run) => `${Buffer.from(run, 'base64').toString('latin1')}\n`).join('') ?? null;
}

function read(given: string): string[] {
  const found: string[] = [];
  for (let next = unescaped(given); next !== null && found.length < 3; next = unescaped(next))
    found.push(next);
  const plain = unmarked(found.at(-1) ?? given);
  return plain === null ? found : [...found, plain];
}

function plainSpellings(text: string): string[] {
  const inLines = joined(text);
  const packed = base64(inLines ?? text);
  return [text, quotedPrintable(text), inLines, packed].flatMap((given) =>
    given === null ? [] : [...(given === text ? [] : [given]), ...read(given)],
  );
}

const letters = 'abcdefABCDEF0123456789xkQqlz-_+/';
/** Pieces out of which texts come that the readers take apart, or nearly. */
const piece = fc.oneof(
  fc.constantFrom(
    '%4',
    '%41',
    '&',
    '&amp',
    '&amp;',
    '&#',
    '&#6',
    '&#x4',
    ';',
    '&nope;',
    '\\',
    '\\u',
    '\\u00',
  ),
  fc.constantFrom(
    '\\ud83d\\ude00',
    '\\ud83d',
    '\\u{1f600}',
    '\\x',
    '\\x4',
    '\\101',
    '\\41 ',
    '\\n',
    '\\/',
    '{',
  ),
  fc.constantFrom('=', '=\n', '=\r\n', '=3D', '=C3=A9', '=4', '\r', '\n', '\r\n', '<', '>', '<b', '</', '<!'),
  fc.constantFrom('\u00ad', '\u200b', '\u2066', '\ufeff', '\u00e9', '\u20ac', '\u{1f600}'),
  fc.constantFrom('@', '.', ' ', '"', "'", '<i class="x">', '0', '41', '6b', 'kq', 'KQ', 'Zora', 'zo', 'ra'),
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 80 }),
  fc.integer({ min: 390, max: 410 }).map((n) => `<${'a'.repeat(n)}>`),
  fc
    .string({ unit: fc.constantFrom(...letters), maxLength: 40 })
    .map((t) => Buffer.from(t).toString('base64')),
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 20 }).map((t) => encodeURIComponent(`%é${t}`)),
);
const bytesOfPieces = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));
const words: Sought[] = ['kq', 'Zora', 'x-', 'ab1', 'éa', 'zora kq'].flatMap((value) => [
  { code: 'word', value, asWritten: true },
  { code: 'alone', value, asWritten: true, alone: true },
]);

function small(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Looks for each word at each place. */
function plainFind(text: string): string[] {
  return words
    .filter(({ value, alone }) => {
      const form = small(Buffer.from(value).toString('latin1'));
      const escaped = form.replace(/[-]/g, '\\-');
      const beside = '[A-Za-z0-9\\u0080-\\u00ff]';
      return alone === true
        ? new RegExp(`(?<!${beside})${escaped}(?!${beside})`).test(small(text))
        : small(text).includes(form);
    })
    .map(({ code, value }) => `${code} ${value}`)
    .sort();
}

test('words are found where a plain search finds them, at the ends too', () => {
  const needles = new Needles(words);
  fc.assert(
    fc.property(bytesOfPieces, (bytes) => {
      const found = new Set<string>();
      needles.find(bytes, ({ code, value }) => found.add(`${code} ${value}`));
      expect([...found].sort()).toEqual(plainFind(bytes.toString('latin1')));
    }),
    { numRuns: 500 },
  );
});

test('what bytes may spell is what plain expressions read in them', () => {
  fc.assert(
    fc.property(bytesOfPieces, (bytes) => {
      const spelled = [...spellings(bytes)].map((each) => each.bytes.toString('latin1'));
      expect(spelled).toEqual(plainSpellings(bytes.toString('latin1')));
    }),
    { numRuns: 1000 },
  );
});

function* inPieces(bytes: Buffer, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function scanned(bytes: Buffer, sizes: readonly number[]): Promise<string[]> {
  const search = new LeakScan({ sought: words, shapes: false });
  await search.file('x', inPieces(bytes, sizes));
  return search.found.map(({ code, value }) => `${code} ${value}`).sort();
}

test('a file in any pieces tells what a plain search of all its spellings tells', async () => {
  await fc.assert(
    fc.asyncProperty(
      bytesOfPieces,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }),
      async (bytes, sizes) => {
        const text = bytes.toString('latin1');
        const all = [text, ...plainSpellings(text)].flatMap(plainFind);
        expect(await scanned(bytes, sizes)).toEqual([...new Set(all)].sort());
      },
    ),
    { numRuns: 300 },
  );
});

test('what lies across the borders of windows and pieces is found, plain, escaped, packed in base64', async () => {
  const secret = 'Quill 7/Mérida';
  const sought: Sought[] = [{ code: 'word', value: secret }];
  const spelled = [
    secret,
    encodeURIComponent(encodeURIComponent(secret)),
    [...secret].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    [...secret].map((c) => `${c}<b></b>`).join(''),
    Buffer.from(`by ${secret}!`).toString('base64'),
  ];
  const border = 256 * 1024;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...spelled),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: -200, max: 50 }),
      fc.array(fc.integer({ min: 900, max: 300_000 }), { minLength: 1, maxLength: 4 }),
      async (written, n, beside, sizes) => {
        const bytes = Buffer.alloc(620_000, 'They had met by the river. ');
        bytes.write(` ${written} `, n * border + beside);
        const search = new LeakScan({ sought, shapes: true });
        await search.file('x', inPieces(bytes, sizes));
        expect(search.found.map(({ value }) => value)).toEqual([secret]);
      },
    ),
    { numRuns: 25 },
  );
});
