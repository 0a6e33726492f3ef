/** Batches and the watch list as main sees them: the archive behind its host, and pages that nobody sees. */
import type { BatchDesk, RecordFor, WatchDesk } from '../../capture/batch/work.ts';
import { askHost } from '../ask-host.ts';
import type { RecordPage } from '../capture-view/capture-view.ts';
import type { HostClient } from '../host-client.ts';
import { recordUnseen, type UnseenOrder } from './record-unseen.ts';

/** Errors of every call: those of the host. */
export function hostDesk(host: Pick<HostClient, 'call'>): BatchDesk & WatchDesk {
  return {
    openBatch: (order) => askHost(host, 'batch.open', order),
    getBatch: (batchId) => askHost(host, 'batch.get', { batchId }),
    dueWatches: async () => (await askHost(host, 'watch.due', {})).watches,
    takeTurn: (persona) => askHost(host, 'personaTurn.take', { persona, byHand: false }),
    getWatch: async (watchId) => (await askHost(host, 'watch.get', { watchId, limit: 1 })).watch,
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
