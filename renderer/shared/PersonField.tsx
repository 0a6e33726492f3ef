import { TextInput } from '@mantine/core';

interface Props {
  label: string;
  description?: string;
  value: string;
  onChange(value: string): void;
  /** Characters. */
  maxLength: number;
  error?: string | null;
}

/** Whoever a person or a body is, in any script. */
export function PersonField({ label, description, value, onChange, maxLength, error = null }: Props) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      maxLength={maxLength}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete="off"
      dir="auto"
    />
  );
}
