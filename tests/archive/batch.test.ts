/** Batches in the archive: begun once, gone on with, noted with each capture. */
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Archive } from '../../archive/archive.ts';
import { batchItems, endBatch, listBatches, openBatch } from '../../archive/batch/batch.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import { type BatchOrder, batchOrderSchema } from '../../contract/model/batch.ts';
import type { Reason } from '../../contract/model/verdict.ts';
import { checkArchive, checkLog, makeArchive, passphrase, postPage } from '../support/archive.ts';
import { begin, finishOf, play, startOf } from '../support/recording.ts';

const addresses = ['https://social.example/1', 'https://social.example/2', 'https://social.example/3'];

function order(change: Partial<z.output<typeof batchOrderSchema>> = {}, list = addresses) {
  const which: BatchOrder['which'] = { kind: 'list', name: 'list.txt', addresses: list, anew: false };
  return batchOrderSchema.parse({ which, retryFailed: false, ...change });
}
const resume = (batchId: string | null = null) => order({ which: { kind: 'batch', batchId } });

async function capture(
  archive: Archive,
  batch: string,
  n: number,
  change: { status?: number; reasons?: Reason[] } = {},
) {
  const sink = withPurpose(recordingSink(archive), { kind: 'batch', batch, n });
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0, { status: change.status ?? 200 }), postPage(`words ${n}`));
  return sink.finish(finishOf(captureId, { reasons: change.reasons ?? [] }));
}

const stopped: Reason = { code: 'stopped-by-user', message: 'The capture was stopped before it was done.' };
const states = (archive: Archive, batch: string) =>
  batchItems(archive, batch, 0, 100).items.map(({ state, tries }) => [state, tries]);

test('what each capture came to is noted with it, and only the rest is to do', async () => {
  const archive = await makeArchive();
  const { batch, todo } = openBatch(archive, order());
  expect(todo.map(({ url }) => url)).toEqual(addresses);

  const done = await capture(archive, batch.id, 0);
  await capture(archive, batch.id, 1, { reasons: [stopped] });

  expect(states(archive, batch.id)).toEqual([
    ['complete', 1],
    ['interrupted', 1],
    ['waiting', 0],
  ]);
  expect(batchItems(archive, batch.id, 0, 1).items[0]?.captureId).toBe(done.id);
  // The same list, and 'go on', mean the same batch.
  for (const again of [
    openBatch(archive, order()),
    openBatch(archive, resume()),
    openBatch(archive, resume(batch.id)),
  ]) {
    expect(again.batch.id).toBe(batch.id);
    expect(again.todo.map(({ n }) => n)).toEqual([1, 2]);
  }
  expect(openBatch(archive, order({}, [...addresses].reverse())).batch.id).not.toBe(batch.id);
  expect(rebuild(archive).differences).toEqual([]);
  await checkLog(archive);
  checkArchive(archive);
});

test('a list that was done is captured again by a new batch; what failed is tried again when asked', async () => {
  const archive = await makeArchive();
  const first = openBatch(archive, order()).batch.id;
  await capture(archive, first, 0);
  await capture(archive, first, 1, { status: 404 });
  await capture(archive, first, 2, { reasons: [{ code: 'media-missing', message: 'one' }] });

  expect(listBatches(archive)[0]?.counts).toEqual({
    waiting: 0,
    interrupted: 0,
    complete: 1,
    failed: 1,
    incomplete: 1,
  });
  expect(() => openBatch(archive, resume())).toThrow(/nothing|anything left/i);
  const retried = openBatch(archive, { ...resume(), retryFailed: true });
  expect(retried.todo.map(({ n, state }) => [n, state])).toEqual([[1, 'failed']]);
  await capture(archive, first, 1);
  expect(states(archive, first)[1]).toEqual(['complete', 2]);

  expect(openBatch(archive, order()).batch.id).not.toBe(first);
});

test('a batch goes on after the process was killed in the middle of a capture', async () => {
  const archive = await makeArchive();
  const { batch } = openBatch(archive, order());
  const sink = withPurpose(recordingSink(archive), { kind: 'batch', batch: batch.id, n: 1 });
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('half'));
  const { path } = archive;
  closeArchive(archive);

  const reopened = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  try {
    expect(states(reopened, batch.id)[1]).toEqual(['interrupted', 1]);
    expect(openBatch(reopened, order()).todo.map(({ n }) => n)).toEqual([0, 1, 2]);
    checkArchive(reopened);
  } finally {
    closeArchive(reopened);
  }
});

test('an ended batch stays as it is, and a capture for what no batch has is refused', async () => {
  const archive = await makeArchive();
  const { batch } = openBatch(archive, order());
  expect(endBatch(archive, batch.id)).toMatchObject({ ended: true });
  expect(endBatch(archive, batch.id)).toMatchObject({ ended: true });
  expect(() => openBatch(archive, resume(batch.id))).toThrow(/was ended/);
  expect(() => openBatch(archive, resume())).toThrow(/left to capture/);
  expect(openBatch(archive, order()).batch.id).not.toBe(batch.id);
  await expect(capture(archive, batch.id, 3)).rejects.toMatchObject({ code: 'batch-not-found' });
  await expect(capture(archive, '01890000-0000-7000-8000-000000000000', 0)).rejects.toMatchObject({
    code: 'batch-not-found',
  });
  expect(() => openBatch(archive, order({}, ['javascript:alert(1)']))).toThrow(/http/);
});
