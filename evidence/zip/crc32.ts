/**
 * CRC-32 as zip uses it (polynomial 0xEDB88320, reflected). Injected where speed matters: Node has it in C,
 * a browser page has not.
 */

/** The checksum of `bytes` appended to what gave `previous` (0 at the start). Unsigned 32 bits. */
export type Crc32 = (bytes: Uint8Array, previous: number) => number;

/** Four tables in one: entry `256 * k + b` is the effect of byte `b` followed by `k` zero bytes. */
const table = buildTable();

function buildTable(): Uint32Array {
  const entries = new Uint32Array(1024);
  for (let n = 0; n < 256; n++) {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    entries[n] = value;
  }
  for (let n = 256; n < 1024; n++) {
    const before = entries[n - 256] ?? 0;
    entries[n] = (before >>> 8) ^ (entries[before & 0xff] ?? 0);
  }
  return entries;
}

/** In plain JavaScript, four bytes at a time. */
export const portableCrc32: Crc32 = (bytes, previous) => {
  let crc = ~previous;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    const word =
      crc ^
      ((bytes[i] ?? 0) |
        ((bytes[i + 1] ?? 0) << 8) |
        ((bytes[i + 2] ?? 0) << 16) |
        ((bytes[i + 3] ?? 0) << 24));
    crc =
      (table[768 + (word & 0xff)] ?? 0) ^
      (table[512 + ((word >>> 8) & 0xff)] ?? 0) ^
      (table[256 + ((word >>> 16) & 0xff)] ?? 0) ^
      (table[word >>> 24] ?? 0);
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
};
