/** Where the recorder in main puts what it records: the archive, behind the port of its host. */
import type { Progress } from '../../contract/model/common.ts';
import type { CaptureSink } from '../../contract/model/recording.ts';
import { askHost } from '../ask-host.ts';
import type { HostClient } from '../host-client.ts';

/**
 * A sink that resolves when the host has acknowledged, and rejects with the host's `HoldfastError`.
 * `onProgress` hears of the sealing, which is the long part at the end, and `onBegun` of the capture's id. Nothing here is cancelled by a stop: what was
 * received until then is still to be kept and sealed.
 */
export function hostSink(
  host: Pick<HostClient, 'call'>,
  onProgress: (progress: Progress) => void,
  onBegun: (captureId: string) => void = () => undefined,
): CaptureSink {
  return {
    async begin(begin) {
      const begun = await askHost(host, 'recording.begin', begin);
      onBegun(begun.captureId);
      return begun;
    },
    async exchange(captureId, exchange, body) {
      await askHost(host, 'recording.exchange', { captureId, exchange }, { bytesIn: body });
    },
    async secrets(captureId, secrets) {
      await askHost(host, 'recording.secrets', { captureId, secrets: [...secrets] });
    },
    async exchangeEnd(captureId, end) {
      await askHost(host, 'recording.exchangeEnd', { captureId, end });
    },
    async artifact(artifact, bytes) {
      await askHost(host, 'recording.artifact', artifact, { bytesIn: bytes });
    },
    finish: (end) => askHost(host, 'recording.finish', end, { onProgress }),
  };
}
