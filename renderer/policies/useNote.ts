import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Result } from '../../contract/errors.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';

/** Something that a person adds to the library by hand: sends it, says that it was recorded, and shows the library anew. */
export function useNote<I, O>(call: (input: I) => Promise<Result<O>>, recorded: string, onDone: () => void) {
  const client = useQueryClient();
  const [tried, setTried] = useState(false);
  const saving = useMutation({
    mutationFn: (input: I) => unwrap(call(input)),
    onSuccess: () => {
      notifications.show({ message: recorded, color: 'green' });
      refresh(client, 'policies');
      onDone();
    },
  });
  /** Sends what the form makes of its fields; null: something is missing, which it says. */
  const send = (input: I | null) => {
    setTried(true);
    if (input !== null && !saving.isPending) saving.mutate(input);
  };
  return { tried, saving, send };
}
