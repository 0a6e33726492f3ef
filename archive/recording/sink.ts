/** Where a recorder's pieces go: into the archive as they come. Each answer means that it is there. */
import type { CaptureSink, Withheld } from '../../contract/model/recording.ts';
import { stageBlob } from '../../db/blob.ts';
import { fromSqlite } from '../../db/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import {
  insertExchange,
  insertKnownSecret,
  insertRecordedArtifact,
  insertRecording,
  insertWithheldSalt,
  setExchangeBody,
  setExchangeEnd,
} from '../../db/recording.ts';
import { fromHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { receiveBytes, stageBytes } from '../blobs.ts';
import { requirePurpose } from './purpose.ts';
import { requireRecording } from './recorded.ts';
import { sealRecording } from './seal.ts';

/** Errors of every call: `capture-not-found` for a recording that is not in progress, `disk-full`, `io-failed`. */
export function recordingSink(archive: Archive, options: { signal?: AbortSignal } = {}): CaptureSink {
  const { db } = archive;
  const write = (act: () => void): void => {
    try {
      inTransaction(db, act);
    } catch (error) {
      throw fromSqlite(error, archive.path);
    }
  };
  const keepSalts = (captureId: string, withheld: readonly Withheld[]): void => {
    for (const { commitment, salt } of withheld)
      insertWithheldSalt(db, captureId, fromHex(commitment), fromHex(salt));
  };
  return {
    begin: async (begin) => {
      requirePurpose(archive, begin.purpose);
      const captureId = newId();
      write(() =>
        insertRecording(db, { captureId, begin, sessionId: archive.sessionId, holder: archive.holder }),
      );
      return { captureId };
    },
    exchange: async (captureId, start, bytes) => {
      requireRecording(archive, captureId);
      let blobId = 0;
      write(() => {
        blobId = stageBlob(db, archive.holder);
        insertExchange(db, captureId, start, blobId);
        keepSalts(captureId, start.withheld);
      });
      const { size, sha256 } = await receiveBytes(archive, blobId, bytes, options);
      write(() => setExchangeBody(db, captureId, start.n, { size, sha256 }));
    },
    exchangeEnd: async (captureId, end) => {
      requireRecording(archive, captureId);
      write(() => {
        setExchangeEnd(db, captureId, end);
        keepSalts(captureId, end.withheld);
      });
    },
    secrets: async (captureId, secrets) => {
      requireRecording(archive, captureId);
      write(() => {
        for (const secret of secrets) insertKnownSecret(db, captureId, secret);
      });
    },
    artifact: async ({ captureId, role, mediaType, name }, bytes) => {
      requireRecording(archive, captureId);
      const { id: blobId, size, sha256 } = await stageBytes(archive, bytes, options);
      // An artifact of no bytes is none: the recorder's reasons say what is missing.
      write(() => insertRecordedArtifact(db, captureId, { role, mediaType, name, blobId, size, sha256 }));
    },
    finish: (end) => sealRecording(archive, end.captureId, end),
  };
}
