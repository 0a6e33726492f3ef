/** Batches and the watch list as main sees them: the archive behind its host, and pages that nobody sees. */
import type { BatchDesk, RecordFor, WatchDesk } from '../../capture/batch/work.ts';
import type { HostChannel, HostInput, HostOutput } from '../../contract/channels.ts';
import { fromFailure } from '../../contract/errors.ts';
import type { RecordPage } from '../capture-view/capture-view.ts';
import type { HostClient } from '../host-client.ts';
import { recordUnseen, type UnseenOrder } from './record-unseen.ts';

/** Errors of every call: those of the host. */
export function hostDesk(host: Pick<HostClient, 'call'>): BatchDesk & WatchDesk {
  const ask = async <C extends HostChannel>(channel: C, input: HostInput<C>): Promise<HostOutput<C>> => {
    const result = await host.call(channel, input);
    if (!result.ok) throw fromFailure(result.error);
    return result.value;
  };
  return {
    openBatch: (order) => ask('batch.open', order),
    getBatch: (batchId) => ask('batch.get', { batchId }),
    dueWatches: async () => (await ask('watch.due', {})).watches,
    getWatch: async (watchId) => (await ask('watch.get', { watchId, limit: 1 })).watch,
  };
}

/** Records each address in a page and a session of its own; under the persona of a watch where that has one. */
export function unseenRecorder(
  host: Pick<HostClient, 'call'>,
  record: RecordPage,
  how: Pick<UnseenOrder, 'circumstances' | 'autopilot'>,
): RecordFor {
  return (url, purpose, signal, persona) => {
    const circumstances = persona == null ? how.circumstances : { ...how.circumstances, persona };
    return recordUnseen(host, record, { ...how, circumstances, url, purpose, signal });
  };
}
