/**
 * Look-only: which requests would do something in somebody's name (like, follow, post, vote, mark as seen) and are
 * therefore not sent. By patterns of platforms, by GraphQL, and by a general rule for other sites; what fits none of
 * them passes. Blind for what goes over web sockets.
 */
import type { Action, Blocked } from '../../contract/model/look-only.ts';
import { parsedUrl } from '../secrets/url.ts';
import { graphqlAction, isGraphql } from './graphql.ts';
import { platforms } from './patterns.ts';
import { actionOfPath } from './words.ts';

export interface AskedRequest {
  method: string;
  url: string;
  /** '' where there is none; null: there is one, which could not be read. */
  body: string | null;
}

export interface Ruling {
  action: Action;
  platform: string;
}

const anySite = 'any site';
const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Why this request is not to be sent; null: it may be. */
export function rulingOf({ method, url, body }: AskedRequest): Ruling | null {
  const address = parsedUrl(url);
  if (address === null) return null;
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return null;
  const isRead = reads.has(method.toUpperCase());
  const path = decoded(address.pathname);
  for (const { name, patterns, passes = [] } of platforms) {
    if (passes.some((pattern) => pattern.test(path))) return null;
    const fits = patterns.find(
      ({ path: pattern, methods }) => (methods === 'any' || !isRead) && pattern.test(path),
    );
    if (fits !== undefined) return { action: recordAction(body) ?? fits.action, platform: name };
  }
  if (isRead) return null;
  if (isGraphql(path)) {
    const action = graphqlAction(address, body);
    return action === null ? null : { action, platform: graphqlPlatform(path) };
  }
  const action = actionOfPath(path);
  return action === null ? null : { action, platform: anySite };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function graphqlPlatform(path: string): string {
  return path.startsWith('/i/api/graphql/') ? 'X' : anySite;
}

/** Of a record that is written at Bluesky: which kind it is. */
function recordAction(body: string | null): Action | null {
  const kind = /"collection"\s*:\s*"app\.bsky\.(?:feed|graph)\.(like|repost|follow|block)"/.exec(
    body ?? '',
  )?.[1];
  if (kind === 'block') return 'mute';
  return kind === 'like' || kind === 'repost' || kind === 'follow' ? kind : null;
}

/** Counts what was blocked, by kind and host, for the capture's record. */
export class BlockedCount {
  readonly #counts = new Map<string, Blocked>();

  add({ action, platform }: Ruling, method: string, url: string): void {
    const { host } = new URL(url);
    const sentBy = method.toUpperCase();
    const key = [action, platform, sentBy, host].join(' ');
    const times = (this.#counts.get(key)?.times ?? 0) + 1;
    this.#counts.set(key, { action, platform, method: sentBy, host, times });
  }

  /** In the order in which each kind was first blocked; at most 200 kinds. */
  list(): Blocked[] {
    return [...this.#counts.values()].slice(0, 200);
  }
}
