/**
 * Reading a capture again, out of its stored bytes, with the readers as they are now. Nothing of an earlier reading is
 * changed: docs/decisions/reread.md.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Capture } from '../../contract/model/capture.ts';
import type { Again, RereadReport } from '../../contract/model/reread.ts';
import { listReadings } from '../../db/capture.ts';
import { asideIn } from '../../db/earlier-post.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { eachPostRecord } from '../../db/post.ts';
import { countTags } from '../../db/tag.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { readingRoot } from '../../evidence/post/commitment.ts';
import { generalReader } from '../../sites/general.ts';
import type { Archive } from '../archive.ts';
import { sealMedia } from '../artifacts.ts';
import { dropStaged } from '../blobs.ts';
import type { FoundReading, ImportOptions } from '../import/contents.ts';
import { requireCapture } from '../posts.ts';
import { sealReading } from '../readings.ts';
import { type Comparison, compareReadings, type KnownPost } from './compare.ts';
import { reportOf } from './difference.ts';
import { Rereading } from './found.ts';

interface Known {
  posts: KnownPost[];
  /** Merkle roots of the posts, by id. */
  roots: Map<string, Uint8Array>;
  /** Readers of the posts that are there, each once, with the newest version of each. */
  readers: { name: string; version: string }[];
}

function knownOf(archive: Archive, captureId: string): Known {
  const aside = asideIn(archive.db, captureId);
  const known: Known = { posts: [], roots: new Map(), readers: [] };
  const newest = new Map<string, string>();
  for (const { id, reader, version } of listReadings(archive.db, captureId)) {
    newest.set(reader, version);
    for (const { postId, content, root } of eachPostRecord(archive.db, id)) {
      known.posts.push({ id: postId, reader, content, isAside: aside.has(postId) });
      known.roots.set(postId, root);
    }
  }
  known.readers = [...newest].map(([name, version]) => ({ name, version }));
  return known;
}

/** What the n-th reading says of the earlier posts; `ids`: of each post that was read now. */
function againOf(comparison: Comparison, n: number, ids: ReadonlyMap<object, string>, known: Known): Again {
  const posts = comparison.readings[n]?.posts ?? [];
  const kept = posts.flatMap((post) => post.kept?.id ?? []);
  const idOf = (post: object) => ids.get(post) ?? '';
  // What is said once for the capture stands with the last of the readings, when all posts are there.
  const isLast = n === comparison.readings.length - 1;
  const merged = isLast ? comparison.merged.map(({ known: { id }, by }) => ({ post: id, by: idOf(by) })) : [];
  return {
    kept: {
      posts: kept,
      root: toHex(
        readingRoot(
          nodeSha256,
          kept.map((id) => ({ id, root: known.roots.get(id) ?? new Uint8Array() })),
        ),
      ),
    },
    replaces: [
      ...posts.flatMap((post) => (post.changed === null ? [] : [{ post: post.changed.id, by: idOf(post) }])),
      ...merged,
    ],
    gone: isLast ? comparison.gone.map(({ id }) => id) : [],
  };
}

/** Inside the caller's transaction. */
function store(archive: Archive, { id: captureId }: Capture, comparison: Comparison, known: Known): void {
  const ids = new Map<object, string>();
  for (const { posts } of comparison.readings)
    for (const post of posts) if (post.kept !== null) ids.set(post, post.kept.id);
  for (const [n, { reader, notes, posts }] of comparison.readings.entries()) {
    const anew = posts.filter(({ kept }) => kept === null);
    const contents = anew.map(({ content }) => content);
    sealReading(archive, captureId, { reader, notes, posts: contents }, (sealed) => {
      for (const [i, post] of anew.entries()) ids.set(post, sealed[i] ?? '');
      return known.readers.length === 0 ? null : againOf(comparison, n, ids, known);
    });
  }
}

function isNothingNew({ counts, before, now }: Omit<RereadReport, 'outcome'>): boolean {
  const { changed, new: added, gone } = counts;
  return (
    changed + added + gone === 0 &&
    now.every(({ name, version }) => before.some((old) => old.name === name && old.version === version))
  );
}

/**
 * Reads the capture again and says what differs. `keep`: the readings are recorded, unless readers and posts are those of
 * before. `digest`: of the difference that somebody saw before saying so.
 *
 * Errors: `capture-not-found`; `nothing-to-do` for a capture that site readers do not read; `reading-differs` where the
 * difference is not the one of `digest`; `artifact-not-found`, `warc-damaged`, `mhtml-damaged`, `cancelled`, `disk-full`,
 * `io-failed`. After each, nothing was recorded.
 */
export async function rereadCapture(
  archive: Archive,
  order: { captureId: string; keep: boolean; digest: string | null },
  options: ImportOptions = {},
): Promise<RereadReport> {
  const capture = requireCapture(archive, order.captureId);
  const reading = new Rereading(archive, capture, order.keep);
  try {
    const found = await reading.find(options);
    if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
    return inTransaction(archive.db, () => {
      const report = compareAndKeep(archive, capture, found.readings, order);
      // Media that lie in the capture's bytes, and that no post named before.
      if (report.outcome === 'kept') sealMedia(archive, reading.newMedia(found.media));
      return report;
    });
  } catch (error) {
    throw fromSqlite(error, archive.path);
  } finally {
    // What was sealed stays; the rest of the staging is of no use to anybody.
    for (const { id } of reading.staged) dropStaged(archive, id);
  }
}

/** Where no reader reads anything any more, a reading of nothing says what became of the posts that were there. */
function orNothing(found: readonly FoundReading[], known: Known): readonly FoundReading[] {
  if (found.length > 0 || known.posts.every(({ isAside }) => isAside)) return found;
  const { name, version } = generalReader;
  return [{ reader: { name, version }, posts: [], notes: ['No reader reads anything out of this capture.'] }];
}

function compareAndKeep(
  archive: Archive,
  capture: Capture,
  found: readonly FoundReading[],
  { keep, digest }: { keep: boolean; digest: string | null },
): RereadReport {
  const known = knownOf(archive, capture.id);
  const comparison = compareReadings(orNothing(found, known), known.posts);
  const { id: captureId, sourceName } = capture;
  const about = { captureId, sourceName, before: known.readers };
  const report = reportOf(comparison, about, (postId) => countTags(archive.db, postId));
  if (digest !== null && digest !== report.digest) {
    throw new HoldfastError(
      'reading-differs',
      'The capture is read otherwise now than when the difference was shown: it was read again meanwhile. Look at the difference again.',
    );
  }
  if (!keep) return { ...report, outcome: 'not-kept' };
  if (isNothingNew(report)) return { ...report, outcome: 'nothing-new' };
  store(archive, capture, comparison, known);
  return { ...report, outcome: 'kept' };
}
