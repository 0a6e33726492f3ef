/** Quoted-printable (RFC 2045, section 6.7) over bytes. */
import type { Decoded } from './base64.ts';

const LF = 10;
const CR = 13;
const EQUALS = 61;

const isPadding = (byte: number | undefined) => byte === 32 || byte === 9;

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  // Lower case is forbidden by the standard, and seen.
  if (byte >= 97 && byte <= 102) return byte - 87;
  return -1;
}

/** Where the line break begins and ends that starts at `at` after optional padding; null where there is none. */
function breakAfterPadding(input: Uint8Array, at: number): number | null {
  let end = at;
  while (isPadding(input[end])) end += 1;
  if (end >= input.length) return end;
  if (input[end] === LF) return end + 1;
  if (input[end] === CR && input[end + 1] === LF) return end + 2;
  return null;
}

/**
 * Decodes quoted-printable. Soft line breaks go, also where transport added white space behind the `=`;
 * white space at the end of a line goes, as rule 3 demands; line breaks stay as they are.
 * A `=` that introduces nothing stays as it is and is counted as foreign.
 */
export function decodeQuotedPrintable(input: Uint8Array): Decoded {
  const out = new Uint8Array(input.length);
  let length = 0;
  let foreign = 0;
  let at = 0;
  let kept = 0;
  while (at < input.length) {
    const byte = input[at] ?? 0;
    if (byte === LF) {
      const hasReturn = length > kept && out[length - 1] === CR;
      if (hasReturn) length -= 1;
      while (length > kept && isPadding(out[length - 1])) length -= 1;
      if (hasReturn) out[length++] = CR;
      out[length++] = LF;
      kept = length;
      at += 1;
      continue;
    }
    if (byte !== EQUALS) {
      out[length++] = byte;
      at += 1;
      continue;
    }
    const high = hexValue(input[at + 1]);
    const low = hexValue(input[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      // What was written as =20 is not padding: it must survive the end of its line.
      kept = length;
      at += 3;
      continue;
    }
    const next = breakAfterPadding(input, at + 1);
    if (next === null) {
      foreign += 1;
      out[length++] = EQUALS;
      at += 1;
    } else {
      kept = length;
      at = next;
    }
  }
  while (length > kept && isPadding(out[length - 1])) length -= 1;
  return { bytes: out.subarray(0, length), foreign, cut: false };
}
