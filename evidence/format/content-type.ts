/** Content-Type, the field that mail, HTTP and WARC share (RFC 2045, 5.1; RFC 9110, 8.3). */

/** Characters of a Content-Type that are read: the patterns below take time that grows faster than it. */
const MAX_CONTENT_TYPE = 4096;

export interface ContentType {
  /** Lower case: `text/html`. */
  essence: string;
  parameters: ReadonlyMap<string, string>;
}

/** A Content-Type value taken apart; an unreadable one is 'application/octet-stream' (RFC 2045, 5.2). */
export function contentType(value: string | null): ContentType {
  const given = (value ?? '').slice(0, MAX_CONTENT_TYPE);
  const parameters = new Map<string, string>();
  const essence = /^\s*([^\s;/]+\/[^\s;]+)/.exec(given)?.[1]?.toLowerCase();
  if (given.includes(';')) {
    const rest = given.slice(given.indexOf(';') + 1);
    for (const found of rest.matchAll(/([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
      const name = (found[1] ?? '').toLowerCase();
      const written = found[2] === undefined ? (found[3] ?? '') : found[2].replace(/\\(.)/g, '$1');
      if (!parameters.has(name)) parameters.set(name, written);
    }
  }
  return { essence: essence ?? 'application/octet-stream', parameters };
}

/** Whether a media type is that of a web page. */
export function isHtml(essence: string): boolean {
  return essence === 'text/html' || essence === 'application/xhtml+xml';
}
