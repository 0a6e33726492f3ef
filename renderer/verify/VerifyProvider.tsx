import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import type { CheckedFile } from '../../contract/model/checked-file.ts';
import { type LongCall, useLongCall } from '../bridge/longCall.ts';

export interface Verify {
  path: string;
  /** Another file is another question: the old answer goes. */
  setPath(path: string): void;
  trust: readonly string[];
  setTrust(paths: readonly string[]): void;
  /** Of time-stamping authorities. */
  tsaRoots: readonly string[];
  setTsaRoots(paths: readonly string[]): void;
  call: LongCall<HostInput<'bundle.verify'>, CheckedFile & { path: string }>;
}

const VerifyContext = createContext<Verify | null>(null);

/** A verification outlives a change of screen, and needs no archive. */
export function VerifyProvider({ children }: { children: ReactNode }) {
  const [path, setPathState] = useState('');
  const [trust, setTrustState] = useState<readonly string[]>([]);
  const [tsaRoots, setTsaRootsState] = useState<readonly string[]>([]);
  const call = useLongCall<HostInput<'bundle.verify'>, CheckedFile & { path: string }>(
    async (input, callId) => {
      const answer = await window.holdfast.verifyBundle(input, callId);
      return answer.ok ? { ok: true, value: { ...answer.value, path: input.path } } : answer;
    },
  );
  const { reset } = call;
  const setPath = useCallback(
    (next: string) => {
      setPathState(next);
      reset();
    },
    [reset],
  );
  const setTrust = useCallback(
    (next: readonly string[]) => {
      setTrustState(next);
      reset();
    },
    [reset],
  );
  const setTsaRoots = useCallback(
    (next: readonly string[]) => {
      setTsaRootsState(next);
      reset();
    },
    [reset],
  );
  const value = useMemo(
    () => ({ path, setPath, trust, setTrust, tsaRoots, setTsaRoots, call }),
    [path, setPath, trust, setTrust, tsaRoots, setTsaRoots, call],
  );
  return <VerifyContext value={value}>{children}</VerifyContext>;
}

/** Throws outside `VerifyProvider`, which is a mistake of ours. */
export function useVerify(): Verify {
  const verify = useContext(VerifyContext);
  if (verify === null) throw new Error('useVerify needs a VerifyProvider above it');
  return verify;
}
