/** The archive host's answers about batches. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { batchItems, endBatch, listBatches, openBatch, requireBatch } from './batch.ts';

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function batchHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, Extract<keyof HostHandlers, `batch.${string}`>> {
  return {
    'batch.open': async (order) => openBatch(writable(), order),
    'batch.list': async () => ({ batches: listBatches(open()) }),
    'batch.get': async ({ batchId }) => requireBatch(open(), batchId),
    'batch.items': async ({ batchId, offset, limit }) => batchItems(open(), batchId, offset, limit),
    'batch.end': async ({ batchId }) => endBatch(writable(), batchId),
  };
}
