/** As `openssl x509 -fingerprint` prints a digest: upper case, a colon between bytes. */
export function withColons(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/../g) ?? []).join(':');
}
