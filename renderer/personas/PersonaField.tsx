import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { personaMessages as words } from './messages.ts';
import { usePersonas } from './queries.ts';

interface Props extends Pick<NativeSelectProps, 'description' | 'disabled'> {
  /** Its id; null: none. */
  value: string | null;
  onChange(persona: string | null): void;
}

/** Under which persona pages are looked at; those that are retired are not offered. */
export function PersonaField({ value, onChange, ...props }: Props) {
  const personas = usePersonas();
  const choices = (personas.data ?? []).filter(({ retired }) => !retired);
  return (
    <NativeSelect
      {...props}
      label={words.one}
      leftSection={<IconUserCircle size={18} aria-hidden />}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: '', label: words.noPersona },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      maw={260}
    />
  );
}
