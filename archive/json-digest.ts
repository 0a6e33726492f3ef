/** Telling by one digest whether two values say the same. */
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import { canonicalBytes } from '../evidence/log/canonical.ts';

/** SHA-256 of the value as canonical JSON (RFC 8785), in hexadecimal. */
export function jsonDigest(value: Parameters<typeof canonicalBytes>[0]): string {
  return toHex(nodeSha256.of(canonicalBytes(value)));
}
