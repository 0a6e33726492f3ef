import { Stack, Textarea } from '@mantine/core';
import type { Recovery } from '../../contract/model/safety.ts';
import { safetyMessages as words } from '../safety/messages.ts';
import { chooseOne } from './dialogs.ts';
import { PathField } from './PathField.tsx';

/** What was typed from a sheet, or the file that was chosen. */
export interface SheetInput {
  typed: string;
  path: string;
}

export const noSheet: SheetInput = { typed: '', path: '' };

/** What is given; null while it is neither. What was typed counts before the file. */
export function recoveryOf({ typed, path }: SheetInput): Recovery | null {
  if (typed.trim() !== '') return { typed };
  return path.trim() === '' ? null : { path };
}

interface Props {
  value: SheetInput;
  onChange(value: SheetInput): void;
  error?: string | null;
}

/** The key of a recovery sheet: its groups as typed, or its file. */
export function SheetField({ value, onChange, error = null }: Props) {
  return (
    <Stack gap="xs">
      <Textarea
        label={words.groups}
        description={words.groupsHelp}
        value={value.typed}
        onChange={(event) => onChange({ ...value, typed: event.currentTarget.value })}
        error={error}
        minRows={4}
        autosize
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <PathField
        label={words.sheetFile}
        value={value.path}
        onChange={(path) => onChange({ ...value, path })}
        browse={() => chooseOne('sheet')}
        browseLabel={words.browse}
      />
    </Stack>
  );
}
