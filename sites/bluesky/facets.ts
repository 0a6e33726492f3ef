/** Facets: which words of a text lead where, counted in bytes of its UTF-8. */
import type { PostLink } from '../../contract/model/post-facts.ts';
import { at, countAt, listAt, stringAt } from '../json/members.ts';

/** The words between two byte positions; null where these are not the borders of characters. */
export function byteSlice(bytes: Uint8Array, start: number, end: number): string | null {
  if (end > bytes.length || start >= end) return null;
  const isInside = (position: number) => ((bytes[position] ?? 0) & 0xc0) === 0x80;
  if (isInside(start) || isInside(end)) return null;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
}

function target(feature: unknown): string | null {
  const type = stringAt(feature, '$type');
  if (type === 'app.bsky.richtext.facet#link') return stringAt(feature, 'uri');
  if (type !== 'app.bsky.richtext.facet#mention') return null;
  const did = stringAt(feature, 'did');
  return did !== null && /^did:[a-z]+:[\w.:%-]+$/.test(did) ? `https://bsky.app/profile/${did}` : null;
}

/** Links and mentions in the order of the record; how many could not be read. */
export function linksIn(record: unknown, text: string): { links: PostLink[]; unread: number } {
  const bytes = new TextEncoder().encode(text);
  let unread = 0;
  const links = listAt(record, 'facets')
    .slice(0, 500)
    .flatMap((facet) => {
      const url =
        listAt(facet, 'features')
          .map(target)
          .find((found) => found !== null) ?? null;
      if (url === null) return [];
      const [start, end] = [countAt(facet, 'index', 'byteStart'), countAt(facet, 'index', 'byteEnd')];
      const words = start === null || end === null ? null : byteSlice(bytes, start, end);
      if (words === null) unread += 1;
      return words === null || words === url ? [] : [{ text: words, url }];
    });
  if (at(record, 'facets') !== undefined && !Array.isArray(at(record, 'facets'))) unread += 1;
  return { links, unread };
}
