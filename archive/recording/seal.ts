/**
 * Sealing a recording: its answers become a WACZ, its posts are read, the verdict is made, and one transaction puts the
 * capture in the place of the pieces. The same for a recording that was finished and for one that was interrupted.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Artifact, RecordingFacts } from '../../contract/model/capture.ts';
import type { CaptureResult, RecordingEnd } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import { insertPart, sealBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { insertExchangeLine } from '../../db/exchange.ts';
import { inTransaction } from '../../db/handle.ts';
import { deleteRecording, insertWithheldSalt } from '../../db/recording.ts';
import { fromHex, toHex } from '../../evidence/digest/sha256.ts';
import type { BodyPlace } from '../../evidence/wacz/write.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, type StagedBlob, stageBytes } from '../blobs.ts';
import type { FoundReading } from '../import/contents.ts';
import { sealReading } from '../readings.ts';
import { recordEvent } from '../record.ts';
import { tool } from '../tool.ts';
import { readRecordedPosts } from './posts.ts';
import { pageOf, type Recorded, type RecordedAnswer, readRecording, sameAddress } from './recorded.ts';
import { judge } from './verdict.ts';
import { waczOf } from './wacz.ts';
import { withholdLate } from './withhold.ts';

/** The media of the posts, joined to the answers that brought them. */
function withMedia(readings: readonly FoundReading[], answers: readonly RecordedAnswer[]): FoundReading[] {
  const find = (url: string): RecordedAnswer | undefined =>
    answers.find(
      ({ start, end, body }) =>
        end.body === 'whole' && body.size > 0 && start.status === 200 && sameAddress(start.url, url),
    );
  return readings.map((reading) => ({
    ...reading,
    posts: reading.posts.map((post) => ({
      ...post,
      media: post.media.map((item) => {
        const found = find(item.url);
        const url = item.url.startsWith('data:') ? item.url.slice(0, 64).replace(/[;,].*$/s, '') : item.url;
        return { ...item, url, sha256: found === undefined ? item.sha256 : toHex(found.body.sha256) };
      }),
    })),
  }));
}

/** Media of posts as artifacts: their bytes lie in the WACZ. */
function mediaArtifacts(readings: readonly FoundReading[], answers: readonly RecordedAnswer[]): Artifact[] {
  const hashes = new Set(
    readings.flatMap(({ posts }) => posts.flatMap((post) => post.media.map(({ sha256 }) => sha256))),
  );
  return [...hashes].flatMap((sha256) => {
    const found = sha256 === null ? undefined : answers.find(({ body }) => toHex(body.sha256) === sha256);
    if (found === undefined || sha256 === null) return [];
    return {
      role: 'media' as const,
      sha256,
      size: found.body.size,
      mediaType: found.mediaType,
      name: found.start.url,
    };
  });
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
  made: { wacz: StagedBlob; places: readonly BodyPlace[]; readings: readonly FoundReading[]; judged: Judged },
): string[] {
  const { captureId, answers } = recorded;
  const { db } = archive;
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
  deleteRecording(db, captureId);
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
      ...mediaArtifacts(made.readings, answers),
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
  const readings = withMedia(readRecordedPosts(archive, recorded, page, finalUrl), answers);
  const judged = judge(recorded, end, page, readings);
  const { bytes, bodies } = await waczOf(archive, recorded, {
    finalUrl,
    title: end?.title ?? null,
    readings,
  });
  const wacz = await stageBytes(archive, bytes());
  try {
    const posts = inTransaction(archive.db, () =>
      store(archive, recorded, end, { wacz, places: bodies, readings, judged }),
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
    throw fromSqlite(error, archive.path);
  }
}
