/** Finding posts, captures and clauses. */
import { HoldfastError } from '../contract/errors.ts';
import type { Capture, CaptureFilter, CaptureLine } from '../contract/model/capture.ts';
import type { Clause } from '../contract/model/clause.ts';
import type { Post, PostLine } from '../contract/model/post.ts';
import { getCapture, listCaptures as pageOfCaptures } from '../db/capture.ts';
import { findClauses } from '../db/clause.ts';
import { getPost, listPosts as pageOfPosts } from '../db/post.ts';
import { purgeOf } from '../db/purge.ts';
import type { Archive } from './archive.ts';

/** A page of the library, newest first; `query` empty: all posts. */
export function listPosts(archive: Archive, query: string, offset: number, limit: number) {
  return pageOfPosts(archive.db, query, offset, limit);
}

/** The newest `limit` hits. */
export function searchPosts(
  archive: Archive,
  query: string,
  limit: number,
): { total: number; totalIsLowerBound: boolean; hits: PostLine[] } {
  const { posts: hits, ...totals } = pageOfPosts(archive.db, query, 0, limit);
  return { ...totals, hits };
}

/** Errors: `post-not-found`. */
export function requirePost(archive: Archive, postId: string): Post {
  const post = getPost(archive.db, postId);
  if (post === null) throw new HoldfastError('post-not-found', `There is no post ${postId} in this archive.`);
  return post;
}

/** A page of the captures, newest first; also those in which no post was read. */
export function listCaptures(
  archive: Archive,
  offset: number,
  limit: number,
  show: CaptureFilter = 'all',
): { total: number; captures: CaptureLine[] } {
  return pageOfCaptures(archive.db, offset, limit, show);
}

/** Errors: `capture-not-found`, `capture-purged`. */
export function requireCapture(archive: Archive, captureId: string): Capture {
  const capture = getCapture(archive.db, captureId);
  if (capture === null) throw noCapture(archive, captureId);
  return capture;
}

/** Why a capture is not there: it was purged, or it never was. */
export function noCapture({ db }: Pick<Archive, 'db'>, captureId: string): HoldfastError {
  const purge = purgeOf(db, captureId);
  if (purge === null)
    return new HoldfastError('capture-not-found', `There is no capture ${captureId} in this archive.`);
  const { leaf, time } = purge;
  return new HoldfastError(
    'capture-purged',
    `The capture ${captureId} was purged by leaf ${leaf} of the log, at ${time}. Nothing of it is here; the custody log says why, and by what authority.`,
    { details: { leaf, time } },
  );
}

/** Clauses whose key, title, policy or summary holds every word of `query`; `platform` null: of all. */
export function listClauses(archive: Archive, query: string, platform: string | null): Clause[] {
  return findClauses(archive.db, query, platform);
}
