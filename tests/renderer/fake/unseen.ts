/** Batches and a watch list of the fake: invented, but counted for real. */
import type { PushChannel, PushMessage } from '../../../contract/channels.ts';
import type { Result } from '../../../contract/errors.ts';
import type { Batch, BatchItem, BatchState } from '../../../contract/model/batch.ts';
import type { ToldCheck, Watch, WatchCheck, WatchOutcome } from '../../../contract/model/watch.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { captureSpace, idOf, indexOf, postSpace } from './ids.ts';
import { claimed, type FakeDesk } from './review.ts';

const batchSpace = 91;
const watchSpace = 92;
const dana = claimed('Dana Invented');
const states: readonly BatchState[] = [
  'complete',
  'incomplete',
  'failed',
  'interrupted',
  'waiting',
  'waiting',
];

interface FakeBatch {
  id: string;
  name: string | null;
  ended: boolean;
  items: BatchItem[];
}

function itemOf(url: string, n: number, state: BatchState): BatchItem {
  const done = state !== 'waiting';
  return { n, url, state, captureId: done ? idOf(captureSpace, n) : null, tries: done ? 1 : 0 };
}

function describe({ id, name, ended, items }: FakeBatch): Batch {
  const counts = { waiting: 0, interrupted: 0, complete: 0, incomplete: 0, failed: 0 };
  for (const { state } of items) counts[state] += 1;
  return {
    id,
    name,
    startedAt: '2026-01-05T08:00:00.000Z',
    startedBy: dana,
    ended,
    addresses: items.length,
    counts,
  };
}

const up: WatchOutcome = {
  kind: 'up',
  status: 200,
  who: null,
  words: null,
  measures: [],
  post: idOf(postSpace, 1),
  comparedWith: idOf(postSpace, 0),
};
const notReachable: WatchOutcome = {
  ...up,
  kind: 'not-reachable',
  who: 'platform-says',
  words: 'A post is not shown (20): This Post is from a suspended account.',
  post: null,
};

function checkOf(n: number, outcome: WatchOutcome, network: string | null = null): WatchCheck {
  return {
    captureId: idOf(captureSpace, n),
    at: `2026-01-05T${String(10 + n).padStart(2, '0')}:00:00.000Z`,
    dueAt: n === 2 ? '2026-01-05T09:00:00.000Z' : null,
    missed: n === 2 ? 2 : 0,
    outcome,
    vantage: { persona: null, network, signedIn: false },
  };
}

const stories: readonly WatchCheck[][] = [
  [
    checkOf(3, { ...up, measures: [{ kind: 'label', text: 'Community note: readers added context' }] }),
    checkOf(2, { ...up, kind: 'edited' }),
    checkOf(1, up),
  ],
  [checkOf(3, notReachable, 'VPN, Germany'), checkOf(2, notReachable, 'office, France'), checkOf(1, up)],
  [
    checkOf(1, {
      ...up,
      kind: 'undetermined',
      status: 503,
      words: 'The server did not give the page: it answered 503.',
    }),
  ],
  [],
];

function watchOf(index: number, url: string, postId: string | null): Watch {
  const checks = stories[index] ?? [];
  const [last = null, before] = checks;
  return {
    id: idOf(watchSpace, index),
    url,
    postId,
    handle: postId === null ? null : 'invented_account',
    persona: null,
    schedule: {
      everyMinutes: 360,
      jitterMinutes: 30,
      hours: index === 1 ? { from: 8, to: 20, timeZone: 'Europe/Berlin' } : null,
    },
    state: index === 2 ? 'paused' : 'active',
    addedAt: '2026-01-04T10:00:00.000Z',
    addedBy: dana,
    nextAt: index === 2 ? null : '2026-01-06T16:12:00.000Z',
    overdue: index === 1 ? 3 : 0,
    checks: checks.length,
    missed: checks.reduce((sum, { missed }) => sum + missed, 0),
    lastCheck: last,
    since: before?.at ?? last?.at ?? null,
    gone: index === 1 && before !== undefined && last !== null ? { first: before, second: last } : null,
  };
}

type Unseen = Pick<
  HoldfastWindow,
  | 'listBatches'
  | 'openBatch'
  | 'listBatchItems'
  | 'endBatch'
  | 'runBatch'
  | 'addWatch'
  | 'setWatch'
  | 'listWatches'
  | 'getWatch'
  | 'watchesOfPost'
  | 'toldChecks'
  | 'diffCheck'
  | 'runWatch'
>;

interface Lent extends FakeDesk {
  push<C extends PushChannel>(channel: C, message: PushMessage<C>): void;
  long<T>(callId: number | undefined, step: string, work: () => Result<T>): Promise<Result<T>>;
}

/** What a colleague's bundle told. */
const told: ToldCheck[] = (['not-reachable', 'up'] as const).map((kind, n) => ({
  ...{ at: `2026-01-0${5 - n}T08:00:00.000Z`, by: 'Bo Other-Desk', bundle: idOf(90, 1) },
  check: {
    ...{ capture: idOf(91, n), url: 'https://social.example/harbour/status/1', post: null, read: null },
    ...{ comparedWith: null, platform: null, platformId: null, kind, status: n === 0 ? 451 : 200 },
    ...{ who: n === 0 ? ('platform-says' as const) : null, measures: [], confirms: null },
    words: n === 0 ? 'The server answered 451: unavailable for legal reasons.' : null,
    vantage: { session: 'fresh' as const, network: n === 0 ? 'VPN, Germany' : null, signedIn: false },
  },
}));

