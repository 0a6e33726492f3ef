/** What a recording was made for, and noting what came of it in the transaction that seals its capture. */
import { HoldfastError } from '../../contract/errors.ts';
import type { RecordingEnd, RecordingPurpose } from '../../contract/model/recording.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import type { Archive } from '../archive.ts';
import { batchOutcome, requireBatchItem } from '../batch/batch.ts';
import { readWhole } from '../blobs.ts';
import type { FoundReading } from '../import/contents.ts';
import { recordEvent } from '../record.ts';
import { watchSettlement } from '../watch/check.ts';
import { requireWatch } from '../watch/watch.ts';
import { mainDocuments, type Recorded } from './recorded.ts';

/** Bytes of a page's words in which those of a post are looked for. */
const longestText = 8 * 1024 * 1024;

/** Errors: `batch-not-found`, `watch-not-found` for what is not in this archive; `not-allowed` for a watch that has ended. */
export function requirePurpose(archive: Archive, purpose: RecordingPurpose | undefined): void {
  if (purpose?.kind === 'batch') requireBatchItem(archive, purpose.batch, purpose.n);
  if (purpose?.kind === 'watch' && requireWatch(archive, purpose.watch).state === 'ended') {
    throw new HoldfastError('not-allowed', 'This was ended for good. Put it on the watch list again.');
  }
}

function wordsOf(archive: Archive, { artifacts }: Recorded): string | null {
  const text = artifacts.find(({ role, size }) => role === 'text' && size <= longestText);
  return text === undefined ? null : new TextDecoder().decode(readWhole(archive, text.blobId));
}

/**
 * What is to be done in the sealing transaction, with the ids of the posts in the order of the readings. To be called
 * before it, while the pieces of the recording are still there.
 */
export function settlement(
  archive: Archive,
  recorded: Recorded,
  found: {
    hasPage: boolean;
    end: RecordingEnd | null;
    judged: { verdict: CaptureVerdict; reasons: Reason[] };
    readings: readonly FoundReading[];
  },
): (posts: readonly string[]) => void {
  const { captureId, answers } = recorded;
  const { purpose } = recorded.begin;
  if (purpose === undefined) return () => undefined;
  if (purpose.kind === 'batch') {
    const { batch, n } = purpose;
    const outcome = batchOutcome(found.judged);
    return () => void recordEvent(archive, 'batch.tried', { batch, n, capture: captureId, outcome });
  }
  const documents = mainDocuments(recorded, found.end);
  const looked = {
    address: recorded.begin.url,
    answers: answers.map((answer) => ({
      url: answer.start.url,
      status: answer.start.status,
      isDocument: documents.includes(answer),
    })),
    hasPage: found.hasPage,
    reasons: found.judged.reasons,
    posts: found.readings.flatMap(({ posts }) => posts),
    notes: found.readings.flatMap(({ notes }) => notes),
    absent: found.readings.flatMap(({ absent = [] }) => absent),
    rendered: wordsOf(archive, recorded),
  };
  const { persona = null, access } = recorded.begin;
  // Without a persona a recording begins without cookies; with one, only the person can know.
  const signedIn = persona === null ? false : access === 'sign-in' || access === 'approval' ? true : null;
  const vantage = { persona, network: purpose.network, signedIn };
  return watchSettlement(archive, purpose, captureId, looked, vantage);
}
