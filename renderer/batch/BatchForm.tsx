import {
  Alert,
  Button,
  Fieldset,
  Group,
  List,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { type AddressList, parseAddressList } from '../../contract/address-list.ts';
import type { Failure } from '../../contract/errors.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import { unwrap } from '../bridge/call.ts';
import { useDesk } from '../bridge/desk.tsx';
import { refresh } from '../bridge/queryClient.ts';
import { AutopilotChoice } from '../capture/AutopilotChoice.tsx';
import { CircumstanceFields } from '../capture/CircumstanceFields.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import classes from './batch.module.css';
import { batchMessages as words } from './messages.ts';

/** Bad lines that are named one by one. */
const namedLines = 5;

function parse(text: string): AddressList | Failure {
  try {
    return parseAddressList(text);
  } catch (error) {
    if (error instanceof HoldfastError) return toFailure(error);
    throw error;
  }
}

/** Takes a list of addresses and begins to capture it. */
export function BatchForm({ onBegun }: { onBegun(batchId: string): void }) {
  const client = useQueryClient();
  const { batchDraft, setBatchDraft, batching } = useDesk();
  const { text, name, jobs, circumstances, autopilot } = batchDraft;
  const deferred = useDeferredValue(text);
  const list = useMemo(() => parse(deferred), [deferred]);
  const addresses = 'addresses' in list ? list.addresses : [];
  const isBusy = batching.now.state === 'running';
  const opening = useMutation({
    mutationFn: () =>
      unwrap(
        window.holdfast.openBatch({
          which: { kind: 'list', name: name.trim() === '' ? null : name.trim(), addresses },
        }),
      ),
    onSuccess: ({ batch }) => {
      setBatchDraft({ ...batchDraft, text: '', name: '' });
      refresh(client, 'posts');
      onBegun(batch.id);
      batching.start({ batchId: batch.id, retryFailed: false, how: batchDraft });
    },
  });
  const canBegin = addresses.length > 0 && !isBusy && !opening.isPending && deferred === text;
  return (
    <Fieldset legend={words.addresses}>
      <Form onSubmit={() => canBegin && opening.mutate()}>
        <Stack gap="sm">
          <Textarea
            aria-label={words.addresses}
            description={words.addressesHelp}
            value={text}
            onChange={(event) => setBatchDraft({ ...batchDraft, text: event.currentTarget.value })}
            autosize
            minRows={3}
            maxRows={8}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
          />
          {text.trim() !== '' && <Found list={list} />}
          {opening.isError && <FailureAlert error={opening.error} onClose={opening.reset} />}
          <CircumstanceFields
            value={circumstances}
            onChange={(change) =>
              setBatchDraft({ ...batchDraft, circumstances: { ...circumstances, ...change } })
            }
            disabled={isBusy}
          />
          <AutopilotChoice
            choice={autopilot}
            onChange={(choice) => setBatchDraft({ ...batchDraft, autopilot: choice })}
          />
          <Text size="sm" c="dimmed">
            {words.howHelp}
          </Text>
          <Group align="flex-end" gap="sm">
            <TextInput
              label={words.name}
              placeholder={words.nameHelp}
              value={name}
              onChange={(event) => setBatchDraft({ ...batchDraft, name: event.currentTarget.value })}
              maxLength={255}
              dir="auto"
              autoComplete="off"
              flex={1}
              miw={200}
            />
            <NumberInput
              label={words.jobs}
              value={jobs}
              onChange={(value) => {
                if (typeof value === 'number') setBatchDraft({ ...batchDraft, jobs: value });
              }}
              min={1}
              max={8}
              allowDecimal={false}
              clampBehavior="strict"
              w={150}
            />
            <Button type="submit" disabled={!canBegin} loading={opening.isPending}>
              {words.begin}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Fieldset>
  );
}

/** What stands in the list, and what of it will be left out. */
function Found({ list }: { list: AddressList | Failure }) {
  if (!('addresses' in list)) return <FailureAlert error={list} />;
  const { addresses, bad, duplicates } = list;
  return (
    <Stack gap={4}>
      <Text size="sm" role="status">
        {words.found(addresses.length)}
        {duplicates.length > 0 && `; ${words.repeated(duplicates.length)}`}
      </Text>
      {bad.length > 0 && (
        <Alert color="orange" title={words.badLines(bad.length)}>
          <List size="sm">
            {bad.slice(0, namedLines).map(({ line, found, message }) => (
              <List.Item key={line} className={classes.bad ?? ''}>
                {words.badLine(line)}: <bdi>{found}</bdi>. {message}
              </List.Item>
            ))}
          </List>
          {bad.length > namedLines && <Text size="sm">{words.moreBad(bad.length - namedLines)}</Text>}
        </Alert>
      )}
    </Stack>
  );
}
