/** The engine of batches, with captures that do what they are told. */
import { expect, test } from 'vitest';
import { runBatch, type TaskOutcome } from '../../capture/batch/run-batch.ts';
import { waitForTurn } from '../../capture/persona/pace.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { CaptureResult } from '../../contract/model/recording.ts';

const result = (url: string): CaptureResult => ({
  id: '01890000-0000-7000-8000-000000000000',
  url,
  finalUrl: url,
  verdict: 'complete',
  reasons: [],
  posts: [],
  exchanges: 1,
  bytes: 1,
});
const tasks = (...urls: string[]) => urls.map((url, n) => ({ n, url }));
const said = (outcomes: TaskOutcome[]) =>
  outcomes.map((outcome) => [outcome.task.url, 'failure' in outcome ? outcome.failure.code : 'captured']);

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('so many at a time, and never more', async () => {
  let now = 0;
  let most = 0;
  const outcomes: TaskOutcome[] = [];
  const both = gate();
  await runBatch({
    tasks: tasks('a', 'b', 'c', 'd', 'e'),
    pace: { jobs: 2, limit: 60 },
    signal: new AbortController().signal,
    capture: async ({ url }) => {
      now += 1;
      most = Math.max(most, now);
      if (now === 2) both.open();
      await both.opened;
      now -= 1;
      return result(url);
    },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect(most).toBe(2);
  expect(said(outcomes).map(([url]) => url)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a browser that crashes is the matter of its address; a disk that is full ends the batch', async () => {
  const outcomes: TaskOutcome[] = [];
  const failing: Record<string, Error> = {
    b: new Error('the browser is gone'),
    d: new HoldfastError('disk-full', 'The disk is full.'),
  };
  const stopped = await runBatch({
    tasks: tasks('a', 'b', 'c', 'd', 'e'),
    pace: { jobs: 1, limit: 60 },
    signal: new AbortController().signal,
    capture: async ({ url }) => {
      const error = failing[url];
      if (error !== undefined) throw error;
      return result(url);
    },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect(stopped?.code).toBe('disk-full');
  expect(said(outcomes)).toEqual([
    ['a', 'captured'],
    ['b', 'internal'],
    ['c', 'captured'],
    ['d', 'disk-full'],
  ]);
});

test('stopping reaches what is under way and begins nothing more', async () => {
  const stop = new AbortController();
  const outcomes: TaskOutcome[] = [];
  await runBatch({
    tasks: tasks('a', 'b', 'c'),
    pace: { jobs: 2, limit: 60 },
    signal: stop.signal,
    capture: async ({ url, n }, signal) => {
      const stopped = new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      if (n === 1) stop.abort();
      await stopped;
      return result(url);
    },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect(said(outcomes)).toEqual([
    ['a', 'captured'],
    ['b', 'captured'],
  ]);
});

test('a capture that takes longer than it may is told that its time is over', async () => {
  const reasons: unknown[] = [];
  await runBatch({
    tasks: tasks('a'),
    pace: { jobs: 1, limit: 0.01 },
    signal: new AbortController().signal,
    capture: async ({ url }, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      reasons.push(signal.reason);
      return result(url);
    },
    onOutcome: () => undefined,
  });
  expect(reasons).toEqual([expect.objectContaining({ name: 'TimeoutError' })]);
});

test('who waits for a turn spends no time of its capture; stopped then, the address stays to be done', async () => {
  const outcomes: TaskOutcome[] = [];
  const stop = new AbortController();
  const waited: (string | null)[] = [];
  const at = '2026-03-04T09:00:00.000Z';
  const turns = [20, 60_000].map((milliseconds) => ({ at, milliseconds }));
  const stopped = await runBatch({
    tasks: tasks('a', 'b', 'c'),
    pace: { jobs: 1, limit: 0.015 },
    signal: stop.signal,
    ready: () =>
      waitForTurn(
        { takeTurn: async () => turns.shift() ?? { at, milliseconds: 0 } },
        'Ann',
        stop.signal,
        (until) => {
          waited.push(until);
          if (turns.length === 0) stop.abort();
        },
      ),
    capture: async ({ url }, signal) => {
      expect(signal.aborted).toBe(false);
      return result(url);
    },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  expect([stopped, said(outcomes)]).toEqual([null, [['a', 'captured']]]);
  expect(waited).toEqual([at, null, at, null]);
});
