/**
 * SHA-256 (FIPS 180-4) as the rest of `evidence` sees it: injected, so that the same code runs in Node,
 * in Electron and in a browser page.
 */
export interface RunningSha256 {
  update(bytes: Uint8Array): void;
  /** 32 bytes. To be called once. */
  digest(): Uint8Array;
}

export interface Sha256 {
  /** The digest of `bytes`: 32 bytes. */
  of(bytes: Uint8Array): Uint8Array;
  /** For bytes that arrive in pieces. */
  start(): RunningSha256;
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** Lower-case hexadecimal digits, two a byte. Throws a RangeError for anything else. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/.test(hex)) {
    throw new RangeError('expected lower-case hexadecimal digits in pairs');
  }
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not constant time: for public values only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
