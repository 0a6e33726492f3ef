/**
 * Sealing a recording: its answers become a WACZ, its posts are read, the verdict is made, and one transaction puts the
 * capture in the place of the pieces. The same for a recording that was finished and for one that was interrupted.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Artifact, RecordingFacts } from '../../contract/model/capture.ts';
import type { CaptureResult, RecordingEnd } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import { discardStaged, insertPart, sealBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { insertExchangeLine } from '../../db/exchange.ts';
import { inTransaction } from '../../db/handle.ts';
import { endRecording, insertWithheldSalt } from '../../db/recording.ts';
import { fromHex, toHex } from '../../evidence/digest/sha256.ts';
import { dataUrl } from '../../evidence/format/data-url.ts';
import type { BodyPlace } from '../../evidence/wacz/write.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, type StagedBlob, stageBytes } from '../blobs.ts';
import type { FoundReading } from '../import/contents.ts';
import { mediaUrls, once, shownUrl } from '../import/media.ts';
import { sealReading } from '../readings.ts';
import { recordEvent } from '../record.ts';
import { tool } from '../tool.ts';
import { readRecordedPosts } from './posts.ts';
import { pageOf, type Recorded, type RecordedAnswer, readRecording, sameAddress } from './recorded.ts';
import { judge } from './verdict.ts';
import { waczOf } from './wacz.ts';
import { withholdLate } from './withhold.ts';

/** A medium of the posts: a body of the recording, or bytes that stand in the page itself. */
type Medium =
  | { from: 'answer'; answer: RecordedAnswer }
  | { from: 'page'; staged: StagedBlob; mediaType: string };

/** What the capture holds of the posts' media, by address. */
async function findMedia(
  archive: Archive,
  readings: readonly FoundReading[],
  answers: readonly RecordedAnswer[],
): Promise<Map<string, Medium>> {
  const found = new Map<string, Medium>();
  for (const url of mediaUrls(readings)) {
    const data = url.startsWith('data:') ? dataUrl(url) : null;
    const answer = answers.find(
      ({ start, end, body }) =>
        end.body === 'whole' && body.size > 0 && start.status === 200 && sameAddress(start.url, url),
    );
    if (data !== null) {
      found.set(url, {
        from: 'page',
        staged: await stageBytes(archive, once(data.bytes)),
        mediaType: data.mediaType,
      });
    } else if (answer !== undefined) {
      found.set(url, { from: 'answer', answer });
    }
  }
  return found;
}

function hashOf(medium: Medium): string {
  return toHex(medium.from === 'page' ? medium.staged.sha256 : medium.answer.body.sha256);
}

function withMedia(readings: readonly FoundReading[], media: ReadonlyMap<string, Medium>): FoundReading[] {
  return readings.map((reading) => ({
    ...reading,
    posts: reading.posts.map((post) => ({
      ...post,
      media: post.media.map((item) => {
        const medium = media.get(item.url);
        return { ...item, url: shownUrl(item.url), sha256: medium === undefined ? null : hashOf(medium) };
      }),
    })),
  }));
}

/** Media as artifacts, each once; those of answers lie in the WACZ already. */
function sealMedia(archive: Archive, media: ReadonlyMap<string, Medium>): Artifact[] {
  const artifacts = new Map<string, Artifact>();
  for (const medium of media.values()) {
    const sha256 = hashOf(medium);
    if (medium.from === 'page') {
      const { staged, mediaType } = medium;
      sealBlob(archive.db, staged.id, { sha256: staged.sha256, size: staged.size, mediaType });
      artifacts.set(sha256, { role: 'media', sha256, size: staged.size, mediaType, name: null });
    } else {
      const { answer } = medium;
      artifacts.set(sha256, {
        role: 'media',
        sha256,
        size: answer.body.size,
        mediaType: answer.mediaType,
        name: answer.start.url,
      });
    }
  }
  return [...artifacts.values()];
}

function facts(recorded: Recorded, end: RecordingEnd | null): RecordingFacts {
  const { url: requestedUrl, engine, startedAt } = recorded.begin;
  return {
    requestedUrl,
    finalUrl: end?.finalUrl ?? null,
    title: end?.title ?? null,
    engine,
    startedAt,
    finishedAt: end?.finishedAt ?? null,
    monotonicMilliseconds: end?.monotonicMilliseconds ?? null,
    serverClock: end?.serverClock ?? [],
    withheld: [
      ...recorded.answers.flatMap(({ start, end: finish }) => [...start.withheld, ...finish.withheld]),
      ...(end?.withheld ?? []),
    ].map(({ where, name, commitment }) => ({ where, name, commitment })),
  };
}

