import { PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { hintFor } from './passphrase.ts';

const look = {
  empty: { value: 0, color: 'gray' },
  weak: { value: 25, color: 'red' },
  middling: { value: 60, color: 'yellow' },
  long: { value: 100, color: 'blue' },
} as const;

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  again: string;
  onAgain(value: string): void;
}

/** A new passphrase, typed twice, with a hint that does not promise more than it knows. */
export function NewPassphrase({ label, value, onChange, again, onAgain }: Props) {
  const hint = hintFor(value);
  const hintId = useId();
  const differs = again !== '' && again !== value;
  return (
    <Stack gap="xs">
      <PasswordInput
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="new-password"
        aria-describedby={hintId}
        required
        withAsterisk={false}
      />
      <div>
        <Progress value={look[hint.level].value} color={look[hint.level].color} size="xs" aria-hidden />
        <Text id={hintId} size="sm" c="dimmed" mt={4} aria-live="polite">
          {hint.words}
        </Text>
      </div>
      <PasswordInput
        label={`${label}, again`}
        value={again}
        onChange={(event) => onAgain(event.currentTarget.value)}
        autoComplete="new-password"
        error={differs ? 'The two are not the same.' : null}
        required
        withAsterisk={false}
      />
    </Stack>
  );
}
