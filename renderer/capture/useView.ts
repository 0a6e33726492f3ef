import { useCallback, useEffect, useState } from 'react';
import type { ShellInput } from '../../contract/channels.ts';
import type { Failure, Result } from '../../contract/errors.ts';
import type { ViewState } from '../../contract/model/view.ts';

export interface View {
  /** Null until main has answered for the first time. */
  state: ViewState | null;
  /** The last order that was refused. */
  failure: Failure | null;
  forgetFailure(): void;
  /** Goes to an address as typed, opening the view where it is closed; `then`, once it was ordered. */
  go(address: string, then?: () => void): void;
  act(act: ShellInput<'view.act'>['act']): void;
  /** Begins anew under another persona; null: none. */
  wear(persona: string | null): void;
  /** While a persona is put on or taken off. */
  changing: boolean;
  lookOnly(on: boolean): void;
  /** Out at once: what was received is destroyed, the page closed. What became of it, `onViewPurged` says. */
  purge(): void;
  /** Whether what is visited under the persona is noted. */
  trail(on: boolean): void;
  close(): void;
}

/** The capture view, opened when the screen is, and as main says it is. It stays open when the screen is left. */
export function useView(): View {
  const [state, setState] = useState<ViewState | null>(null);
  const [changing, setChanging] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const take = useCallback((answer: Promise<Result<ViewState>>) => {
    void answer.then((result) => {
      if (result.ok) setState(result.value);
      setFailure(result.ok ? null : result.error);
    });
  }, []);
  useEffect(() => {
    const stop = window.holdfast.onView(setState);
    take(window.holdfast.openView({ url: null }));
    return stop;
  }, [take]);

  const open = state?.open === true;
  return {
    state,
    failure,
    forgetFailure: () => setFailure(null),
    go: (address, then) => {
      const gone = open
        ? window.holdfast.navigateView({ address })
        : window.holdfast.openView({ url: address });
      take(gone);
      if (then !== undefined) void gone.then(({ ok }) => ok && then());
    },
    changing,
    wear: (persona) => {
      setChanging(true);
      void window.holdfast.openView({ url: null, persona }).then((result) => {
        setChanging(false);
        if (result.ok) setState(result.value);
        setFailure(result.ok ? null : result.error);
      });
    },
    trail: (on) => take(window.holdfast.keepTrail({ on })),
    lookOnly: (on) => take(window.holdfast.lookOnly({ on })),
    act: (act) => take(window.holdfast.actOnView({ act })),
    purge: () => void window.holdfast.purgeView({}),
    close: () => {
      void window.holdfast.closeView({}).then((result) => setFailure(result.ok ? null : result.error));
    },
  };
}
