/** Whether a capture of a bundle is here already: this archive's own, or one of an earlier bundle, also by way of a third. */
import type { Artifact } from '../../../contract/model/capture.ts';
import type { PostContent } from '../../../contract/model/post.ts';
import {
  captureOrigin,
  findByOrigin,
  listArtifacts,
  listInBundles,
  listReadings,
} from '../../../db/capture.ts';
import { getWholeEvent } from '../../../db/event.ts';
import { eachPostRecord } from '../../../db/post.ts';
import { isExcerptOf } from '../../../evidence/bundle/excerpt.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalJson } from '../../../evidence/log/canonical.ts';
import type { Archive } from '../../archive.ts';
import { type ShownCapture, shownPosts } from './shown-capture.ts';

/** Captures here that came in bundles, as they were before anything of the one at hand was taken in. */
export interface Held {
  /** By what they were in archives before the last: capture and document there, joined by a space. */
  earlier: ReadonlyMap<string, string>;
  /** By each id that they had elsewhere. */
  byId: ReadonlyMap<string, readonly string[]>;
  /** Those of which something is withheld. */
  inPart: ReadonlySet<string>;
}

export function heldFromBundles(archive: Archive): Held {
  const held = listInBundles(archive.db);
  const ids = held.flatMap(({ id, origin }) => idsElsewhere(origin).map((there) => ({ id, there })));
  return {
    earlier: new Map(
      held.flatMap(({ id, origin: { before = [] } }) =>
        before.map(({ capture, document }) => [`${capture} ${document}`, id] as const),
      ),
    ),
    byId: new Map(
      [...Map.groupBy(ids, ({ there }) => there)].map(([there, all]) => [there, all.map(({ id }) => id)]),
    ),
    inPart: new Set(held.flatMap(({ id, origin }) => (origin.partial === undefined ? [] : [id]))),
  };
}

/**
 * The capture here that was sealed by the very same document: this archive's own, or one of an earlier bundle. Or the one
 * that the bundle's archive says it had in a bundle itself: that is believed only where every artifact is the same. Of a
 * capture that is shown in part also the one that shows all of that, and more.
 */
export function findSame(archive: Archive, shown: ShownCapture, held: Held): string | null {
  const { origin } = shown;
  if (isSealedAs(archive, origin)) return origin.capture;
  const known = findByOrigin(archive.db, origin.capture, origin.document);
  if (known !== null) return known;
  for (const each of [origin, ...(origin.before ?? [])]) {
    const candidates = [
      isSealedAs(archive, each) ? each.capture : null,
      findByOrigin(archive.db, each.capture, each.document),
      held.earlier.get(`${each.capture} ${each.document}`) ?? null,
    ];
    const same = candidates.find((id) => id !== null && hasArtifacts(archive, id, shown));
    if (same !== undefined) return same;
  }
  if (origin.partial === undefined) return null;
  const own = idsElsewhere(origin).filter((id) => captureOrigin(archive.db, id) !== null);
  return [...own, ...namedAlike(shown, held)].find((id) => showsAll(archive, id, shown)) ?? null;
}

/** Posts here of captures that were shown in part and of which this may be the whole. */
export function excerptsHere(
  archive: Archive,
  shown: ShownCapture,
  held: Held,
): { id: string; content: PostContent }[] {
  if (shown.origin.partial !== undefined) return [];
  return namedAlike(shown, held)
    .filter((id) => held.inPart.has(id))
    .flatMap((id) => recordsOf(archive, id));
}

function idsElsewhere({ capture, before = [] }: ShownCapture['origin']): string[] {
  return [capture, ...before.map((each) => each.capture)];
}

/** Captures here that are said to have been one of those that the shown one was. */
function namedAlike({ origin }: ShownCapture, { byId }: Held): string[] {
  return [...new Set(idsElsewhere(origin).flatMap((id) => byId.get(id) ?? []))];
}

/** Whether a capture of this archive was sealed by the document, or stands in the line of the log, with this SHA-256. */
function isSealedAs(archive: Archive, { capture, document }: { capture: string; document: string }): boolean {
  const own = captureOrigin(archive.db, capture);
  const stored = own === null ? null : getWholeEvent(archive.db, own.eventSeq);
  return (
    stored !== null &&
    [stored.document, stored.leaf].some((bytes) => toHex(nodeSha256.of(bytes)) === document)
  );
}

function hasArtifacts(archive: Archive, captureId: string, { artifacts }: ShownCapture): boolean {
  const here = listArtifacts(archive.db, captureId);
  return (
    here.length === artifacts.length &&
    here.every(({ role, sha256 }, i) => role === artifacts[i]?.role && sha256 === artifacts[i]?.sha256)
  );
}

/** Whether each file that was not written anew, and each post, is among those of a capture here. */
function showsAll(
  archive: Archive,
  captureId: string,
  { origin, artifacts, readings }: ShownCapture,
): boolean {
  const covered = new Set(origin.partial?.covered?.map(({ sha256 }) => sha256));
  const isMade = ({ role, sha256 }: Artifact) => role === 'exhibits' || covered.has(sha256);
  const files = new Set(listArtifacts(archive.db, captureId).map(({ role, sha256 }) => `${role} ${sha256}`));
  if (!artifacts.every((each) => isMade(each) || files.has(`${each.role} ${each.sha256}`))) return false;
  const here = recordsOf(archive, captureId);
  const known = new Set(here.map(({ content }) => canonicalJson(content)));
  return readings
    .flatMap(shownPosts)
    .every(
      ({ content }) =>
        known.has(canonicalJson(content)) || here.some((each) => isExcerptOf(content, each.content)),
    );
}

function recordsOf(archive: Archive, captureId: string): { id: string; content: PostContent }[] {
  return listReadings(archive.db, captureId).flatMap((reading) =>
    [...eachPostRecord(archive.db, reading.id)].map(({ postId, content }) => ({ id: postId, content })),
  );
}
