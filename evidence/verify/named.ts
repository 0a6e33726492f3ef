/**
 * Certificates that the user named by their fingerprints: those in the bundle that have one of them. Where a
 * certificate came from does not matter once its SHA-256 is the one that was named.
 */
import type { VerificationNote } from '../../contract/model/bundle.ts';
import { limits } from '../bundle/limits.ts';
import { isSignatureFile, signatureFolder } from '../bundle/paths.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { fromPem } from '../identity/pem.ts';
import { readResponse } from '../timestamp/token.ts';
import type { Contents } from './contents.ts';

interface Found {
  certificates: Uint8Array[];
  /** Fingerprints that nothing here has. */
  missing: string[];
}

/** What is said of a fingerprint that nothing in the bundle has. */
export function notFound(fingerprint: string): VerificationNote {
  return {
    code: 'fingerprint-not-found',
    message: `No certificate in this bundle has the fingerprint that you named, ${fingerprint}. That of an authority may be missing here: name its certificate instead.`,
  };
}

/** DER of the certificates in `sig/` whose SHA-256, in hexadecimal, is one of `fingerprints`. Never throws on any bytes. */
export async function namedByFingerprint(
  contents: Contents,
  sha256: Sha256,
  fingerprints: readonly string[],
): Promise<Found> {
  const wanted = new Set(fingerprints);
  const found = new Map<string, Uint8Array>();
  if (wanted.size === 0) return { certificates: [], missing: [] };
  for (const path of contents.paths().filter(mayCarry)) {
    for (const der of await certificatesIn(contents, path)) {
      const fingerprint = toHex(sha256.of(der));
      if (wanted.has(fingerprint)) found.set(fingerprint, der);
    }
  }
  return {
    certificates: [...found.values()],
    missing: [...wanted].filter((each) => !found.has(each)),
  };
}

function mayCarry(path: string): boolean {
  if (!path.startsWith(signatureFolder) || !isSignatureFile(path)) return false;
  return path.endsWith('.pem') || path.endsWith('.tsr');
}

async function certificatesIn(contents: Contents, path: string): Promise<readonly Uint8Array[]> {
  const file = contents.within(path);
  if (file === null || file.size > limits.signatureFile) return [];
  const bytes = await file.read(0, file.size);
  try {
    return path.endsWith('.pem')
      ? fromPem(new TextDecoder().decode(bytes))
      : readResponse(bytes).certificates;
  } catch {
    // What is wrong with the file, the step that checks it says.
    return [];
  }
}
