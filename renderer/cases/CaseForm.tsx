import { Autocomplete, Button, Fieldset, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Case } from '../../contract/model/case.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { caseMessages as words } from './messages.ts';

interface Props {
  /** To be changed; null: to be made. */
  of?: Pick<Case, 'id' | 'name' | 'timeZone'> | null;
  /** When it was changed, or is to stay as it is. */
  onDone?(): void;
}

/** A name and a time zone. */
export function CaseForm({ of = null, onDone }: Props) {
  const client = useQueryClient();
  const [zones] = useState(() => ['UTC', ...Intl.supportedValuesOf('timeZone')]);
  const [name, setName] = useState(of?.name ?? '');
  const [timeZone, setTimeZone] = useState(
    () => of?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [tried, setTried] = useState(false);
  const making = useMutation({
    mutationFn: () => {
      const facts = { name: name.trim(), timeZone: timeZone.trim() };
      return unwrap(
        of === null
          ? window.holdfast.makeCase(facts)
          : window.holdfast.changeCase({ caseId: of.id, ...facts }),
      );
    },
    onSuccess: (made) => {
      notifications.show({ message: (of === null ? words.made : words.changed)(made.name), color: 'green' });
      refresh(client, 'cases');
      setName('');
      setTried(false);
      onDone?.();
    },
  });
  return (
    <Fieldset legend={of === null ? words.make : words.change}>
      <Form
        onSubmit={() => {
          setTried(true);
          if (name.trim() !== '') making.mutate();
        }}
      >
        <Group align="start" gap="sm">
          <TextInput
            label={words.name}
            description={of === null ? words.nameHelp : words.renameHelp}
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
          {of !== null && (
            <Button variant="default" onClick={onDone}>
              {words.cancel}
            </Button>
          )}
          <Button type="submit" loading={making.isPending}>
            {of === null ? words.make : words.save}
          </Button>
        </Group>
        {making.isError && <FailureAlert error={making.error} onClose={making.reset} />}
      </Form>
    </Fieldset>
  );
}
