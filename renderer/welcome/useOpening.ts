import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Result } from '../../contract/errors.ts';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import type { Recovery } from '../../contract/model/safety.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';

export interface Opening {
  path: string;
  /** Null: not encrypted. */
  passphrase: string | null;
  /** Instead of the passphrase. */
  recovery?: Recovery;
  /** Empty where an identity proves who works. */
  actorName: string;
  /** Null: the name is claimed. A null passphrase is in the keychain. */
  identity: { path: string; passphrase: string | null } | null;
}

/** Opens or creates an archive and hands the window over to it. */
export function useOpening(
  call: (input: Opening) => Promise<Result<ArchiveStatus>>,
  onOpened: (by: Opening) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Opening) => unwrap(call(input)),
    // The input holds the passphrase: it must not wait in the mutation cache.
    gcTime: 0,
    onSuccess: (status, input) => {
      onOpened(input);
      client.setQueryData(keys.status, status);
    },
  });
}
