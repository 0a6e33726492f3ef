import { Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { webAddress } from '../../contract/address-list.ts';
import type { HostInput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { PersonaField } from '../personas/PersonaField.tsx';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { watchMessages as words } from './messages.ts';
import { ScheduleFields } from './ScheduleFields.tsx';
import { useSchedule } from './useSchedule.ts';

/** Puts a post on the watch list, or, where `postId` is null, an address that is typed here. */
export function WatchForm({ postId, onDone }: { postId: string | null; onDone?: () => void }) {
  const client = useQueryClient();
  const [url, setUrl] = useState('');
  const [persona, setPersona] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const parts = useSchedule();
  const { schedule } = parts;
  const isAddress = 'url' in webAddress(url.trim());
  const adding = useMutation({
    mutationFn: (input: HostInput<'watch.add'>) => unwrap(window.holdfast.addWatch(input)),
    onSuccess: () => {
      notifications.show({ message: words.added, color: 'green' });
      refresh(client, 'posts');
      setUrl('');
      setTried(false);
      onDone?.();
    },
  });
  const submit = () => {
    setTried(true);
    if (adding.isPending || typeof schedule === 'string' || (postId === null && !isAddress)) return;
    adding.mutate({ postId, url: postId === null ? url.trim() : null, schedule, persona });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        {postId === null && (
          <TextInput
            label={words.address}
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={tried && !isAddress ? words.badAddress : null}
            dir="ltr"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={8192}
          />
        )}
        <PersonaField value={persona} onChange={setPersona} description={words.personaHelp} />
        <ScheduleFields parts={parts} wrong={tried && typeof schedule === 'string' ? schedule : null} />
        <FormEnd doing={adding} label={words.start} />
      </Stack>
    </Form>
  );
}
