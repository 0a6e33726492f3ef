/** The `Range` header (RFC 9110, section 14.1.2), as far as a file viewer needs it: one range of bytes. */

export interface ByteRange {
  /** Offset of the first byte. */
  offset: number;
  /** Bytes, at least 1. */
  length: number;
}

/**
 * The range that a header asks of `size` bytes. 'whole' where there is no header, one that is not understood or
 * more than one range (a server may ignore those); 'unsatisfiable' where it begins behind the end.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (match === null) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < offset) return 'whole';
  return offset >= size ? 'unsatisfiable' : { offset, length: end - offset + 1 };
}
