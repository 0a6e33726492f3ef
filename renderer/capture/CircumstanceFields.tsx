import { Group, NativeSelect, Switch } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { Circumstances } from '../../contract/capture-job.ts';
import { accessSchema } from '../../contract/model/persona.ts';
import { PersonaField } from '../personas/PersonaField.tsx';
import { captureMessages as words } from './messages.ts';

interface Props {
  /** `persona` by id. */
  value: Circumstances;
  onChange(change: Partial<Circumstances>): void;
  disabled: boolean;
  /** While one is put on or taken off. */
  changing?: boolean;
  /** A page is open, which needs the room: only what was turned off is explained. */
  besidePage?: boolean;
}

/** Who looks at a page, who may see it, and what is not sent. */
export function CircumstanceFields({
  value,
  onChange,
  disabled,
  changing = false,
  besidePage = false,
}: Props) {
  const { persona, access, lookOnly } = value;
  return (
    <Group gap="md" align="end" wrap="wrap">
      <PersonaField
        value={persona}
        onChange={(chosen) => onChange({ persona: chosen })}
        disabled={disabled || changing}
      />
      <NativeSelect
        label={words.access}
        leftSection={<IconEye size={18} aria-hidden />}
        value={access}
        disabled={disabled}
        onChange={(event) => onChange({ access: accessSchema.parse(event.currentTarget.value) })}
        data={accessSchema.options.map((one) => ({ value: one, label: words.accesses[one] }))}
        maw={260}
      />
      <Switch
        label={words.lookOnly}
        description={lookOnly ? (besidePage ? undefined : words.lookOnlyOn) : words.lookOnlyOff}
        checked={lookOnly}
        disabled={disabled}
        onChange={(event) => onChange({ lookOnly: event.currentTarget.checked })}
      />
    </Group>
  );
}
