import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { policyMessages } from './messages.ts';

const words = policyMessages.notes;

interface Props {
  onSubmit(): void;
  saving: { isPending: boolean; isError: boolean; error: unknown; reset(): void };
  children: ReactNode;
}

/** The form of a note: its fields, what went wrong, and the button. */
export function NoteFrame({ onSubmit, saving, children }: Props) {
  return (
    <Form onSubmit={onSubmit}>
      <Stack gap="sm">
        {children}
        {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
        <Group justify="flex-end">
          <Button type="submit" size="xs" loading={saving.isPending}>
            {words.record}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

interface ReasonProps {
  value: string;
  onChange(text: string): void;
  /** Null: it need not be filled in. */
  missing: boolean | null;
}

/** Why: kept with the note in the custody log. */
export function NoteReason({ value, onChange, missing }: ReasonProps) {
  return (
    <ReasonField
      label={missing === null ? words.becauseOptional : words.because}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={missing === true ? words.missingBecause : null}
      maxRows={8}
    />
  );
}
