/** Ids of records, derived: what is written twice has the same ids, and two captures never share one. */
import { createHash } from 'node:crypto';
import type { Id, Instant } from '../../contract/model/common.ts';

const MAX_MILLISECONDS = 2 ** 48 - 1;

/**
 * A version 7 UUID (RFC 9562, section 5.7): its time is `date`, its other 74 bits are taken from the SHA-256 of the
 * capture's id and of `name`.
 *
 * @param name of the record within its capture
 */
export function recordId(capture: Id, name: string, date: Instant): Id {
  const time = Math.min(Math.max(Date.parse(date) || 0, 0), MAX_MILLISECONDS);
  const bytes = createHash('sha256').update(`${capture}/${name}`).digest().subarray(0, 16);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
