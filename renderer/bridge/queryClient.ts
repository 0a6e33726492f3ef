import { QueryClient } from '@tanstack/react-query';
import type { PushMessage } from '../../contract/channels.ts';
import { CallFailure } from './call.ts';

/** The roots of all query keys. */
export const keys = {
  info: ['info'],
  status: ['status'],
  posts: ['posts'],
  post: ['post'],
  capture: ['capture'],
  captures: ['captures'],
  redactions: ['redactions'],
  exchanges: ['exchanges'],
  captureEvents: ['captureEvents'],
  tags: ['tags'],
  clauses: ['clauses'],
  events: ['events'],
  lock: ['lock'],
  estimate: ['estimate'],
  signers: ['signers'],
  keychain: ['keychain'],
  timestamps: ['timestamps'],
  timeBasis: ['timeBasis'],
  log: ['log'],
  policies: ['policies'],
  inbox: ['inbox'],
  codings: ['codings'],
  phrases: ['phrases'],
  palette: ['palette'],
  batches: ['batches'],
  watches: ['watches'],
  personas: ['personas'],
  keeping: ['keeping'],
  trail: ['trail'],
  cases: ['cases'],
} as const;

/**
 * The archive host is on this machine, so nothing is retried, refetched on focus, or paused while the
 * machine is offline; the `changed` messages say when an answer is out of date.
 */
export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        // Post text should not stay in memory long after its screen was left.
        gcTime: 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return;
    const error = event.action.error;
    if (!(error instanceof CallFailure)) return;
    // Whoever learns first that the archive is closed sends the whole window to the welcome screen.
    if (error.failure.code === 'archive-not-open' || error.failure.code === 'host-stopped') {
      if (event.query.queryKey[0] !== 'status') void client.invalidateQueries({ queryKey: keys.status });
    }
  });
  return client;
}

/** What is of this computer, and not out of an archive. */
const kept: ReadonlySet<unknown> = new Set([keys.info, keys.status, keys.lock, keys.keychain].flat());

/** Drops everything that came out of an archive, text included. */
export function forgetArchive(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) });
}

/** Marks as out of date what a `changed` message speaks of. */
export function refresh(client: QueryClient, what: PushMessage<'changed'>['what']): void {
  const log = [keys.status, keys.events, keys.log, keys.captureEvents, keys.timestamps];
  const stale = {
    archive: [...log, keys.signers, keys.redactions],
    posts: [
      ...log,
      keys.posts,
      keys.post,
      keys.capture,
      keys.captures,
      keys.batches,
      keys.watches,
      keys.personas,
      keys.keeping,
      keys.trail,
    ],
    tags: [...log, keys.posts, keys.post, keys.tags, keys.inbox, keys.codings, keys.phrases],
    timestamps: [...log, keys.timeBasis],
    personas: [...log, keys.personas],
    trail: [keys.trail, keys.events, keys.log],
    cases: [...log, keys.cases],
    policies: [...log, keys.policies, keys.clauses, keys.tags, keys.inbox],
  }[what];
  for (const key of stale) void client.invalidateQueries({ queryKey: key });
}
