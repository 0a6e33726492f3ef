/** Words as YouTube's answers hold them: one string, or runs of which some lead somewhere. */
import type { PostLink } from '../../contract/model/post-facts.ts';
import { countAt, listAt, objectAt, stringAt } from '../json/members.ts';
import { address } from '../post/draft.ts';

export const site = 'https://www.youtube.com';

/** `value`: {simpleText}, {runs}, or {content}. */
export function wordsOf(value: unknown): string | null {
  const simple = stringAt(value, 'simpleText') ?? stringAt(value, 'content');
  if (simple !== null) return simple;
  const runs = listAt(value, 'runs');
  return runs.length === 0 ? null : runs.map((run) => stringAt(run, 'text') ?? '').join('');
}

/** Links to elsewhere go through an address of YouTube's that names the real one. */
function target(url: string | null): string | null {
  if (url === null || !URL.canParse(url, site)) return null;
  const given = new URL(url, site);
  return address(given.pathname === '/redirect' ? given.searchParams.get('q') : given.href);
}

/** Of runs: YouTube shortens the addresses that it shows. */
export function linksOf(value: unknown): PostLink[] {
  return listAt(value, 'runs').flatMap((run) => {
    const text = stringAt(run, 'text');
    const url = target(
      stringAt(run, 'navigationEndpoint', 'urlEndpoint', 'url') ??
        stringAt(run, 'navigationEndpoint', 'commandMetadata', 'webCommandMetadata', 'url'),
    );
    return text === null || text === '' || url === null ? [] : [{ text, url }];
  });
}

/** Of a text with commands at some of its places, counted in UTF-16 units. */
export function commandLinksOf(value: unknown): PostLink[] {
  const text = stringAt(value, 'content') ?? '';
  return listAt(value, 'commandRuns').flatMap((run) => {
    const [start, length] = [countAt(run, 'startIndex') ?? 0, countAt(run, 'length') ?? 0];
    const shown = text.slice(start, start + length);
    const command = objectAt(run, 'onTap', 'innertubeCommand', 'commandMetadata', 'webCommandMetadata');
    const url = target(stringAt(command, 'url'));
    return shown === '' || url === null ? [] : [{ text: shown, url }];
  });
}

export function isChannelId(value: string | null): value is string {
  return value !== null && /^UC[\w-]{22}$/.test(value);
}

/** Permanent id and handle of a channel that something leads to. */
export function channelOf(endpoint: unknown): { platformId: string | null; handle: string | null } {
  const browse = objectAt(endpoint, 'browseEndpoint');
  const id = stringAt(browse, 'browseId');
  return {
    platformId: isChannelId(id) ? id : null,
    handle: handleIn(stringAt(browse, 'canonicalBaseUrl')),
  };
}

/** '/@name', or an address that ends so. */
export function handleIn(url: string | null): string | null {
  return /\/@([^/?#\s]{1,60})$/.exec(url ?? '')?.[1] ?? null;
}

export function channelUrl(id: string | null, handle: string | null): string | null {
  if (id !== null) return `${site}/channel/${id}`;
  return handle === null ? null : `${site}/@${handle}`;
}

/** The last of several sizes is the largest. */
export function pictureOf(image: unknown): string | null {
  const url = stringAt(listAt(image, 'thumbnails').at(-1), 'url');
  return address(url?.startsWith('//') === true ? `https:${url}` : url);
}
