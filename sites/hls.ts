/** Playlists of films that are sent in pieces (HTTP Live Streaming, RFC 8216). */

const mostPieces = 20_000;

/**
 * Addresses of all pieces that a playlist names, absolute; null for one that names other playlists, for one of a
 * broadcast that has no end yet, and for one whose pieces are parts of one file. Attacker-controlled text.
 */
export function piecesOf(text: string, base: string): string[] | null {
  if (!text.startsWith('#EXTM3U') || !text.includes('#EXTINF') || !text.includes('#EXT-X-ENDLIST'))
    return null;
  if (text.includes('#EXT-X-BYTERANGE')) return null;
  const pieces = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const [, map] = /^#EXT-X-MAP:(?:.*,)?URI="([^"]*)"/.exec(line) ?? [];
    const piece = map ?? (line.startsWith('#') ? '' : line.trim());
    if (piece !== '' && URL.canParse(piece, base)) pieces.add(new URL(piece, base).href);
    if (pieces.size >= mostPieces) break;
  }
  return [...pieces];
}
