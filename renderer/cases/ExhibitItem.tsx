import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Exhibit } from '../../contract/model/case.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { showInstant } from '../time/statedTime.ts';
import { caseMessages as words } from './messages.ts';

type Question = 'label' | 'note' | 'remove';

interface Props {
  caseId: string;
  exhibit: Exhibit;
  isFirst: boolean;
  isLast: boolean;
  /** By so many places. */
  onMove(by: 1 | -1): void;
}

/** One exhibit: its number, what it is, its note, and what can be done with it. */
export function ExhibitItem({ caseId, exhibit, isFirst, isLast, onMove }: Props) {
  const { id, number, label, note, postId, captureId, handle, text, sourceName } = exhibit;
  const [asking, setAsking] = useState<Question | null>(null);
  return (
    <Paper withBorder p="sm">
      <Group align="start" gap="sm" wrap="nowrap">
        <Stack gap={2}>
          <ActionIcon
            variant="default"
            aria-label={words.up(number)}
            data-hold={`${id}-up`}
            aria-disabled={isFirst}
            onClick={() => !isFirst && onMove(-1)}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={words.down(number)}
            data-hold={`${id}-down`}
            aria-disabled={isLast}
            onClick={() => !isLast && onMove(1)}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
        </Stack>
        <Stack gap={4} style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          <Group justify="space-between" align="start" gap="xs">
            <Text fw={600}>
              {words.exhibit(number)}
              {label !== null && (
                <>
                  {': '}
                  <bdi>{label}</bdi>
                </>
              )}
            </Text>
            <Group gap={4} justify="flex-end">
              <Button
                component={Link}
                href={postId === null ? `/capture/${captureId}` : `/post/${postId}`}
                size="compact-sm"
                variant="default"
                aria-label={words.open(number)}
                data-hold={`${id}-open`}
              >
                {words.openShort}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words.labelOn(number)}
                data-hold={`${id}-label`}
                onClick={() => setAsking('label')}
              >
                {words.label}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words.noteOn(number)}
                data-hold={`${id}-note`}
                onClick={() => setAsking('note')}
              >
                {words.note}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={words.removeWhat(number)}
                data-hold={`${id}-remove`}
                onClick={() => setAsking('remove')}
              >
                {words.remove}
              </Button>
            </Group>
          </Group>
          <Text size="sm" lineClamp={3} dir="auto">
            {text ?? words.whole}
          </Text>
          <Text size="xs" c="dimmed">
            {handle !== null && (
              <>
                <bdi>@{handle}</bdi>
                {' · '}
              </>
            )}
            {postId === null && (
              <>
                <bdi dir="ltr">{sourceName}</bdi>
                {' · '}
              </>
            )}
            {words.captured} {showInstant(exhibit.receivedAt).text} ·{' '}
            {words.added(showInstant(exhibit.addedAt).text, exhibit.actor.name)}
          </Text>
          {note !== null && (
            <Text size="sm" fs="italic">
              {words.note}: <bdi>{note}</bdi>
            </Text>
          )}
        </Stack>
      </Group>
      {asking !== null && (
        <Asked
          key={asking}
          caseId={caseId}
          number={number}
          what={asking}
          before={(asking === 'note' ? note : asking === 'label' ? label : null) ?? ''}
          onClose={() => setAsking(null)}
        />
      )}
    </Paper>
  );
}

interface AskedProps {
  caseId: string;
  number: number;
  what: Question;
  before: string;
  onClose(): void;
}

/** A label, a note, or the reason for removing. */
function Asked({ caseId, number, what, before, onClose }: AskedProps) {
  const client = useQueryClient();
  const [said, setSaid] = useState(before);
  const doing = useMutation({
    mutationFn: () => {
      const exhibit = { caseId, number };
      if (what === 'label') return unwrap(window.holdfast.labelExhibit({ ...exhibit, label: said }));
      if (what === 'note') return unwrap(window.holdfast.noteExhibit({ ...exhibit, note: said }));
      return unwrap(window.holdfast.removeExhibit({ ...exhibit, because: said }));
    },
    onSuccess: () => {
      refresh(client, 'cases');
      onClose();
    },
  });
  const isRemoval = what === 'remove';
  const { label, help, yes } = {
    label: { label: words.labelOn(number), help: words.relabelHelp, yes: words.keepLabel },
    note: { label: words.noteOn(number), help: words.noteHelp, yes: words.keepNote },
    remove: { label: words.removeWhy, help: words.removeHelp, yes: words.removeYes },
  }[what];
  return (
    <Form onSubmit={() => (!isRemoval || said.trim() !== '') && doing.mutate()}>
      <ReasonField
        mt="sm"
        label={label}
        description={help}
        {...(what === 'label' && { maxLength: 300 })}
        value={said}
        onChange={(event) => setSaid(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <Group gap="xs" mt="xs">
        <Button
          type="submit"
          size="xs"
          color={isRemoval ? 'red' : 'blue'}
          loading={doing.isPending}
          disabled={isRemoval && said.trim() === ''}
        >
          {yes}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
      </Group>
      {doing.isError && <FailureAlert error={doing.error} onClose={doing.reset} />}
    </Form>
  );
}
