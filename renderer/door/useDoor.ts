import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../contract/errors.ts';
import type { DoorState } from '../../contract/model/door.ts';

/** The second door as main says it is. It stays open when the screen is left. */
export function useDoor() {
  const [state, setState] = useState<DoorState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const stop = window.holdfast.onDoor(setState);
    void window.holdfast.doorState({}).then((result) => result.ok && setState(result.value));
    return stop;
  }, []);
  const take = (answer: Promise<Result<unknown>>): void => {
    setBusy(true);
    void answer.then((result) => {
      setBusy(false);
      setFailure(result.ok ? null : result.error);
    });
  };
  return {
    state,
    failure,
    forgetFailure: () => setFailure(null),
    /** While it is opened or closed. */
    isBusy,
    open: (profile: string, persona: string | null) => take(window.holdfast.openDoor({ profile, persona })),
    close: () => take(window.holdfast.closeDoor({})),
    act: (act: 'stop' | 'pause' | 'resume') => take(window.holdfast.actOnTab({ act })),
    trail: (on: boolean) => take(window.holdfast.keepDoorTrail({ on })),
  };
}
