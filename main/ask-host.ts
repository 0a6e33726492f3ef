/** A call to the archive host whose refusal is an error. */
import type { HostChannel, HostInput, HostOutput } from '../contract/channels.ts';
import { fromFailure } from '../contract/errors.ts';
import type { CallOptions, HostClient } from './host-client.ts';

/** Errors: those of the host, as `HoldfastError`. */
export async function askHost<C extends HostChannel>(
  host: Pick<HostClient, 'call'>,
  channel: C,
  input: HostInput<C>,
  options: CallOptions = {},
): Promise<HostOutput<C>> {
  const result = await host.call(channel, input, options);
  if (!result.ok) throw fromFailure(result.error);
  return result.value;
}
