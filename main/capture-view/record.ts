/** Puts the recorder together: the view's debugger, the archive behind its host, the orders of the window. */
import { HoldfastError } from '../../contract/errors.ts';
import type { HostClient } from '../host-client.ts';
import type { RecordPage } from './capture-view.ts';
import { hostSink } from './host-sink.ts';

/** Records into the archive that `host` has open. */
export function recordInto(host: Pick<HostClient, 'call'>): RecordPage {
  return async ({ onProgress }) => {
    hostSink(host, onProgress);
    throw new HoldfastError('internal', 'The recorder is not here yet.');
  };
}
