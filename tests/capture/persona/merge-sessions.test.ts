import { expect, test } from 'vitest';
import { type KeptSession, keepSessionOf, mergeSessions } from '../../../capture/persona/merge-sessions.ts';
import type { SessionState } from '../../../contract/model/persona.ts';

const origin = 'https://x.test';
/** Cookies and items by their names. */
const session = (cookies: Record<string, string>, items: Record<string, string> = {}): SessionState => ({
  v: 1,
  cookies: Object.entries(cookies).map(([name, value]) => ({
    ...{ name, value, domain: 'x.test', path: '/', httpOnly: true, secure: true },
  })),
  storage: Object.keys(items).length === 0 ? [] : [{ origin, items: Object.entries(items) }],
});

test.each([
  ['a sign-in stays that a check knew nothing of', {}, {}, { sid: 'new' }, { sid: 'new' }],
  ['what the check got is kept beside it', {}, { seen: '1' }, { sid: 'new' }, { seen: '1', sid: 'new' }],
  ['a sign-out of the one is one of both', { sid: 'old' }, {}, { sid: 'old' }, {}],
  [
    'what was changed by hand is not taken back',
    { sid: 'old' },
    { sid: 'check' },
    { sid: 'hand' },
    { sid: 'hand' },
  ],
  [
    'what the check renewed is renewed',
    { sid: 'old' },
    { sid: 'renewed' },
    { sid: 'old' },
    { sid: 'renewed' },
  ],
])('%s', (_, begun, left, kept, expected) => {
  const merge = (make: (all: Record<string, string>) => SessionState) =>
    mergeSessions(make(begun), make(left), make(kept), false);
  const sorted = (pairs: [string, string][]) => pairs.sort(([a], [b]) => a.localeCompare(b));
  const cookies = merge((all) => session(all)).cookies;
  expect(sorted(cookies.map(({ name, value }) => [name, value]))).toEqual(Object.entries(expected));
  const [storage] = merge((all) => session({}, all)).storage;
  expect(sorted(storage?.items ?? [])).toEqual(Object.entries(expected));
});

test('a person counts more than what changed the same thing beside', () => {
  const [old, mine, theirs] = ['old', 'mine', 'theirs'].map((sid) => session({ sid }));
  if (old === undefined || mine === undefined || theirs === undefined) throw new Error('none');
  expect(mergeSessions(old, mine, theirs, true)).toEqual(mine);
});

test('a check that ends after a sign-in keeps both, whatever came in between', async () => {
  const begun: KeptSession = { state: session({ sid: 'old' }), version: 1 };
  let kept: KeptSession = { state: session({ sid: 'new' }), version: 2 };
  let comesBetween = 1;
  const keeper = {
    open: async () => kept,
    keep: async (state: SessionState, version: number | null) => {
      if (comesBetween > 0 && version === 2) {
        comesBetween -= 1;
        kept = { state: session({ sid: 'new', third: '3' }), version: 3 };
      }
      if (version !== kept.version) return 'newer' as const;
      kept = { state, version: (version ?? 0) + 1 };
      return 'kept' as const;
    },
  };

  await keepSessionOf(keeper, begun, session({ sid: 'old', seen: '1' }), false);

  const values = Object.fromEntries(kept.state.cookies.map(({ name, value }) => [name, value]));
  expect(values).toEqual({ sid: 'new', third: '3', seen: '1' });
});
