/** Batches of addresses: begun, gone on with, and looked at. What each capture of one came to is noted at its sealing. */
import type { z } from 'zod';
import { webAddress } from '../../contract/address-list.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { Batch, BatchItem, BatchOutcome, batchOrderSchema } from '../../contract/model/batch.ts';
import type { CaptureVerdict, Reason } from '../../contract/model/verdict.ts';
import { getBatch, hasBatchItem, listBatchItems, listBatches as storedBatches } from '../../db/batch.ts';
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';

/** Errors: `batch-not-found`. */
export function requireBatch(archive: Archive, batchId: string): Batch {
  const batch = getBatch(archive.db, batchId);
  if (batch !== null) return batch;
  throw new HoldfastError(
    'batch-not-found',
    `There is no batch ${batchId} in this archive. 'holdfast batch list' shows them.`,
  );
}

/** Newest first. */
export function listBatches(archive: Archive): Batch[] {
  return storedBatches(archive.db);
}

/** A page of its addresses, in the order of the list. Errors: `batch-not-found`. */
export function batchItems(
  archive: Archive,
  batchId: string,
  offset: number,
  limit: number,
): { total: number; items: BatchItem[] } {
  const { addresses } = requireBatch(archive, batchId);
  return { total: addresses, items: listBatchItems(archive.db, batchId, offset, limit) };
}

/** Whether a batch has something left that nobody has called off. */
function isOpen({ ended, counts }: Batch): boolean {
  return !ended && (counts.waiting ?? 0) + (counts.interrupted ?? 0) > 0;
}

type Order = z.output<typeof batchOrderSchema>;

function findOpen(archive: Archive, addresses: readonly string[]): Batch | undefined {
  return listBatches(archive).find(
    (batch) =>
      batch.addresses === addresses.length &&
      isOpen(batch) &&
      listBatchItems(archive.db, batch.id, 0, addresses.length).every(({ url }, n) => url === addresses[n]),
  );
}

function start(archive: Archive, name: string | null, addresses: readonly string[]): Batch {
  for (const address of addresses) {
    const checked = webAddress(address);
    if ('message' in checked) throw new HoldfastError('bad-input', checked.message);
  }
  const batch = newId();
  inTransaction(archive.db, () =>
    recordEvent(archive, 'batch.started', {
      batch,
      name: name?.trim().toWellFormed() || null,
      addresses: [...addresses],
    }),
  );
  return requireBatch(archive, batch);
}

function choose(archive: Archive, { which, retryFailed }: Order): Batch {
  if (which.kind === 'list') {
    const open = which.anew ? undefined : findOpen(archive, which.addresses);
    return open ?? start(archive, which.name, which.addresses);
  }
  if (which.batchId !== null) return requireBatch(archive, which.batchId);
  const found = listBatches(archive).find(
    (batch) => isOpen(batch) || (retryFailed && !batch.ended && (batch.counts.failed ?? 0) > 0),
  );
  if (found !== undefined) return found;
  throw new HoldfastError(
    'nothing-to-do',
    'No batch of this archive has anything left to capture. Name a list of addresses to begin one.',
  );
}

/**
 * The batch that the order means, begun where it is new, and what of it is to be captured now: what was never captured,
 * what was interrupted, and with `retryFailed` what failed. Errors: `batch-not-found`, `nothing-to-do` where there is
 * none, `bad-input` for what is no address of the web, `not-allowed` for a batch that was ended.
 */
export function openBatch(archive: Archive, order: Order): { batch: Batch; todo: BatchItem[] } {
  const batch = choose(archive, order);
  if (batch.ended) {
    throw new HoldfastError(
      'not-allowed',
      `The batch ${batch.id} was ended. Begin a new one with what is left.`,
    );
  }
  const wanted = new Set<BatchItem['state']>(['waiting', 'interrupted']);
  if (order.retryFailed) wanted.add('failed');
  const items = listBatchItems(archive.db, batch.id, 0, batch.addresses);
  return { batch, todo: items.filter(({ state }) => wanted.has(state)) };
}

/** Says that what is left of it is not to be captured; once is enough. Errors: `batch-not-found`. */
export function endBatch(archive: Archive, batchId: string): Batch {
  if (!requireBatch(archive, batchId).ended)
    inTransaction(archive.db, () => recordEvent(archive, 'batch.ended', { batch: batchId }));
  return requireBatch(archive, batchId);
}

/** Errors: `batch-not-found` where a recording says that it is for an address that no batch has. */
export function requireBatchItem(archive: Archive, batchId: string, n: number): void {
  requireBatch(archive, batchId);
  if (hasBatchItem(archive.db, batchId, n)) return;
  throw new HoldfastError('batch-not-found', `The batch ${batchId} has no address ${n}.`);
}

/** What a capture means for its batch: one that was stopped or broke off is to be made again. */
export function batchOutcome(judged: { verdict: CaptureVerdict; reasons: readonly Reason[] }): BatchOutcome {
  const brokeOff = judged.reasons.some(({ code }) => code === 'interrupted' || code === 'stopped-by-user');
  return brokeOff ? 'interrupted' : judged.verdict;
}
