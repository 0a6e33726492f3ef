/** Recordings that a process left behind when it died: sealed as what they are, interrupted. */
import { abandonedRecordings } from '../../db/recording.ts';
import type { Archive } from '../archive.ts';
import { sealRecording } from './seal.ts';

/** To be called once after opening. Gives back the captures that were sealed. */
export async function recoverRecordings(archive: Archive): Promise<string[]> {
  const abandoned = abandonedRecordings(archive.db, archive.holder);
  for (const captureId of abandoned) await sealRecording(archive, captureId, null);
  return abandoned;
}
