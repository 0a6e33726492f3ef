/** Where the recorder in main puts what it records: the archive, behind the port of its host. */
import type { HostChannel, HostInput, HostOutput } from '../../contract/channels.ts';
import { fromFailure } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { CaptureSink } from '../../contract/model/recording.ts';
import type { CallOptions, HostClient } from '../host-client.ts';

/**
 * A sink that resolves when the host has acknowledged, and rejects with the host's `HoldfastError`.
 * `onProgress` hears of the sealing, which is the long part at the end. Nothing here is cancelled by a stop: what was
 * received until then is still to be kept and sealed.
 */
export function hostSink(
  host: Pick<HostClient, 'call'>,
  onProgress: (progress: Progress) => void,
): CaptureSink {
  async function call<C extends HostChannel>(
    channel: C,
    input: HostInput<C>,
    options: CallOptions = {},
  ): Promise<HostOutput<C>> {
    const result = await host.call(channel, input, options);
    if (!result.ok) throw fromFailure(result.error);
    return result.value;
  }
  return {
    begin: (begin) => call('recording.begin', begin),
    async exchange(captureId, exchange, body) {
      await call('recording.exchange', { captureId, exchange }, { bytesIn: body });
    },
    async secrets(captureId, secrets) {
      await call('recording.secrets', { captureId, secrets: [...secrets] });
    },
    async exchangeEnd(captureId, end) {
      await call('recording.exchangeEnd', { captureId, end });
    },
    async artifact(artifact, bytes) {
      await call('recording.artifact', artifact, { bytesIn: bytes });
    },
    finish: (end) => call('recording.finish', end, { onProgress }),
  };
}
