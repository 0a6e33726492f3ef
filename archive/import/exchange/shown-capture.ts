/** A capture as a bundle shows it, whole or in part, in one form: what it becomes here, and its posts. */

import { HoldfastError } from '../../../contract/errors.ts';
import type { EventBody } from '../../../contract/events.ts';
import type { CaptureOrigin } from '../../../contract/model/capture.ts';
import type { PostContent } from '../../../contract/model/post.ts';
import type { CaptureEntry, PartialCaptureEntry, ReadingEntry } from '../../../evidence/bundle/evidence.ts';
import { excerptOf } from '../../../evidence/bundle/excerpt.ts';
import type { VerifiedBundle } from '../../../evidence/verify/verify.ts';
import { jsonDigest } from '../../json-digest.ts';

export interface ShownCapture {
  /** Its id there. */
  id: string;
  origin: CaptureOrigin;
  readings: readonly ReadingEntry[];
  artifacts: EventBody<'capture.sealed'>['artifacts'];
  /** Where the bytes of each artifact lie in the bundle. */
  paths: readonly string[];
  says: Pick<
    EventBody<'capture.sealed'>,
    'format' | 'sourceName' | 'url' | 'savedAt' | 'records' | 'exchangeCount' | 'warnings'
  >;
}

/** `name`: of the bundle's file. */
interface ShownBy {
  bundle: VerifiedBundle;
  signer: CaptureOrigin['signer'];
  verdict: CaptureOrigin['verdict'];
  name: string;
}

/** Those that are shown whole, then those in part. */
export function shownCaptures(by: ShownBy): ShownCapture[] {
  const { captures, partialCaptures = [] } = by.bundle.evidence;
  return [
    ...captures.map((entry) => shownWhole(by, entry)),
    ...partialCaptures.map((entry) => shownInPart(by, entry)),
  ];
}

/** Ids that these captures had in this archive or another, as the bundle says. */
export function idsOf({ evidence }: VerifiedBundle): string[] {
  return [
    ...evidence.captures.flatMap((entry) => [entry.id, ...earlierOf(entry).map(({ capture }) => capture)]),
    ...(evidence.partialCaptures ?? []).map(({ id }) => id),
  ];
}

function shownWhole(by: ShownBy, entry: CaptureEntry): ShownCapture {
  const { id, event, time, readings, artifacts, origin } = entry;
  const { format, sourceName, url, savedAt, records, exchangeCount, warnings } = entry;
  const document = by.bundle.log.documents.get(event);
  if (document === undefined) throw new HoldfastError('internal', `A checked bundle has no event ${event}.`);
  const before = earlierOf(entry);
  return {
    id,
    origin: {
      ...from(by, { id, event, time }),
      document: jsonDigest(document),
      ...(origin?.partial !== undefined && { partial: origin.partial }),
      ...(before.length > 0 && { before }),
    },
    readings,
    artifacts: artifacts.map(({ path: _path, ...artifact }) => artifact),
    paths: artifacts.map(({ path }) => path),
    says: { format, sourceName, url, savedAt, records, exchangeCount, warnings },
  };
}

/** What the bundle does not prove of it is said to be the signer's word: that is what a file says of where it comes from. */
function shownInPart(by: ShownBy, entry: PartialCaptureEntry): ShownCapture {
  const { id, event, time, readings, files, said, withheld } = entry;
  const leaf = by.bundle.log.alone.get(event);
  if (leaf === undefined) throw new HoldfastError('internal', `A checked bundle has no line ${event}.`);
  const covered = files.flatMap(({ sha256, covered: regions }) =>
    regions === undefined ? [] : [{ sha256, regions }],
  );
  return {
    id,
    origin: {
      ...from(by, { id, event, time }),
      document: jsonDigest(leaf),
      partial: { signer: by.signer, withheld, ...(covered.length > 0 && { covered }) },
    },
    readings,
    artifacts: files.map(({ role, mediaType, sha256, size }) => ({
      role,
      mediaType,
      sha256,
      size,
      name: null,
    })),
    paths: files.map(({ path }) => path),
    says: {
      format: 'partial',
      sourceName: by.name.toWellFormed(),
      url: said.url,
      savedAt: said.receivedAt,
      records: {},
      exchangeCount: 0,
      warnings: [],
    },
  };
}

function from(
  { bundle: { evidence }, signer, verdict }: ShownBy,
  { id, event, time }: { id: string; event: string; time: string },
) {
  const { bundle, archive } = evidence;
  return { bundle, archive, capture: id, event, sealedAt: time, signer, verdict };
}

/** What a capture was before it came to the archive of the bundle, as that says; the latest first. */
function earlierOf({ origin }: CaptureEntry): NonNullable<CaptureOrigin['before']> {
  if (origin === undefined) return [];
  const { archive, capture, document } = origin;
  return [{ archive, capture, document }, ...(origin.before ?? [])].slice(0, 20);
}

export interface ShownPost {
  /** Its id there, and its position in its reading. */
  id: string;
  index: number;
  /** Where parts are withheld, what is left, which says so. */
  content: PostContent;
}

/** The posts of a reading that can be listed: all but those whose shown parts make no post. */
export function shownPosts({ posts }: Pick<ReadingEntry, 'posts'>): ShownPost[] {
  return posts.flatMap((post) => {
    const content = post.disclosed === 'whole' ? post.content : excerptOf(post.parts);
    return content === null ? [] : [{ id: post.id, index: post.index, content }];
  });
}
