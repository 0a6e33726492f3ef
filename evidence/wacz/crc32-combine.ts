/** CRC-32 of two byte strings put together, from the CRC-32 of each. */

/** The polynomial of zip, reflected: the highest power stands in the lowest bit. */
const POLYNOMIAL = 0xedb88320;
/** x to the power 0 in that notation. */
const ONE = 0x80000000;

/** The product of two polynomials over GF(2), modulo that of the checksum. */
function times(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= shifted;
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
  }
  return product >>> 0;
}

/**
 * The checksum of the first string followed by the second. Appending n bytes multiplies what came before by x^(8n),
 * found by squaring, so that the size of the second string hardly matters.
 *
 * @param length bytes of the second string
 */
export function combineCrc32(first: number, second: number, length: number): number {
  let power = ONE;
  // x^8: one byte.
  let square = 0x00800000;
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = times(power, square);
    square = times(square, square);
  }
  return (times(power, first) ^ second) >>> 0;
}
