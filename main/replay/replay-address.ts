/**
 * Addresses under which a recorded page is shown again, all below `holdfast-replay://<capture id>/`: that is the page
 * as rendered, `text` its text, `https/host:port/path?query` what the network delivered for that address, `frame/DEPTH/https/…` the
 * same as a page, for a frame that is so deep in others.
 */
import { idSchema } from '../../contract/model/common.ts';
import { parseUrl, replayScheme } from '../own-urls.ts';

export interface ReplayAddress {
  captureId: string;
  /** The page as rendered, its text, or the address of what was recorded. */
  shown: 'page' | 'text' | { resource: string } | { frame: string; depth: number };
}

/** Null for what is no address of a replay. */
export function parseReplay(address: string): ReplayAddress | null {
  const url = parseUrl(address);
  const captureId = idSchema.safeParse(url?.host);
  if (url?.protocol !== `${replayScheme}:` || !captureId.success) return null;
  if (url.pathname === '/' || url.pathname === '') return { captureId: captureId.data, shown: 'page' };
  if (url.pathname === '/text') return { captureId: captureId.data, shown: 'text' };
  const [, depth = '0', asked = url.pathname] = /^\/frame\/(\d)(\/.*)$/.exec(url.pathname) ?? [];
  const [, scheme, host, path = '/'] = /^\/(https?)\/([^/]+)(\/.*)?$/.exec(asked) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const resource = `${scheme}://${host}${path}${url.search}`;
  const isFrame = asked !== url.pathname;
  return {
    captureId: captureId.data,
    shown: isFrame ? { frame: resource, depth: Number(depth) } : { resource },
  };
}

/** Frames in frames are shown up to here. */
const deepest = 5;

/** Where the document of a frame is shown, `depth` frames deep; null where it is none of the web's, or too deep. */
export function frameAddress(
  captureId: string,
  reference: string,
  base: string,
  depth: number,
): string | null {
  if (depth > deepest) return null;
  const begin = `${replayScheme}://${captureId}/`;
  const led = replayAddress(captureId, reference, base);
  return led?.startsWith(begin) ? `${begin}frame/${depth}/${led.slice(begin.length)}` : null;
}

/**
 * Where a reference in a recorded page leads in its replay. In: the reference as it stands, and the address that it is
 * relative to. Null for one that is not to be followed: neither http nor https, or no address at all. `data:` and a
 * fragment alone stay as they are.
 */
export function replayAddress(captureId: string, reference: string, base: string): string | null {
  const trimmed = reference.trim();
  if (/^(data:|#)/i.test(trimmed)) return trimmed;
  try {
    const { protocol, host, pathname, search, hash } = new URL(trimmed, base);
    if (protocol !== 'https:' && protocol !== 'http:') return null;
    return `${replayScheme}://${captureId}/${protocol.slice(0, -1)}/${host}${pathname}${search}${hash}`;
  } catch {
    return null;
  }
}
