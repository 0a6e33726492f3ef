/** Recordings that a process left behind when it died: sealed as what they are, interrupted. */
import { abandonedRecordings } from '../../db/recording.ts';
import type { Archive } from '../archive.ts';
import { sealRecording } from './seal.ts';

/**
 * To be called once after opening. Gives back the captures that were sealed. One that cannot be sealed keeps its pieces,
 * is told as a warning of the process and tried again at the next opening: it must not keep the archive shut.
 */
export async function recoverRecordings(archive: Archive): Promise<string[]> {
  const sealed: string[] = [];
  for (const captureId of abandonedRecordings(archive.db, archive.holder)) {
    try {
      await sealRecording(archive, captureId, null);
      sealed.push(captureId);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.emitWarning(`The interrupted capture ${captureId} was not sealed; its pieces are kept: ${why}`);
    }
  }
  return sealed;
}
