/** Takes the place of the command line's way into the archive in a campaign. */
import type { Archive } from '../../../archive/archive.ts';
import * as real from '../../../archive/recording/sink.ts';
import type { CaptureSink } from '../../../contract/model/recording.ts';
import { traced } from './acknowledged.ts';

export function recordingSink(archive: Archive, options: { signal?: AbortSignal } = {}): CaptureSink {
  return traced(real.recordingSink(archive, options));
}
