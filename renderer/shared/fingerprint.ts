/** In: a SHA-256 in hexadecimal. Out: `AB:CD:…` as `openssl x509 -fingerprint -sha256` prints it. */
export function asFingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/.{1,2}/g) ?? []).join(':');
}

/** The same in four lines of eight pairs, to be read out over a telephone. */
export function fingerprintLines(sha256: string): string[] {
  const pairs = sha256.toUpperCase().match(/.{1,2}/g) ?? [];
  return [0, 8, 16, 24].map((start) => pairs.slice(start, start + 8).join(' '));
}
