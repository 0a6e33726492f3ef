/** The second door of the fake: a browser with three tabs, which is open once it was opened. */
import type { PushChannel, PushMessage } from '../../../contract/channels.ts';
import type { Result } from '../../../contract/errors.ts';
import type { DoorState } from '../../../contract/model/door.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { idOf } from './ids.ts';
import type { FakeDesk } from './review.ts';

type Part = Pick<
  HoldfastWindow,
  'openDoor' | 'doorState' | 'closeDoor' | 'keepDoorTrail' | 'captureTab' | 'actOnTab'
>;

interface Lent extends Pick<FakeDesk, 'answer'> {
  push<C extends PushChannel>(channel: C, message: PushMessage<C>): void;
  long<T>(callId: number | undefined, step: string, work: () => Result<T>): Promise<Result<T>>;
}

const closed: DoorState = {
  ...{ open: false, profile: null, browser: null, persona: null, trail: 'off', tabs: [], capturing: null },
  ...{ autopilot: null, blocked: { total: 0, newest: [] } },
};
const tabs = [
  { id: 'A', title: 'A post of the harbour', url: 'https://social.example/harbour/status/1' },
  { id: 'B', title: '', url: 'https://social.example/a-very-long-address/of-a-page/without-a-title?of=1' },
  { id: 'C', title: '', url: 'about:blank' },
];

export function makeFakeDoor({ answer, push, long }: Lent): Part {
  let state = closed;
  const become = (next: Partial<DoorState>): Result<DoorState> => {
    state = { ...state, ...next };
    push('door', state);
    return { ok: true, value: state };
  };
  return {
    doorState: (input) => answer('doorState', input, () => ({ ok: true, value: state })),
    openDoor: (input) =>
      answer('openDoor', input, () => {
        const isOwn = input.profile.includes('google-chrome');
        if (isOwn) {
          const message = 'The folder is where a browser keeps its own. Choose a new or empty folder.';
          return { ok: false, error: { code: 'profile-not-separate', message, details: {} } };
        }
        return become({ open: true, profile: input.profile, browser: 'Chromium 156.0.0.0', tabs });
      }),
    closeDoor: (input) =>
      answer('closeDoor', input, () => {
        become(closed);
        return { ok: true, value: {} };
      }),
    keepDoorTrail: (input) =>
      answer('keepDoorTrail', input, () => become({ trail: input.on ? 'on' : 'paused' })),
    actOnTab: (input) => answer('actOnTab', input, () => become({})),
    captureTab: (input, callId) =>
      answer('captureTab', input, async () => {
        become({ capturing: input.tabId });
        const url = tabs.find(({ id }) => id === input.tabId)?.url ?? '';
        const result = await long(callId, 'receiving', () => ({
          ok: true,
          value: {
            ...{ id: idOf(1, 1), url, finalUrl: url, verdict: 'complete' as const, reasons: [] },
            ...{ posts: [idOf(2, 1)], exchanges: 40, bytes: 900_000 },
          },
        }));
        become({ capturing: null });
        return result;
      }),
  };
}
