/** Checks that others made, as their bundles told them: shown beside this archive's own, and never counted among them. */
import type { ToldCheck } from '../../contract/model/watch.ts';
import { getWholeEvent } from '../../db/event.ts';
import { checksOfOthers, checksOfPosts } from '../../db/post-check.ts';
import { ChecksOf } from '../../evidence/bundle/checks.ts';
import type { Archive } from '../archive.ts';
import { requirePost } from '../posts.ts';
import { readEvent } from '../record.ts';

const mostShown = 200;

/** What was taken in last comes first, at most 200; `postId` null: of any post. Errors: `post-not-found`. */
export function toldChecks(archive: Archive, postId: string | null): { total: number; checks: ToldCheck[] } {
  const of = postId === null ? null : placesOf(archive, postId);
  const places = checksOfOthers(archive.db).filter((seq) => of?.has(seq) !== false);
  return {
    total: places.length,
    checks: places.slice(0, mostShown).flatMap((seq) => told(archive, seq) ?? []),
  };
}

function placesOf(archive: Archive, postId: string): Set<number> {
  const post = requirePost(archive, postId);
  const of = new ChecksOf([post]);
  return new Set(
    checksOfPosts(archive.db, [postId], [post.content]).flatMap((check) =>
      of.has(check) ? [check.seq] : [],
    ),
  );
}

function told({ db }: Archive, seq: number): ToldCheck | null {
  const stored = getWholeEvent(db, seq);
  const event = stored === null ? null : readEvent(stored.document);
  if (event?.kind !== 'post.checked') return null;
  const { origin, ...check } = event.body;
  return origin === undefined
    ? null
    : { at: origin.time, by: origin.actor.name, bundle: origin.bundle, check };
}
