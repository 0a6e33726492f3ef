/**
 * A certificate's fingerprint as people compare it: the same form in the window, on the command line and in VERIFY.txt.
 * A SHA-256 has 64 hexadecimal digits; whoever reads them out loses their place, so they come in numbered groups, and
 * letters get the names that radio operators use (ITU-T, "Alfa" to "Foxtrot"): B, D and E sound alike on a telephone.
 */

const spoken: Readonly<Record<string, string>> = {
  '0': 'zero',
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
};

export interface FingerprintGroup {
  /** From 1 to 16. */
  n: number;
  /** Four digits, upper case. */
  digits: string;
  /** The four digits as they are said. */
  said: string;
}

/** As `openssl x509 -fingerprint` prints a digest: upper case, a colon between bytes. */
export function withColons(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/../g) ?? []).join(':');
}

/** Groups of four digits, to be read out one after the other. */
export function fingerprintGroups(fingerprint: string): FingerprintGroup[] {
  return (fingerprint.toUpperCase().match(/.{4}/g) ?? []).map((digits, index) => ({
    n: index + 1,
    digits,
    said: [...digits].map((digit) => spoken[digit] ?? digit).join(' '),
  }));
}

/** The groups as lines for a text without colours or columns: number, digits, and how they are said. */
export function fingerprintLines(fingerprint: string): string[] {
  return fingerprintGroups(fingerprint).map(
    ({ n, digits, said }) => `${String(n).padStart(2)}  ${digits}  ${said}`,
  );
}