export function makeFakeUnseen({ answer, withArchive, fail, push, long }: Lent, isEmpty: boolean): Unseen {
  const urls = states.map(
    (_, n) => `https://social.example/invented/status/${1_000_000_000 + n}?of=a-long-list`,
  );
  const batches: FakeBatch[] = isEmpty
    ? []
    : [
        {
          id: idOf(batchSpace, 0),
          name: 'january.txt',
          ended: false,
          items: states.map((state, n) => itemOf(urls[n] ?? '', n, state)),
        },
      ];
  const watches: Watch[] = isEmpty
    ? []
    : stories.map((_, n) =>
        watchOf(n, `https://social.example/invented/status/${n}`, n === 3 ? null : idOf(postSpace, n)),
      );
  const find = <T>(batchId: string, act: (batch: FakeBatch) => T): Result<T> => {
    const batch = batches.find(({ id }) => id === batchId);
    return batch === undefined
      ? fail('batch-not-found', 'There is no such batch.')
      : { ok: true, value: act(batch) };
  };
  const findWatch = (watchId: string, change: Partial<Watch>): Result<Watch> => {
    const at = watches.findIndex(({ id }) => id === watchId);
    const watch = watches[at];
    if (watch === undefined) return fail('watch-not-found', 'This is not on the watch list.');
    watches[at] = { ...watch, ...change };
    return { ok: true, value: { ...watch, ...change } };
  };
  return {
    listBatches: (input) =>
      answer('listBatches', input, () =>
        withArchive(() => ({ ok: true, value: { batches: batches.map(describe) } })),
      ),
    openBatch: (input) =>
      answer('openBatch', input, () => {
        const { which } = input;
        if (which.kind !== 'list') return fail('nothing-to-do', 'Nothing is left.');
        const items = which.addresses.map((url, n) => itemOf(url, n, 'waiting'));
        const batch = { id: idOf(batchSpace, batches.length), name: which.name, ended: false, items };
        batches.unshift(batch);
        return { ok: true, value: { batch: describe(batch), todo: items } };
      }),
    listBatchItems: ({ batchId, offset, limit }) =>
      answer('listBatchItems', { batchId, offset, limit }, () =>
        find(batchId, ({ items }) => ({ total: items.length, items: items.slice(offset, offset + limit) })),
      ),
    endBatch: (input) =>
      answer('endBatch', input, () =>
        find(input.batchId, (batch) => {
          batch.ended = true;
          return describe(batch);
        }),
      ),
    runBatch: (input, callId) =>
      answer('runBatch', input, async () => {
        const { batchId } = input;
        const batch = batches.find(({ id }) => id === batchId);
        const left = (batch?.items ?? []).filter(
          ({ state }) => state === 'waiting' || state === 'interrupted',
        );
        push('batch', { batchId, running: left.slice(0, 2).map(({ n }) => n), waiting: [] });
        const result = await long(callId, 'capturing', () =>
          find(batchId, (found) => {
            found.items = found.items.map((item) =>
              left.includes(item) ? itemOf(item.url, item.n, 'complete') : item,
            );
            return { batch: describe(found), stopped: null };
          }),
        );
        push('batch', { batchId: null, running: [], waiting: [] });
        push('changed', { what: 'posts' });
        return result;
      }),
    addWatch: (input) =>
      answer('addWatch', input, () => {
        const watch = {
          ...watchOf(watches.length, input.url ?? 'https://social.example/invented/status/1', input.postId),
          schedule: input.schedule,
          persona: input.persona ?? null,
        };
        watches.push(watch);
        return { ok: true, value: watch };
      }),
    setWatch: (input) =>
      answer('setWatch', input, () =>
        findWatch(input.watchId, {
          state: input.state,
          nextAt: input.state === 'active' ? '2026-01-06T16:12:00.000Z' : null,
          overdue: 0,
        }),
      ),
    listWatches: ({ offset, limit }) =>
      answer('listWatches', { offset, limit }, () =>
        withArchive(() => ({
          ok: true,
          value: { total: watches.length, watches: watches.slice(offset, offset + limit) },
        })),
      ),
    getWatch: (input) =>
      answer('getWatch', input, () => {
        const found = findWatch(input.watchId, {});
        if (!found.ok) return found;
        return { ok: true, value: { watch: found.value, checks: stories[indexOf(input.watchId)] ?? [] } };
      }),
    watchesOfPost: (input) =>
      answer('watchesOfPost', input, () => ({
        ok: true,
        value: { watches: watches.filter(({ postId }) => postId === input.postId) },
      })),
    toldChecks: (input) =>
      answer('toldChecks', input, () => ({
        ok: true,
        value:
          isEmpty || input.postId !== null ? { total: 0, checks: [] } : { total: told.length, checks: told },
      })),
    diffCheck: (input) =>
      answer('diffCheck', input, () => ({
        ok: true,
        value: {
          changes: [
            { op: 'same', text: 'The square was' },
            { op: 'removed', text: ' empty' },
            { op: 'added', text: ' never empty' },
            { op: 'same', text: ' that day.' },
          ],
        },
      })),
    runWatch: (input, callId) =>
      answer('runWatch', input, async () => {
        push('watch', { running: [input.watchId], waiting: [] });
        const result = await long(callId, 'capturing', () => findWatch(input.watchId, {}));
        push('watch', { running: [], waiting: [] });
        return result;
      }),
  };
}
