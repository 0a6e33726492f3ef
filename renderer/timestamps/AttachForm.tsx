import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { Attached } from './Attached.tsx';
import { timestampMessages as words } from './messages.ts';

/** A reply that came back as a file. */
export function AttachForm({ roots }: { roots: readonly string[] }) {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const attaching = useMutation({
    mutationFn: () => unwrap(window.holdfast.attachTimestamp({ reply: { path }, tsaRoots: [...roots] })),
    onSuccess: () => refresh(client, 'timestamps'),
  });
  const submit = () => {
    setTried(true);
    if (path.trim() === '') return;
    attaching.mutate();
    setTried(false);
  };
  return (
    <Fieldset legend={words.attach}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{words.attachHelp}</Text>
          <PathField
            label={words.reply}
            value={path}
            onChange={setPath}
            browse={() => chooseOne('reply')}
            browseLabel={words.browse}
            error={tried && path.trim() === '' ? words.missingReply : null}
            disabled={attaching.isPending}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={attaching.isPending}>
              {words.attachIt}
            </Button>
          </Group>
          {attaching.isError && <FailureAlert error={attaching.error} onClose={attaching.reset} />}
          {attaching.isSuccess && <Attached token={attaching.data.token} />}
        </Stack>
      </Form>
    </Fieldset>
  );
}
