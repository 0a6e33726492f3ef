import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markerOf, markerOfLength, type Searched, Withholder } from '../../contract/withhold.ts';

const marker = markerOf('0123456789abcdef'.repeat(4));
const secret = 'S3cret/value+of=the session&"<é>';

function searched(...secrets: string[]): Searched[] {
  return secrets.map((one, n) => ({ name: `secret ${n}`, secret: one, marker }));
}

function replaced(text: string | Uint8Array, ...secrets: string[]): string {
  return Buffer.from(new Withholder(searched(...secrets)).replace(Buffer.from(text))).toString('latin1');
}

describe('a secret is found', () => {
  test.each([
    ['plain', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    [
      'percent-encoded in lower case',
      encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    [
      'in JSON for HTML',
      JSON.stringify(secret)
        .slice(1, -1)
        .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    ],
    [
      'in HTML',
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    ],
  ])('%s', (_name, spelling) => {
    const text = Buffer.from(`before ${spelling} after`);
    const found = replaced(text, secret);
    expect(found).toMatch(/^before withheld:0123456789abcdef\** {1,2}after$/);
    expect(found).toHaveLength(text.length);
  });

  test.each(['utf16le', 'utf16be'] as const)('in %s', (encoding) => {
    const wide = Buffer.from(`before ${secret} after`, 'utf16le');
    const bytes = encoding === 'utf16le' ? wide : wide.swap16();
    const found = Buffer.from(replaced(bytes, secret), 'latin1');
    const text = (encoding === 'utf16le' ? found : found.swap16()).toString('utf16le');
    expect(text).toBe(`before ${markerOfLength(marker, secret.length)} after`);
  });

  test('in base64 at each of the three places', () => {
    for (let before = 0; before < 3; before += 1) {
      const bytes = Buffer.concat([Buffer.alloc(before, '.'), Buffer.from(secret), Buffer.from('...')]);
      const decoded = Buffer.from(replaced(bytes.toString('base64'), secret), 'base64');
      expect(decoded).toHaveLength(bytes.length);
      // A digit shares its bits with a neighbour: one byte at each end can stay.
      expect(decoded.toString('latin1')).not.toContain(
        Buffer.from(secret).subarray(1, -1).toString('latin1'),
      );
      expect(decoded.includes(Buffer.from(secret).subarray(2, 12))).toBe(false);
    }
  });

  test('where it is percent-encoded itself', () => {
    expect(replaced('a=s%3Aabc.def%2Fghi b=s:abc.def/ghi', 's%3Aabc.def%2Fghi')).not.toMatch(/abc/);
  });

  test('the longer of two that begin alike', () => {
    expect(replaced('x abcdefgh y abcdef z', 'abcdef', 'abcdefgh')).toBe('x withheld y withhe z');
  });
});

test('what is no secret keeps its bytes, and nothing is searched without secrets', () => {
  const bytes = randomBytes(100_000);
  expect(Buffer.from(new Withholder([]).replace(bytes)).equals(bytes)).toBe(true);
  const withholder = new Withholder(searched('not in there'));
  expect(Buffer.from(withholder.replace(bytes)).equals(bytes)).toBe(true);
  expect(withholder.found.size).toBe(0);
});

test('any text, any secrets, cut anywhere: as a plain search would, of the same length', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 6, maxLength: 10 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(word, fc.constantFrom('aaa', 'b', 'c '))),
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(12)),
      (words, secrets, cuts) => {
        const text = words.join('');
        const withholder = new Withholder(searched(...secrets));
        const parts: Uint8Array[] = [];
        let at = 0;
        for (const size of cuts) {
          parts.push(withholder.push(Buffer.from(text.slice(at, at + size))));
          at += size;
        }
        parts.push(withholder.push(Buffer.from(text.slice(at))), withholder.end());
        expect(Buffer.concat(parts).toString()).toBe(plainly(text, secrets));
      },
    ),
  );
});

/** From left to right, the longest secret first. */
function plainly(text: string, secrets: readonly string[]): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const found = [...secrets].sort((a, b) => b.length - a.length).find((one) => text.startsWith(one, at));
    result += found === undefined ? text[at] : markerOfLength(marker, found.length);
    at += found?.length ?? 1;
  }
  return result;
}
