/** Reading many captures again, one after the other: what is wrong with one holds up no other. */
import { toFailure } from '../../contract/errors.ts';
import type { RereadReport } from '../../contract/model/reread.ts';
import { captureIds } from '../../db/capture.ts';
import type { Archive } from '../archive.ts';
import type { ImportOptions } from '../import/contents.ts';
import { requireCapture } from '../posts.ts';
import { isReadable } from './found.ts';
import { rereadCapture } from './reread.ts';

interface Reread {
  captures: RereadReport[];
  refused: { captureId: string; code: string; message: string }[];
  /** Captures that no site reader reads: pictures, bundles as a whole, files that were kept unread. */
  notRead: number;
}

/** `captures` 'all': every capture that a site reader reads. Stops after the one that is read when it is cancelled. */
export async function rereadMany(
  archive: Archive,
  captures: 'all' | readonly string[],
  keep: boolean,
  options: ImportOptions,
): Promise<Reread> {
  const done: Reread = { captures: [], refused: [], notRead: 0 };
  for (const captureId of captures === 'all' ? captureIds(archive.db) : new Set(captures)) {
    if (options.signal?.aborted) break;
    try {
      if (captures === 'all' && !isReadable(requireCapture(archive, captureId))) done.notRead += 1;
      else done.captures.push(await rereadCapture(archive, { captureId, keep, digest: null }, options));
    } catch (error) {
      const { code, message } = toFailure(error);
      done.refused.push({ captureId, code, message });
    }
  }
  return done;
}
