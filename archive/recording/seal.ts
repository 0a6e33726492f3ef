/**
 * Sealing a recording: its answers become a WACZ, its posts are read, the verdict is made, and one transaction puts the
 * capture in the place of the pieces. The same for a recording that was finished and for one that was interrupted.
 */
import type { RecordingFacts } from '../../contract/model/capture.ts';
import type { CaptureResult, RecordingEnd, Withheld } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import { discardStaged, insertPart, sealBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { insertExchangeLine } from '../../db/exchange.ts';
import { inTransaction } from '../../db/handle.ts';
import { getPersona } from '../../db/persona.ts';
import { endRecording, insertWithheldSalt } from '../../db/recording.ts';
import { fromHex, toHex } from '../../evidence/digest/sha256.ts';
import type { BodyPlace } from '../../evidence/wacz/write.ts';
import { signInOf } from '../../sites/wall.ts';
import type { Archive } from '../archive.ts';
import { sealArtifact, sealMedia } from '../artifacts.ts';
import { dropStaged, type StagedBlob, stageBytes } from '../blobs.ts';
import type { FoundMedia, FoundReading } from '../import/contents.ts';
import { joinMedia } from '../import/media.ts';
import { sealReading } from '../readings.ts';
import { recordEvent } from '../record.ts';
import { sealCapture } from '../seal-capture.ts';
import { tool } from '../tool.ts';
import { forwardOf, isAll, mostForwards } from './answer-header.ts';
import { playlistReasons } from './playlists.ts';
import { readRecordedPosts } from './posts.ts';
import { settlement } from './purpose.ts';
import {
  isOfMedium,
  pageOf,
  type Recorded,
  type RecordedAnswer,
  readable,
  readRecording,
  requireRecording,
  sameAddress,
} from './recorded.ts';
import { judge } from './verdict.ts';
import { waczOf } from './wacz.ts';
import { withholdLate } from './withhold.ts';

/** Where the recording’s answers for an address lead in the end. */
function forwarded(answers: readonly RecordedAnswer[], asked: string): string {
  let url = asked;
  for (let forwards = 0; forwards < mostForwards; forwards += 1) {
    const answer = answers.find(({ start }) => sameAddress(start.url, url));
    if (answer === undefined) break;
    const { status, responseHeaders: headers } = answer.start;
    const next = forwardOf({ status, headers }, answer.start.url);
    if (next === null) break;
    url = next;
  }
  return url;
}

/** The medium at an address, as an answer of the recording brought it: its bytes lie in the WACZ. */
function recordedMedium(answers: readonly RecordedAnswer[], asked: string): FoundMedia | null {
  const url = forwarded(answers, asked);
  const found = answers.find(
    ({ start, end, body }) =>
      end.body === 'whole' &&
      body.size > 0 &&
      isAll({ status: start.status, headers: start.responseHeaders }) &&
      isOfMedium(start.url, url),
  );
  if (found === undefined) return null;
  const { blobId: id, size, sha256 } = found.body;
  return { bytes: { id, size, sha256 }, isStaged: false, mediaType: found.mediaType, name: found.start.url };
}

/** Everything that stands in the record as a marker only. */
function withheldIn({ answers }: Recorded, end: RecordingEnd | null): Withheld[] {
  const inAnswers = answers.flatMap(({ start, end: finish }) => [...start.withheld, ...finish.withheld]);
  return [...inAnswers, ...(end?.withheld ?? [])];
}

/** The address of the page's document, where the page has made its own address another one since. */
function ownAddress(page: RecordedAnswer | null, end: RecordingEnd | null): string | null {
  const reached = end?.finalUrl ?? null;
  return page === null || reached === null || sameAddress(page.start.url, reached) ? null : page.start.url;
}

function facts(recorded: Recorded, end: RecordingEnd | null, page: RecordedAnswer | null): RecordingFacts {
  const { url: requestedUrl, engine, startedAt, access, autopilot: limits } = recorded.begin;
  const documentUrl = ownAddress(page, end);
  return {
    requestedUrl,
    finalUrl: end?.finalUrl ?? null,
    ...(documentUrl === null ? {} : { documentUrl }),
    title: end?.title ?? null,
    engine,
    startedAt,
    finishedAt: end?.finishedAt ?? null,
    monotonicMilliseconds: end?.monotonicMilliseconds ?? null,
    serverClock: end?.serverClock ?? [],
    withheld: withheldIn(recorded, end).map(({ where, name, commitment }) => ({ where, name, commitment })),
    ...(limits === undefined ? {} : { autopilot: { limits, outcome: end?.autopilot ?? null } }),
    ...(access === undefined ? {} : { access }),
    ...(end?.blocked === undefined ? {} : { blocked: end.blocked }),
  };
}

/** In an event of its own: the capture's leaves in bundles, and the persona does not. */
function recordPersona(archive: Archive, { captureId: capture, begin }: Recorded): void {
  const persona = begin.persona == null ? null : getPersona(archive.db, begin.persona);
  if (persona === null) return;
  recordEvent(archive, 'persona.used', { persona: persona.id, name: persona.name, capture });
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
    page: RecordedAnswer | null;
    wacz: StagedBlob;
    places: readonly BodyPlace[];
    readings: readonly FoundReading[];
    media: readonly FoundMedia[];
    judged: Judged;
    settle(posts: readonly string[]): void;
  },
): string[] {
  const { captureId, answers } = recorded;
  const { db } = archive;
  // It may have been purged while it was being sealed.
  requireRecording(archive, captureId);
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
  const besides = recorded.artifacts.map(({ role, blobId: id, size, sha256, ...about }) =>
    sealArtifact(archive, role, { id, size, sha256 }, about),
  );
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
  for (const { commitment, salt } of withheldIn(recorded, end))
    insertWithheldSalt(db, captureId, fromHex(commitment), fromHex(salt));
  for (const blobId of received) discardStaged(db, blobId);
  const recording = facts(recorded, end, made.page);
  sealCapture(archive, {
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
  recordPersona(archive, recorded);
  const posts = made.readings.flatMap((reading) => sealReading(archive, captureId, reading));
  made.settle(posts);
  return posts;
}

/**
 * `said` null: the recording was interrupted. Errors: `capture-not-found`, `disk-full`, `io-failed`; the pieces stay
 * then, and the next opening tries again.
 */
export async function sealRecording(
  archive: Archive,
  captureId: string,
  said: RecordingEnd | null,
): Promise<CaptureResult> {
  const { recorded, end } = await withholdLate(archive, readRecording(archive, captureId), said);
  const { answers } = recorded;
  const page = pageOf(recorded, end);
  const finalUrl = end?.finalUrl ?? page?.start.url ?? null;
  const recording = readable(archive, recorded, page, finalUrl);
  const read = readRecordedPosts(recording);
  const { readings, media } = await joinMedia(
    (bytes) => stageBytes(archive, bytes),
    read.readings,
    (url) => recordedMedium(answers, url),
  );
  const judged = judge(
    recorded,
    end,
    page,
    { readings, passed: read.passed },
    {
      signIn: () => signInOf(recording.dom),
      films: () => playlistReasons(archive, recorded),
    },
  );
  const settle = settlement(archive, recorded, { hasPage: page !== null, end, judged, readings });
  const made = await waczOf(archive, recorded, {
    // As the page is found in the record.
    url: ownAddress(page, end) ?? finalUrl,
    title: end?.title ?? null,
    readings,
  });
  const wacz = await stageBytes(archive, made.bytes());
  try {
    const posts = inTransaction(archive.db, () =>
      store(archive, recorded, end, { page, wacz, places: made.bodies, readings, media, judged, settle }),
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
    for (const { bytes, isStaged } of media) if (isStaged) dropStaged(archive, bytes.id);
    throw fromSqlite(error, archive.path);
  }
}
