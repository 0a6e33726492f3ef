/** verify.html, the page that goes into every bundle: built with the program, and the same for every bundle of a version. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../contract/errors.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';

export interface VerifyPage {
  bytes: Uint8Array;
  /** In hexadecimal. */
  sha256: string;
}

/** Beside the built program; for the sources, where the build puts it. */
const places = [
  join(import.meta.dirname, 'verify.html'),
  join(import.meta.dirname, '..', 'dist', 'verify-page', 'verify.html'),
];

let read: VerifyPage | null = null;

/** The page of this version. Errors: `internal` where the program was not built whole. */
export function verifyPage(): VerifyPage {
  if (read !== null) return read;
  const path = places.find(existsSync);
  if (path === undefined) {
    throw new HoldfastError(
      'internal',
      'verify.html is missing beside the program. Install Holdfast anew; from the sources, run npm run build.',
    );
  }
  const bytes = new Uint8Array(readFileSync(path));
  read = { bytes, sha256: toHex(nodeSha256.of(bytes)) };
  return read;
}
