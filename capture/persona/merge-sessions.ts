/**
 * Two browsers that wore a persona at the same time leave two sessions behind. Each keeps what it changed itself: what
 * was as it began with is taken from the other.
 */
import type { SessionState } from '../../contract/model/persona.ts';

/** `version`: which of the sessions that were ever kept this is; null: none is kept. */
export interface KeptSession {
  state: SessionState;
  version: number | null;
}

/** Where the sessions of one persona are kept. */
export interface SessionKeeper {
  /** What is kept now. */
  open(): Promise<KeptSession>;
  /** Puts `state` in the place of `version`; 'newer': another one stands there by now, and stays. */
  keep(state: SessionState, version: number | null): Promise<'kept' | 'newer' | 'not-kept'>;
}

/** Times that another session may come in between. */
const mostTries = 5;

/**
 * Keeps what a browser left behind that began with `begun`. `byHand`: a person looked at its pages, whose sign-in counts
 * more than what a check or a batch changed beside it. Errors: those of the keeper.
 */
export async function keepSessionOf(
  keeper: SessionKeeper,
  begun: KeptSession,
  left: SessionState,
  byHand: boolean,
): Promise<void> {
  let kept = begun;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const state = kept === begun ? left : mergeSessions(begun.state, left, kept.state, byHand);
    if ((await keeper.keep(state, kept.version)) !== 'newer') return;
    kept = await keeper.open();
  }
  throw new Error('others kept sessions of this persona at the same time, again and again');
}

/** `begun`: what both began with. Where both changed the same thing, `left` counts only with `leftWins`. */
export function mergeSessions(
  begun: SessionState,
  left: SessionState,
  kept: SessionState,
  leftWins: boolean,
): SessionState {
  const cookies = merged(cookiesOf(begun), cookiesOf(left), cookiesOf(kept), leftWins);
  const items = merged(itemsOf(begun), itemsOf(left), itemsOf(kept), leftWins);
  const storage = new Map<string, [string, string][]>();
  for (const { origin, item } of items.values()) storage.set(origin, [...(storage.get(origin) ?? []), item]);
  return {
    v: 1,
    cookies: [...cookies.values()],
    storage: [...storage].map(([origin, list]) => ({ origin, items: list })),
  };
}

/** RFC 6265, 5.3: what makes a cookie take the place of another. */
function cookiesOf({ cookies }: SessionState) {
  return new Map(
    cookies.map((cookie) => [JSON.stringify([cookie.name, cookie.domain, cookie.path]), cookie]),
  );
}

function itemsOf({ storage }: SessionState) {
  return new Map(
    storage.flatMap(({ origin, items }) =>
      items.map((item) => [JSON.stringify([origin, item[0]]), { origin, item }] as const),
    ),
  );
}

function merged<V>(
  begun: ReadonlyMap<string, V>,
  left: ReadonlyMap<string, V>,
  kept: ReadonlyMap<string, V>,
  leftWins: boolean,
): Map<string, V> {
  const same = (a: V | undefined, b: V | undefined) => JSON.stringify(a) === JSON.stringify(b);
  const all = new Map<string, V>();
  for (const key of new Set([...kept.keys(), ...left.keys()])) {
    const [was, mine, theirs] = [begun.get(key), left.get(key), kept.get(key)];
    const takesMine = !same(mine, was) && (leftWins || same(theirs, was));
    const value = takesMine ? mine : theirs;
    if (value !== undefined) all.set(key, value);
  }
  return all;
}
