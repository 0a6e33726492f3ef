import { Autocomplete, Button, Fieldset, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { caseMessages as words } from './messages.ts';

/** A name and a time zone. */
export function CaseForm() {
  const client = useQueryClient();
  const [zones] = useState(() => ['UTC', ...Intl.supportedValuesOf('timeZone')]);
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [tried, setTried] = useState(false);
  const making = useMutation({
    mutationFn: () => unwrap(window.holdfast.makeCase({ name: name.trim(), timeZone: timeZone.trim() })),
    onSuccess: (made) => {
      notifications.show({ message: words.made(made.name), color: 'green' });
      refresh(client, 'cases');
      setName('');
      setTried(false);
    },
  });
  return (
    <Fieldset legend={words.make}>
      <Form
        onSubmit={() => {
          setTried(true);
          if (name.trim() !== '') making.mutate();
        }}
      >
        <Group align="start" gap="sm">
          <TextInput
            label={words.name}
            description={words.nameHelp}
            value={name}
            maxLength={200}
            dir="auto"
            autoComplete="off"
            error={tried && name.trim() === '' ? words.missingName : null}
            onChange={(event) => setName(event.currentTarget.value)}
            style={{ flex: '2 1 16rem' }}
          />
          <Autocomplete
            label={words.zone}
            description={words.zoneHelp}
            value={timeZone}
            data={zones}
            limit={20}
            maxLength={100}
            onChange={setTimeZone}
            style={{ flex: '1 1 14rem' }}
          />
        </Group>
        <Group justify="flex-end" mt="sm">
          <Button type="submit" loading={making.isPending}>
            {words.make}
          </Button>
        </Group>
        {making.isError && <FailureAlert error={making.error} onClose={making.reset} />}
      </Form>
    </Fieldset>
  );
}
