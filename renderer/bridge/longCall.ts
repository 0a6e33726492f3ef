import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Failure, Result } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { failureOf, nextCallId } from './call.ts';

export type LongCallState<O> =
  | { state: 'idle' }
  | { state: 'running'; progress: Progress | null; cancelling: boolean }
  | { state: 'done'; value: O }
  | { state: 'failed'; failure: Failure };

export interface LongCall<I, O> {
  now: LongCallState<O>;
  /** Does nothing while an earlier start still runs. */
  start(input: I): void;
  /** Asks the host to stop; the state stays 'running' until the host has answered. */
  cancel(): void;
  /** Forgets a result or an error. */
  reset(): void;
}

/**
 * Work that reports progress and can be cancelled.
 * In: the call, which gets the number that its progress messages carry, and what to do after success.
 */
export function useLongCall<I, O>(
  call: (input: I, callId: number) => Promise<Result<O>>,
  onDone?: (value: O) => void,
): LongCall<I, O> {
  const [now, setNow] = useState<LongCallState<O>>({ state: 'idle' });
  const running = useRef<number | null>(null);
  const latest = useRef({ call, onDone });
  useEffect(() => {
    latest.current = { call, onDone };
  });

  useEffect(
    () =>
      window.holdfast.onProgress((message) => {
        if (message.callId !== running.current) return;
        const { step, done, total, unit } = message;
        setNow((before) =>
          before.state === 'running' ? { ...before, progress: { step, done, total, unit } } : before,
        );
      }),
    [],
  );

  const start = useCallback((input: I) => {
    if (running.current !== null) return;
    const callId = nextCallId();
    running.current = callId;
    setNow({ state: 'running', progress: null, cancelling: false });
    const settle = (next: LongCallState<O>) => {
      running.current = null;
      setNow(next);
    };
    latest.current.call(input, callId).then(
      (result) => {
        settle(
          result.ok ? { state: 'done', value: result.value } : { state: 'failed', failure: result.error },
        );
        if (result.ok) latest.current.onDone?.(result.value);
      },
      (error: unknown) => settle({ state: 'failed', failure: failureOf(error) }),
    );
  }, []);

  const cancel = useCallback(() => {
    if (running.current === null) return;
    window.holdfast.cancel(running.current);
    setNow((before) => (before.state === 'running' ? { ...before, cancelling: true } : before));
  }, []);

  const reset = useCallback(() => {
    if (running.current === null) setNow({ state: 'idle' });
  }, []);

  // The same object while nothing happened: whatever shows the desk would be drawn again with everything around it.
  return useMemo(() => ({ now, start, cancel, reset }), [now, start, cancel, reset]);
}
