/**
 * Manifests of a bag (RFC 8493, sections 2.1.3 and 2.2.1): one line a file, SHA-256, two spaces, the path. The same
 * form that `sha256sum -c` reads. Ours are sorted by path and end with a line feed; the parser takes nothing else.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { isEntryName } from '../zip/name.ts';

/** Path from the base folder of the bag → SHA-256 in lower-case hexadecimal. */
export type Manifest = ReadonlyMap<string, string>;

const line = /^([0-9a-f]{64}) {2}(.+)$/;

export function writeManifest(files: Manifest): Uint8Array {
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, digest]) => `${digest}  ${path}\n`);
  return new TextEncoder().encode(lines.join(''));
}

/** Reads a manifest, which may be attacker-controlled. Errors: `bad-input`, with the number of the line. */
export function parseManifest(bytes: Uint8Array): Map<string, string> {
  const text = decode(bytes);
  if (!text.endsWith('\n')) refuse('its last line is not complete');
  const files = new Map<string, string>();
  let before = '';
  for (const [i, each] of text.slice(0, -1).split('\n').entries()) {
    const [, digest, path] = line.exec(each) ?? [];
    if (digest === undefined || path === undefined)
      refuse(`line ${i + 1} is not 'SHA-256, two spaces, path'`);
    if (!isEntryName(path)) refuse(`line ${i + 1} has a path that Holdfast does not write`);
    if (path <= before) refuse(`line ${i + 1} is out of order or double`);
    files.set(path, digest);
    before = path;
  }
  return files;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new HoldfastError('bad-input', 'A manifest is not UTF-8 text.', { cause });
  }
}

function refuse(why: string): never {
  throw new HoldfastError('bad-input', `Expected a manifest of SHA-256 digests; ${why}.`);
}
