/** Addresses as they stand in records and indexes. A page chooses its addresses: every byte is attacker-controlled. */
import { createHash } from 'node:crypto';

/** Beyond it an address would fill the header of a record; browsers allow 2 MiB. */
const MAX_ADDRESS = 64 * 1024;

/** Whether the address is one that a server answers: only those are replayed. */
export function isHttpAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/**
 * The address for WARC-Target-URI: without its fragment, which is sent to no server; control characters, spaces and
 * all that is not ASCII as percent-encoded UTF-8; everything else as it is, since replay looks for the same letters.
 *
 * A `data:` address, which is its own content, stands as the name of that content, and an address over 64 KiB as
 * that of its own UTF-8 bytes: `ni:///sha-256;…` (RFC 6920).
 *
 * @param bodySha256 lower-case hexadecimal
 */
export function targetUri(url: string, bodySha256: string | null): string {
  if (/^data:/i.test(url) && bodySha256 !== null) return contentName(Buffer.from(bodySha256, 'hex'));
  const [address = ''] = url.toWellFormed().split('#', 1);
  const encoded = address.replace(/[^\x21-\x7e]+/gu, (part) =>
    [...new TextEncoder().encode(part)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
  if (encoded.length <= MAX_ADDRESS) return encoded;
  return contentName(createHash('sha256').update(address).digest());
}

function contentName(digest: Buffer): string {
  return `ni:///sha-256;${digest.toString('base64url')}`;
}
