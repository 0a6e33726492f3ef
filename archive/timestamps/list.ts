/** Which stamps there are, what they cover, and what is to be done. */
import type { TimestampList, TimestampRequestLine } from '../../contract/model/timestamp.ts';
import { getLogHead } from '../../db/log.ts';
import { capturesAfter, listTimestamps, type StoredRequest } from '../../db/timestamp.ts';
import type { Archive } from '../archive.ts';

const day = 86_400_000;
/** How long before the end of its certificate a token should be stamped again. */
const renewBefore = 90 * day;
/** A working day: captures that have waited longer are worth a stamp. */
const waitingTime = day / 3;

/** Requests and tokens, newest first, and what no stamp covers yet. */
export function listStamps(archive: Pick<Archive, 'db' | 'clock'>): TimestampList {
  const stored = listTimestamps(archive.db);
  const now = archive.clock().getTime();
  const covered = coveredOf(stored);
  const size = covered?.size ?? 0;
  const { captures, since } = capturesAfter(archive.db, size);
  const events = (getLogHead(archive.db)?.size ?? 0) - size;
  const asked = Math.max(0, ...stored.filter(({ token }) => token === null).map(sizeOf));
  const waiting = capturesAfter(archive.db, Math.max(size, asked)).since;
  return {
    requests: stored.map((request) => lineOf(request, stored, now)),
    uncovered: { events, captures, since },
    covered,
    suggested: waiting !== null && now - Date.parse(waiting) >= waitingTime,
  };
}

function sizeOf({ subject }: StoredRequest): number {
  return subject.kind === 'checkpoint' ? subject.size : 0;
}

function coveredOf(stored: readonly StoredRequest[]): TimestampList['covered'] {
  let best: TimestampList['covered'] = null;
  for (const request of stored) {
    const size = sizeOf(request);
    if (request.token !== null && size > (best?.size ?? 0)) best = { size, genTime: request.token.genTime };
  }
  return best;
}

function lineOf(request: StoredRequest, all: readonly StoredRequest[], now: number): TimestampRequestLine {
  const { id, subject, digest, requestedAt, token } = request;
  if (token === null) return { id, subject, digest, requestedAt, token, renewal: null };
  const { answerFiles: _, ...shown } = token;
  const renewed = all.some(
    (other) => other.token !== null && other.subject.kind === 'renewal' && other.subject.token === token.id,
  );
  return {
    id,
    subject,
    digest,
    requestedAt,
    token: shown,
    renewal: renewed ? 'renewed' : agedBy(Date.parse(token.notAfter) - now),
  };
}

function agedBy(left: number): 'not-yet' | 'soon' | 'overdue' {
  if (left <= 0) return 'overdue';
  return left <= renewBefore ? 'soon' : 'not-yet';
}
