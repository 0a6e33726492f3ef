import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Statement } from '../../contract/model/policy.ts';
import { HistoryView } from './HistoryView.tsx';
import { policyMessages as words } from './messages.ts';
import classes from './policies.module.css';
import { readable } from './readable.ts';

interface Props {
  clauseKey: string;
  /** Headings over it and its title. */
  place: readonly string[];
  text: string | null;
  marks: ReactNode;
  why?: string;
  statements?: readonly Statement[];
}

/** One clause: where it stands, what it says, what was said of it, and its history on request. */
export function ClauseItem({ clauseKey, place, text, marks, why, statements = [] }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <li className={classes.clause}>
      <Stack gap={6}>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Text size="sm" fw={600} dir="auto" flex={1} miw={200} style={{ overflowWrap: 'anywhere' }}>
            {place.join(' › ')}
          </Text>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={open}
            aria-label={`${open ? words.hideHistory : words.history}: ${clauseKey}`}
            onClick={() => setOpen(!open)}
          >
            {open ? words.hideHistory : words.history}
          </Button>
        </Group>
        {marks}
        {text !== null && (
          <Text size="sm" dir="auto" className={classes.text ?? ''}>
            {readable(text)}
          </Text>
        )}
        {why !== undefined && (
          <Text size="xs" c="dimmed">
            {why}
          </Text>
        )}
        {statements.map(({ id, speaker, saidOn, reportedIn, text: said }) => (
          <div key={id} className={classes.statement}>
            <Text size="xs" fw={600}>
              {words.statement}
            </Text>
            <Text size="sm" dir="auto">
              {said}
            </Text>
            <Text size="xs" c="dimmed" dir="auto">
              {words.said(speaker, saidOn, reportedIn)}
            </Text>
          </div>
        ))}
        <Text size="xs" c="dimmed" className={classes.key ?? ''}>
          <bdi dir="ltr">{clauseKey}</bdi>
        </Text>
        {open && <HistoryView clauseKey={clauseKey} />}
      </Stack>
    </li>
  );
}
