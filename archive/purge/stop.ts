/** The key in the capture view: what was received is destroyed at once; address and time stay. */
import { HoldfastError } from '../../contract/errors.ts';
import type { PurgeLine, StopOrder } from '../../contract/model/purge.ts';
import { discardStaged, stagedBytes } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { destroyKept, forgetDigests, listPurges } from '../../db/purge.ts';
import { endRecording, getRecording } from '../../db/recording.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';

const because = 'Stopped and purged in the capture view, at the key for it.';

/**
 * Ends the recording `captureId` and destroys its pieces; null: nothing was being recorded, and only address and time are
 * noted. `cleanFile` has to follow. Errors: `not-allowed` for a capture that is sealed: it is purged like any other;
 * `disk-full`, `io-failed`.
 */
export function stopAndPurge(archive: Archive, { captureId, address }: StopOrder): PurgeLine {
  const { db } = archive;
  try {
    return inTransaction(db, () => {
      const begin = captureId === null ? null : getRecording(db, captureId);
      if (captureId !== null && begin === null) {
        throw new HoldfastError(
          'not-allowed',
          `The capture ${captureId} was sealed before it was stopped. It is among the captures; purge it there.`,
        );
      }
      const capture = captureId ?? newId();
      const pieces = new Set(captureId === null ? [] : endRecording(db, captureId));
      const bytes = [...pieces].reduce((sum, id) => sum + stagedBytes(db, id), 0);
      for (const id of pieces) discardStaged(db, id);
      forgetDigests(
        db,
        [address, begin?.url ?? null].filter((url) => url !== null),
      );
      const { seq } = recordEvent(archive, 'capture.purged', {
        capture,
        captures: [capture],
        elsewhere: [],
        cause: 'stopped',
        because,
        authority: null,
        address: begin?.url ?? address,
        startedAt: begin?.startedAt ?? archive.clock().toISOString(),
        events: [],
        watches: [],
        destroyed: {
          captures: captureId === null ? 0 : 1,
          readings: 0,
          posts: 0,
          tags: 0,
          reviews: 0,
          others: 0,
          artifacts: pieces.size,
          bytes,
        },
      });
      destroyKept(db, seq, { readings: [], blobs: [] });
      const [line] = listPurges(db, 1);
      if (line === undefined) throw new HoldfastError('internal', 'A purge that was recorded is not there.');
      return line;
    });
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}
