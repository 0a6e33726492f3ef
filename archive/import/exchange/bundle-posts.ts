/** Which posts here are those of a bundle, where the capture that they were read out of is here already. */
import type { EventBody } from '../../../contract/events.ts';
import type { PostContent } from '../../../contract/model/post.ts';
import { captureOrigin, listReadings } from '../../../db/capture.ts';
import { getWholeEvent } from '../../../db/event.ts';
import { eachPostRecord } from '../../../db/post.ts';
import type { ReadingEntry } from '../../../evidence/bundle/evidence.ts';
import { isExcerptOf } from '../../../evidence/bundle/excerpt.ts';
import type { VerifiedBundle } from '../../../evidence/verify/verify.ts';
import type { Archive } from '../../archive.ts';
import { jsonDigest } from '../../json-digest.ts';
import { readEvent } from '../../record.ts';
import { type ShownCapture, type ShownPost, shownPosts } from './shown-capture.ts';

/** By the id of a post in the bundle, the post here. */
export type PostMap = Map<string, string>;

interface LocalPost {
  id: string;
  content: PostContent;
  /** SHA-256 of it as canonical JSON. */
  digest: string;
}

/** What the log there says of a reading: whether its posts came to that archive in a bundle, too. */
function originOf({ log }: VerifiedBundle, reading: ReadingEntry): EventBody<'reading.made'>['origin'] {
  const made = log.documents.get(reading.event);
  return made?.kind === 'reading.made' ? made.body.origin : undefined;
}

/** The readings of a capture here, each with what it was in the archive that it came from. */
function* localReadings(
  archive: Archive,
  captureId: string,
): Generator<{ id: string; origin: EventBody<'reading.made'>['origin'] }> {
  for (const { id, eventSeq } of listReadings(archive.db, captureId)) {
    const stored = getWholeEvent(archive.db, eventSeq);
    const made = stored === null ? null : readEvent(stored.document);
    yield { id, origin: made?.kind === 'reading.made' ? made.body.origin : undefined };
  }
}

/** The readings of the bundle that did not come here yet, as posts or as the origin of some: the capture was read again. */
export function newReadings(
  archive: Archive,
  bundle: VerifiedBundle,
  shown: ShownCapture,
  captureId: string,
): Set<ReadingEntry> {
  const here = new Set<string>();
  for (const { id, origin } of localReadings(archive, captureId)) {
    here.add(id);
    if (origin !== undefined) here.add(origin.reading);
  }
  return new Set(
    shown.readings.filter(
      (reading) => !here.has(reading.id) && !here.has(originOf(bundle, reading)?.reading ?? ''),
    ),
  );
}

function localPosts(
  archive: Archive,
  captureId: string,
): { byAlias: Map<string, LocalPost>; all: LocalPost[] } {
  const byAlias = new Map<string, LocalPost>();
  const all: LocalPost[] = [];
  for (const { id, origin } of localReadings(archive, captureId)) {
    for (const { postId, n, content } of eachPostRecord(archive.db, id)) {
      const post = { id: postId, content, digest: jsonDigest(content) };
      const there = origin?.posts[n];
      all.push(post);
      byAlias.set(postId, post);
      if (there !== undefined) byAlias.set(there, post);
    }
  }
  return { byAlias, all };
}

export interface KnownPosts {
  posts: PostMap;
  /** Posts of the bundle that are not among those here, by their reading. */
  missing: { reading: ReadingEntry; posts: ShownPost[] }[];
  /** Posts that are here under this id with other words. */
  differing: string[];
  /** Posts of the bundle, shown in part, that are here with what is withheld there. */
  inPart: string[];
}

/**
 * By the ids that a post had in the archives that it went through, else by its whole content. A post counts as the same
 * only where every word and fact of it is; one that is shown in part, where every one that is shown is.
 */
export function matchPosts(
  archive: Archive,
  bundle: VerifiedBundle,
  shown: ShownCapture,
  captureId: string,
): KnownPosts {
  const local = localPosts(archive, captureId);
  const free = new Set(local.all);
  const found: KnownPosts = { posts: new Map(), missing: [], differing: [], inPart: [] };
  const unnamed: { reading: ReadingEntry; post: ShownPost }[] = [];
  const take = (post: ShownPost, here: LocalPost): void => {
    found.posts.set(post.id, here.id);
    free.delete(here);
    if (here.digest !== jsonDigest(post.content)) found.inPart.push(post.id);
  };
  for (const reading of shown.readings) {
    const origin = originOf(bundle, reading);
    for (const post of shownPosts(reading)) {
      const named = local.byAlias.get(post.id) ?? local.byAlias.get(origin?.posts[post.index] ?? '');
      if (named === undefined) unnamed.push({ reading, post });
      else if (named.digest === jsonDigest(post.content) || isExcerptOf(post.content, named.content))
        take(post, named);
      else found.differing.push(post.id);
    }
  }
  for (const { reading, post } of unnamed) {
    const digest = jsonDigest(post.content);
    const same =
      [...free].find((each) => each.digest === digest) ??
      [...free].find((each) => isExcerptOf(post.content, each.content));
    if (same !== undefined) {
      take(post, same);
      continue;
    }
    const group = found.missing.find((each) => each.reading === reading);
    if (group === undefined) found.missing.push({ reading, posts: [post] });
    else group.posts.push(post);
  }
  return found;
}

/** Whether a capture was sealed here, and did not come in a bundle. */
export function isOwn(archive: Archive, captureId: string): boolean {
  const at = captureOrigin(archive.db, captureId);
  const stored = at === null ? null : getWholeEvent(archive.db, at.eventSeq);
  const sealed = stored === null ? null : readEvent(stored.document);
  return sealed?.kind === 'capture.sealed' && sealed.body.origin === undefined;
}
