/** Holds, dates and purges of the fake: invented, and kept while the window runs. */
import type { PushChannel, PushMessage } from '../../../contract/channels.ts';
import type { Result } from '../../../contract/errors.ts';
import type { Held, PurgeLine, PurgePlan, Retained } from '../../../contract/model/purge.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { captureSpace, hashOf, idOf, indexOf } from './ids.ts';
import { claimed, type FakeDesk } from './review.ts';

const dana = claimed('Dana Invented');
const at = '2026-01-05T08:00:00.000Z';

type Faked = Pick<
  HoldfastWindow,
  'planPurge' | 'purgeCapture' | 'listKeeping' | 'holdCapture' | 'liftHold' | 'retainCapture' | 'purgeView'
>;

interface Lent extends FakeDesk {
  push<C extends PushChannel>(channel: C, message: PushMessage<C>): void;
  long<T>(callId: number | undefined, step: string, work: () => Result<T>): Promise<Result<T>>;
  /** Closes the capture view, and says where it was. */
  closeView(): string;
}

const nothing = {
  captures: 1,
  readings: 1,
  posts: 2,
  tags: 1,
  reviews: 1,
  others: 1,
  artifacts: 4,
  bytes: 81_920,
};

function planOf(captureId: string, held: Held | undefined, retained: Retained | undefined): PurgePlan {
  return {
    captureId,
    along: [{ captureId: idOf(captureSpace, 900), sourceName: 'from-the-other-desk.zip' }],
    destroyed: nothing,
    stays: { artifacts: 1, reports: 1, addresses: 2, versions: 0, exhibits: 1 },
    alsoIn: [{ captureId: idOf(captureSpace, 901), sourceName: 'the-same-thread.mhtml', receivedAt: at }],
    watches: 1,
    bundles: [{ bundleId: idOf(94, 1), at, sha256: hashOf('bundle'), size: 12_345 }],
    backups: [{ at, sha256: hashOf('backup'), size: 123_456 }],
    hold: held ?? null,
    retention: retained ?? null,
  };
}

export function makeFakeKeeping(
  { answer, withArchive, fail, push, long, closeView }: Lent,
  isEmpty: boolean,
): Faked {
  const held: Held[] = [];
  const retained: Retained[] = isEmpty
    ? []
    : [
        {
          captureId: idOf(captureSpace, 1),
          until: '2026-01-01',
          because: 'Two years, says the plan.',
          at,
          by: dana,
        },
      ];
  const purged: PurgeLine[] = isEmpty
    ? []
    : [
        {
          captureId: idOf(captureSpace, 950),
          leaf: 4711,
          cause: 'purged',
          because: 'به دستور دادگاه پاک شد',
          authority: 'District court of Ferry, 3 O 7/26',
          address: 'https://social.example/invented/status/950',
          startedAt: at,
          at,
          by: dana,
          destroyed: nothing,
        },
      ];
  const of = <T extends { captureId: string }>(list: readonly T[], captureId: string): T | undefined =>
    list.find((each) => each.captureId === captureId);
  const take = <T extends { captureId: string }>(list: T[], captureId: string): void => {
    const found = list.findIndex((each) => each.captureId === captureId);
    if (found >= 0) list.splice(found, 1);
  };
  return {
    planPurge: (input) =>
      answer('planPurge', input, () =>
        withArchive(() => ({
          ok: true,
          value: planOf(input.captureId, of(held, input.captureId), of(retained, input.captureId)),
        })),
      ),
    purgeCapture: (input, callId) =>
      answer('purgeCapture', input, () =>
        long(callId, 'Clearing traces', () => {
          const { captureId, because, authority } = input;
          const plan = planOf(captureId, undefined, undefined);
          const line = {
            captureId,
            leaf: 5000,
            cause: 'purged' as const,
            because,
            authority,
            address: null,
            startedAt: null,
          };
          purged.unshift({ ...line, at, by: dana, destroyed: nothing });
          return {
            ok: true,
            value: {
              ...plan,
              leaf: 5000,
              events: [4, 5, indexOf(captureId)],
              cleaned: true,
              notCleaned: null,
            },
          };
        }),
      ),
    listKeeping: (input) =>
      answer('listKeeping', input, () =>
        withArchive(() => ({
          ok: true,
          value: { held, retained, due: retained.filter(({ until }) => until < '2026-01-05'), purged },
        })),
      ),
    holdCapture: (input) =>
      answer('holdCapture', input, () => {
        const set: Held = { ...input, at, by: dana };
        held.unshift(set);
        return { ok: true, value: set };
      }),
    liftHold: (input) =>
      answer('liftHold', input, () => {
        take(held, input.captureId);
        return { ok: true, value: {} };
      }),
    retainCapture: (input) =>
      answer('retainCapture', input, () => {
        const { captureId, until, because } = input;
        take(retained, captureId);
        if (until === null) return { ok: true, value: null };
        const set: Retained = { captureId, until, because, at, by: dana };
        retained.push(set);
        return { ok: true, value: set };
      }),
    purgeView: (input) =>
      answer('purgeView', input, () => {
        const address = closeView();
        if (address === '') return fail('not-allowed', 'The capture view is not open.');
        const line: PurgeLine = {
          captureId: idOf(captureSpace, 960),
          leaf: 5001,
          cause: 'stopped',
          because: 'Stopped and purged in the capture view, at the key for it.',
          authority: null,
          address,
          startedAt: at,
          at,
          by: dana,
          destroyed: nothing,
        };
        purged.unshift(line);
        push('viewPurged', { line, failure: null });
        return { ok: true, value: line };
      }),
  };
}
