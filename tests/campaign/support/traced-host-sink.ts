/** Takes the place of main's way to the archive host in a campaign. */
import type { Progress } from '../../../contract/model/common.ts';
import type { CaptureSink } from '../../../contract/model/recording.ts';
import * as real from '../../../main/capture-view/host-sink.ts';
import type { HostClient } from '../../../main/host-client.ts';
import { traced } from './acknowledged.ts';

export function hostSink(
  host: Pick<HostClient, 'call'>,
  onProgress: (progress: Progress) => void,
): CaptureSink {
  return traced(real.hostSink(host, onProgress));
}
