import { Anchor, Button, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { caseMessages as words } from './messages.ts';
import { useCases } from './queries.ts';

/** A button that adds posts, or captures as a whole, to a case. */
export function AddToCase({
  ids,
  size = 'compact-sm',
}: {
  ids: readonly string[];
  size?: 'compact-sm' | 'xs';
}) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size={size} variant="default" onClick={() => setAsking(true)}>
        {words.addTo}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={words.addTitle(ids.length)}>
        {asking && <AddForm ids={ids} onClose={() => setAsking(false)} />}
      </Modal>
    </>
  );
}

function AddForm({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const client = useQueryClient();
  const cases = useCases();
  const [chosen, setChosen] = useState<string | null>(null);
  const [label, setLabel] = useState('');
  const of = cases.data?.find(({ id }) => id === chosen) ?? cases.data?.[0];
  const adding = useMutation({
    mutationFn: (caseId: string) => {
      const named = ids.length === 1 ? label.trim() || null : null;
      return unwrap(
        window.holdfast.addExhibits({
          caseId,
          exhibits: ids.map((id) => ({ id, label: named, note: null })),
        }),
      );
    },
    onSuccess: ({ case: { name }, exhibits }) => {
      const added = exhibits.filter(({ postId, captureId }) => ids.includes(postId ?? captureId));
      notifications.show({
        message: words.addedNow(added.map(({ number }) => number).join(', '), name),
        color: 'green',
      });
      refresh(client, 'cases');
      onClose();
    },
  });
  if (cases.isError) return <FailureAlert error={cases.error} />;
  if (cases.data === undefined) return null;
  if (of === undefined) {
    return (
      <Text>
        {words.noCase}{' '}
        <Anchor component={Link} href="/cases">
          {words.toCases}
        </Anchor>
      </Text>
    );
  }
  return (
    <Form onSubmit={() => adding.mutate(of.id)}>
      <Stack gap="sm">
        <NativeSelect
          label={words.which}
          value={of.id}
          data={cases.data.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        {ids.length === 1 && (
          <TextInput
            label={words.label}
            description={words.labelHelp}
            value={label}
            maxLength={300}
            dir="auto"
            autoComplete="off"
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
        )}
        <FormEnd doing={adding} label={words.add} />
      </Stack>
    </Form>
  );
}
