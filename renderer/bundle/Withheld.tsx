import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LeavingPreview } from '../../contract/model/leaving.ts';
import type { Hides, RedactionDraft } from '../../contract/model/redaction.ts';
import { failureOf, unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { leavingMessages as words } from './leavingMessages.ts';
import { WithheldFiles } from './WithheldFiles.tsx';

function whatOf(hides: Hides): string {
  if (hides.what === 'words') return words.hiddenWords(hides.words);
  return hides.what === 'artifact' ? words.file(hides.role) : words.regions(hides.regions.length, hides.role);
}

/** Redactions of these captures; words and files to withhold more, and parts of pictures to cover. */
export function Withheld({ captures, onChanged }: { captures: LeavingPreview['listed']; onChanged(): void }) {
  const known = useQuery({
    queryKey: keys.redactions,
    queryFn: () => unwrap(window.holdfast.listRedactions({})),
  });
  const adding = useMutation({
    mutationFn: (draft: RedactionDraft) => unwrap(window.holdfast.addRedaction(draft)),
    onSuccess: ({ hides }) => {
      if (hides.what === 'words') setTyped('');
      onChanged();
    },
  });
  const lifting = useMutation({
    mutationFn: (redactionId: string) =>
      unwrap(window.holdfast.liftRedaction({ redactionId, because: words.lifted })),
    onSuccess: onChanged,
  });
  const [capture, setCapture] = useState(captures[0]?.captureId ?? '');
  const [typed, setTyped] = useState('');
  const [because, setBecause] = useState('');
  const ids = new Set(captures.map(({ captureId }) => captureId));
  const active = (known.data?.redactions ?? []).filter(
    ({ captureId, lifted }) => !lifted && ids.has(captureId),
  );
  const hidden = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isTooShort = hidden.some((line) => line.length < 2);
  const isReady = hidden.length > 0 && !isTooShort && because.trim() !== '';
  const failure = adding.error ?? lifting.error ?? known.error;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.withholdTitle}
      </Title>
      <Text size="sm" c="dimmed">
        {words.withholdHelp}
      </Text>
      {failure !== null && <FailureAlert error={failureOf(failure)} />}
      <Form
        onSubmit={() => {
          if (!isReady) return;
          adding.mutate({ captureId: capture, hides: { what: 'words', words: hidden }, because });
        }}
      >
        <Stack gap="xs">
          <NativeSelect
            label={words.capture}
            value={capture}
            onChange={(event) => setCapture(event.currentTarget.value)}
            data={captures.map(({ captureId, name }) => ({ value: captureId, label: name }))}
          />
          <Textarea
            label={words.words}
            dir="auto"
            autosize
            minRows={1}
            maxRows={6}
            value={typed}
            error={isTooShort ? words.tooShort : null}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <TextInput
            label={words.because}
            dir="auto"
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={adding.isPending} disabled={!isReady}>
              {words.withhold}
            </Button>
          </Group>
        </Stack>
      </Form>
      <WithheldFiles
        captureId={capture}
        redactions={active.filter(({ captureId }) => captureId === capture)}
        busy={adding.isPending || lifting.isPending}
        error={adding.error}
        onAdd={(draft, done) => adding.mutate(draft, done === undefined ? {} : { onSuccess: done })}
        onLift={lifting.mutate}
      />
      {active.length > 0 && <Text fw={500}>{words.withheldTitle}</Text>}
      {active.map(({ id, hides, because: reason }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{whatOf(hides)}</bdi> — <bdi>{reason}</bdi>
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.liftWhat(whatOf(hides))}
            loading={lifting.isPending}
            onClick={() => lifting.mutate(id)}
          >
            {words.lift}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
