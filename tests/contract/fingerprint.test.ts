import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintGroups, fingerprintLines, withColons } from '../../contract/fingerprint.ts';

const sha256 = `ab3f${'0'.repeat(56)}9c1e`;

test('a fingerprint is written as openssl writes it, and in sixteen groups to be read out', () => {
  expect(withColons(sha256)).toBe(`AB:3F:${'00:'.repeat(28)}9C:1E`);
  expect(fingerprintLines(sha256)).toEqual([
    ' 1  AB3F  Alfa Bravo three Foxtrot',
    ...Array.from({ length: 14 }, (_, i) => `${String(i + 2).padStart(2)}  0000  zero zero zero zero`),
    '16  9C1E  nine Charlie one Echo',
  ]);
});

test('nothing of a fingerprint is lost in its groups, and each digit has its own word', () => {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(hex, hex, (one, other) => {
      const read = (fingerprint: string) =>
        fingerprintGroups(fingerprint)
          .map(({ digits }) => digits)
          .join('')
          .toLowerCase();
      const said = (fingerprint: string) => fingerprintGroups(fingerprint).map((group) => group.said);
      expect(read(one)).toBe(one);
      expect(said(one).join() === said(other).join()).toBe(one === other);
    }),
  );
});
