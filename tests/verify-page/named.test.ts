/** What a reader may paste to say whom they trust. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintLines, withColons } from '../../contract/fingerprint.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { parseNamed } from '../../verify-page/named.ts';
import { makeIdentity } from '../evidence/build/bundle.ts';

const hex = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

const separators = fc.constantFrom('', ' ', ':', '\n', '-', '\u00a0', ', ', '\u200e', ' : ');
const grouped = fc
  .tuple(hex, fc.integer({ min: 1, max: 64 }), separators, fc.boolean())
  .map(([digits, size, separator, upper]) => {
    const groups = digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
    const text = groups.join(separator);
    return { digits, text: upper ? text.toUpperCase() : text };
  });

test('a fingerprint in any grouping is the fingerprint', () => {
  fc.assert(
    fc.property(
      grouped,
      fc.constantFrom('', 'sha256 Fingerprint=', 'SHA-256: ', 'SHA256 Fingerprint = '),
      ({ digits, text }, before) => {
        expect(parseNamed(`  ${before}${text}\n`)).toEqual({ certificates: [], fingerprints: [digits] });
      },
    ),
  );
});

test('as Holdfast writes it, to be read out or with colons; several one after the other', () => {
  fc.assert(
    fc.property(hex, hex, (one, other) => {
      expect(parseNamed(fingerprintLines(one).join('\n')).fingerprints).toEqual([one]);
      expect(parseNamed(`${withColons(one)}\n\n${withColons(other)}`).fingerprints).toEqual([one, other]);
    }),
  );
});

test('anything else is refused with what to do, never taken for another fingerprint', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789abcdef :') })),
      (text) => {
        let found: ReturnType<typeof parseNamed>;
        try {
          found = parseNamed(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-input' });
          return;
        }
        const digits = found.fingerprints.join('');
        expect(digits.length % 64).toBe(0);
        if (digits !== '') expect(text.toLowerCase().replace(/[^0-9a-f]/g, '')).toContain(digits.slice(0, 1));
      },
    ),
  );
  expect(() => parseNamed('a'.repeat(63))).toThrow('A SHA-256 has 64 digits, and this has 63');
  expect(() => parseNamed(`${'a'.repeat(63)}g`)).toThrow('only the digits 0 to 9 and the letters A to F');
});

test('certificates with text around them, other line ends and line lengths', async () => {
  const { certificate } = await makeIdentity('Ada Invented');
  const pem = toPem(certificate);
  const joined = pem.replace(/\n(?!-)(?<!-\n)/g, '');
  for (const text of [pem, `issuer=CN = X\n${pem}more`, pem.replaceAll('\n', '\r\n'), joined, pem + pem]) {
    const { certificates, fingerprints } = parseNamed(text);
    expect(fingerprints).toEqual([]);
    for (const each of certificates) expect(Buffer.from(each).equals(Buffer.from(certificate))).toBe(true);
    expect(certificates.length).toBeGreaterThan(0);
  }
  expect(() => parseNamed(pem.slice(0, 300))).toThrow('no whole certificate');
  expect(() => parseNamed('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----')).toThrow();
});
