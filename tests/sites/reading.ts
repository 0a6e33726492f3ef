/** Reads a page that a test writes down. */
import { postContentSchema } from '../../contract/model/post.ts';
import type { SiteReading } from '../../contract/reading.ts';
import { readPage } from '../../sites/readers.ts';

export function readHtml(
  html: string | Uint8Array,
  url: string | null = 'https://site.example/page',
): SiteReading {
  const body = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  const charset = typeof html === 'string' ? 'utf-8' : null;
  const { reading } = readPage({
    url,
    exchanges: [{ url: url ?? '', status: 200, mediaType: 'text/html', charset, body }],
  });
  // Every reading of every test is checked in full, and what it holds can be stored.
  for (const post of reading.posts) postContentSchema.parse(post);
  if (/[\p{Surrogate}\0]/u.test(JSON.stringify(reading).replace(/\\u[0-9a-f]{4}/gi, '')))
    throw new Error('not well-formed');
  if (reading.posts.length === 0 && reading.notes.length === 0) throw new Error('neither posts nor notes');
  return reading;
}

export const jsonLd = (...values: unknown[]) =>
  values.map((value) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`).join('\n');
