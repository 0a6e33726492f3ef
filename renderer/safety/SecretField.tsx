import { PasswordInput, SegmentedControl, Stack } from '@mantine/core';
import type { Secret } from '../../contract/model/safety.ts';
import { noSheet, recoveryOf, SheetField, type SheetInput } from '../shared/SheetField.tsx';
import { safetyMessages as words } from './messages.ts';

export interface SecretInput {
  by: 'passphrase' | 'sheet';
  passphrase: string;
  sheet: SheetInput;
}

export const noSecret: SecretInput = { by: 'passphrase', passphrase: '', sheet: noSheet };

/** What is given; null while it is nothing. */
export function secretOf({ by, passphrase, sheet }: SecretInput): Secret | null {
  if (by === 'passphrase') return passphrase === '' ? null : { passphrase };
  const recovery = recoveryOf(sheet);
  return recovery === null ? null : { recovery };
}

interface Props {
  value: SecretInput;
  onChange(value: SecretInput): void;
  error: string | null;
}

/** Asked again: an open archive says nothing about who sits before it. */
export function SecretField({ value, onChange, error }: Props) {
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={words.secretNow}
        value={value.by}
        onChange={(by) => onChange({ ...value, by: by === 'sheet' ? 'sheet' : 'passphrase' })}
        data={[
          { value: 'passphrase', label: words.secretPassphrase },
          { value: 'sheet', label: words.secretSheet },
        ]}
      />
      {value.by === 'passphrase' ? (
        <PasswordInput
          label={words.presentPassphrase}
          value={value.passphrase}
          onChange={(event) => onChange({ ...value, passphrase: event.currentTarget.value })}
          error={error}
          autoComplete="off"
        />
      ) : (
        <SheetField value={value.sheet} onChange={(sheet) => onChange({ ...value, sheet })} error={error} />
      )}
    </Stack>
  );
}
