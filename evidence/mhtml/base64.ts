/** Base64 (RFC 4648, section 4) over bytes: no string of the whole ever exists. */

const SKIP = 64;
const PAD = 65;
const BAD = 66;

const values = new Uint8Array(256).fill(BAD);
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach((letter, value) => {
  values[letter.charCodeAt(0)] = value;
});
for (const space of ' \t\r\n\f') values[space.charCodeAt(0)] = SKIP;
values['='.charCodeAt(0)] = PAD;

export interface Decoded {
  bytes: Uint8Array;
  /** Bytes of the input that the encoding does not allow; they were passed over. */
  foreign: number;
  /** The input ended inside a group of four. */
  cut: boolean;
}

/**
 * Decodes base64 as RFC 2045, section 6.8, asks a reader to: white space is passed over, and so is every
 * byte outside the alphabet, which is counted. Padding ends the data.
 */
export function decodeBase64(input: Uint8Array): Decoded {
  const out = new Uint8Array(Math.ceil(input.length / 4) * 3);
  let length = 0;
  let group = 0;
  let held = 0;
  let foreign = 0;
  let padded = false;
  for (const byte of input) {
    const value = values[byte] ?? BAD;
    if (value === SKIP) continue;
    if (value === PAD) {
      padded = true;
      continue;
    }
    if (value === BAD || padded) {
      foreign += 1;
      continue;
    }
    group = (group << 6) | value;
    held += 1;
    if (held === 4) {
      out[length] = group >> 16;
      out[length + 1] = group >> 8;
      out[length + 2] = group;
      length += 3;
      group = 0;
      held = 0;
    }
  }
  if (held === 2) {
    out[length] = group >> 4;
    length += 1;
  } else if (held === 3) {
    out[length] = group >> 10;
    out[length + 1] = group >> 2;
    length += 2;
  }
  return { bytes: out.subarray(0, length), foreign, cut: held === 1 || (held > 0 && !padded) };
}
