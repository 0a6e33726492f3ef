/** One line of a manifest, of fetch.txt and of bag-info.txt (RFC 8493, sections 2.1.3, 2.2.2 and 2.2.3). */

export interface ManifestLine {
  /** Lower-case hexadecimal. */
  digest: string;
  /** As written, still encoded. */
  path: string;
  /** A '*' stands before the path, as md5sum writes it for binary files. */
  starred: boolean;
}

/** Null for anything that is no line of a manifest. */
export function parseManifestLine(line: string): ManifestLine | null {
  const [, digest, star, path] = /^([0-9A-Fa-f]{1,1024})[ \t]+(\*?)([^\s].*)$/s.exec(line) ?? [];
  if (digest === undefined || path === undefined) return null;
  return { digest: digest.toLowerCase(), path, starred: star === '*' };
}

export interface FetchLine {
  url: string;
  /** Bytes; null: not known. */
  length: number | null;
  path: string;
}

export function parseFetchLine(line: string): FetchLine | null {
  const [, url, length, path] = /^(\S+)[ \t]+(\d{1,15}|-)[ \t]+(\S.*)$/s.exec(line) ?? [];
  if (url === undefined || length === undefined || path === undefined || !URL.canParse(url)) return null;
  return { url, length: length === '-' ? null : Number(length), path };
}

export type InfoLine =
  | { kind: 'element'; label: string; value: string; spaced: boolean }
  /** What a value goes on with. */
  | { kind: 'continued'; text: string };

/** `spaced`: space stands before the colon, which version 1.0 does not know. */
export function parseInfoLine(line: string): InfoLine | null {
  if (/^[ \t]+\S/.test(line)) return { kind: 'continued', text: line.trim() };
  const colon = line.indexOf(':');
  const label = line.slice(0, Math.max(colon, 0));
  if (label.trim() === '') return null;
  return {
    kind: 'element',
    label: label.trim(),
    value: line.slice(colon + 1).trim(),
    spaced: label !== label.trim(),
  };
}

/** Payload-Oxum: bytes and files. */
export function parseOxum(value: string): { bytes: number; files: number } | null {
  const [, bytes, files] = /^(\d{1,15})\.(\d{1,15})$/.exec(value) ?? [];
  return bytes === undefined ? null : { bytes: Number(bytes), files: Number(files) };
}
