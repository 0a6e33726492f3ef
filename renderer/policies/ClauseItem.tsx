import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import type { ClauseLink, Statement } from '../../contract/model/policy.ts';
import { ClauseLinks } from './ClauseLinks.tsx';
import { ClauseNotes } from './ClauseNotes.tsx';
import { HistoryView } from './HistoryView.tsx';
import { policyMessages as words } from './messages.ts';
import type { ClauseToNote } from './noted.ts';
import classes from './policies.module.css';
import { readable } from './readable.ts';
import { StatementText } from './StatementText.tsx';

interface Props {
  clauseKey: string;
  /** Headings over it and its title. */
  place: readonly string[];
  text: string | null;
  marks: ReactNode;
  why?: string;
  statements?: readonly Statement[];
  links?: readonly ClauseLink[];
  /** What a note on it is about; without it none can be added here. */
  noted?: ClauseToNote;
}

/** One clause: where it stands, what it says, what was said of it, and its history on request. */
export function ClauseItem(props: Props) {
  const { clauseKey, place, text, marks, why, statements = [], links = [], noted } = props;
  const [open, setOpen] = useState(false);
  const [noting, setNoting] = useState(false);
  const noteButton = useRef<HTMLButtonElement>(null);
  return (
    <li className={classes.clause}>
      <Stack gap={6}>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Text size="sm" fw={600} dir="auto" flex={1} miw={200} style={{ overflowWrap: 'anywhere' }}>
            {place.join(' › ')}
          </Text>
          <Group gap={4}>
            {noted !== undefined && (
              <Button
                ref={noteButton}
                variant="subtle"
                size="compact-xs"
                aria-expanded={noting}
                aria-label={`${noting ? words.hideNote : words.note}: ${clauseKey}`}
                onClick={() => setNoting(!noting)}
              >
                {noting ? words.hideNote : words.note}
              </Button>
            )}
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
        {statements.map((statement) => (
          <StatementText key={statement.id} statement={statement} />
        ))}
        <ClauseLinks clauseKey={clauseKey} links={links} />
        <Text size="xs" c="dimmed" className={classes.key ?? ''}>
          <bdi dir="ltr">{clauseKey}</bdi>
        </Text>
        {noting && noted !== undefined && (
          <ClauseNotes
            clause={noted}
            onDone={() => {
              setNoting(false);
              noteButton.current?.focus({ preventScroll: true });
            }}
          />
        )}
        {open && <HistoryView clauseKey={clauseKey} />}
      </Stack>
    </li>
  );
}