interface Judged {
  verdict: CaptureVerdict;
  reasons: Reason[];
}

function store(
  archive: Archive,
  recorded: Recorded,
  end: RecordingEnd | null,
  made: {
    wacz: StagedBlob;
    places: readonly BodyPlace[];
    readings: readonly FoundReading[];
    media: ReadonlyMap<string, Medium>;
    judged: Judged;
  },
): string[] {
  const { captureId, answers } = recorded;
  const { db } = archive;
  const received = endRecording(db, captureId);
  const waczType = 'application/wacz+zip';
  const wacz = sealBlob(db, made.wacz.id, {
    sha256: made.wacz.sha256,
    size: made.wacz.size,
    mediaType: waczType,
  });
  for (const { n, offset } of made.places) {
    const answer = answers.find(({ start }) => start.n === n);
    if (answer === undefined || answer.body.size === 0) continue;
    const { size, sha256 } = answer.body;
    insertPart(db, sha256, { blobId: wacz, offset, size, mediaType: answer.mediaType });
  }
  const besides = recorded.artifacts.map(({ role, mediaType, name, blobId, size, sha256 }): Artifact => {
    sealBlob(db, blobId, { sha256, size, mediaType });
    return { role, sha256: toHex(sha256), size, mediaType, name };
  });
  for (const { start, end: finish, mediaType, body } of answers) {
    insertExchangeLine(db, captureId, {
      n: start.n,
      url: start.url,
      method: start.method,
      status: start.status,
      mediaType,
      resourceType: start.resourceType,
      from: start.from,
      startedAt: start.startedAt,
      body: finish.body,
      sha256: body.size === 0 ? null : body.sha256,
      size: body.size,
    });
  }
  for (const [commitment, salt] of recorded.lateSalts)
    insertWithheldSalt(db, captureId, fromHex(commitment), fromHex(salt));
  for (const blobId of received) discardStaged(db, blobId);
  const recording = facts(recorded, end);
  recordEvent(archive, 'capture.sealed', {
    capture: captureId,
    method: 'capture',
    format: 'recording',
    sourceName: recording.finalUrl ?? recording.requestedUrl,
    url: recording.finalUrl,
    savedAt: null,
    receivedAt: recording.startedAt,
    artifacts: [
      {
        role: 'wacz',
        sha256: toHex(made.wacz.sha256),
        size: made.wacz.size,
        mediaType: waczType,
        name: null,
      },
      ...besides,
      ...sealMedia(archive, made.media),
    ],
    records: {},
    exchangeCount: answers.length,
    warnings: [],
    tool,
    recording,
    ...made.judged,
  });
  return made.readings.flatMap((reading) => sealReading(archive, captureId, reading));
}

/**
 * `end` null: the recording was interrupted. Errors: `capture-not-found`, `disk-full`, `io-failed`; the pieces stay
 * then, and the next opening tries again.
 */
export async function sealRecording(
  archive: Archive,
  captureId: string,
  end: RecordingEnd | null,
): Promise<CaptureResult> {
  const found = readRecording(archive, captureId);
  if (found === null) {
    throw new HoldfastError(
      'capture-not-found',
      `There is no recording ${captureId} in progress in this archive.`,
    );
  }
  const recorded = await withholdLate(archive, found);
  const { answers } = recorded;
  const page = pageOf(recorded, end?.finalUrl ?? null);
  const finalUrl = end?.finalUrl ?? page?.start.url ?? null;
  const read = readRecordedPosts(archive, recorded, page, finalUrl);
  const media = await findMedia(archive, read, answers);
  const readings = withMedia(read, media);
  const judged = judge(recorded, end, page, readings);
  const { bytes, bodies } = await waczOf(archive, recorded, {
    finalUrl,
    title: end?.title ?? null,
    readings,
  });
  const wacz = await stageBytes(archive, bytes());
  try {
    const posts = inTransaction(archive.db, () =>
      store(archive, recorded, end, { wacz, places: bodies, readings, media, judged }),
    );
    // The pieces lay beside the WACZ until now: give their pages back to the file system.
    archive.db.pragma('incremental_vacuum');
    return {
      id: captureId,
      url: recorded.begin.url,
      finalUrl,
      ...judged,
      posts,
      exchanges: answers.length,
      bytes: answers.reduce((sum, { body }) => sum + body.size, 0),
    };
  } catch (error) {
    dropStaged(archive, wacz.id);
    for (const medium of media.values()) if (medium.from === 'page') dropStaged(archive, medium.staged.id);
    throw fromSqlite(error, archive.path);
  }
}
