import { Checkbox, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { watchMessages as words } from './messages.ts';
import { type ScheduleField, type Unit, units, type useSchedule } from './useSchedule.ts';

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: words.hour(hour) }));

interface Props {
  parts: Pick<ReturnType<typeof useSchedule>, 'draft' | 'change'>;
  /** The field that is wrong, once somebody tried. */
  wrong: ScheduleField | null;
}

/** How often, how regularly, and at which hours. */
export function ScheduleFields({ parts: { draft, change }, wrong }: Props) {
  return (
    <Stack gap="sm">
      <Group align="flex-start" gap="sm">
        <NumberInput
          label={words.every}
          value={draft.every}
          onChange={(every) => change({ every })}
          min={1}
          allowDecimal={false}
          clampBehavior="none"
          hideControls
          error={wrong === 'every' ? words.badEvery : null}
          w={130}
        />
        <NativeSelect
          label={words.unit}
          value={draft.unit}
          data={units.map((value) => ({ value, label: words.units[value] }))}
          onChange={(event) => {
            const unit = units.find((known): known is Unit => known === event.currentTarget.value);
            if (unit !== undefined) change({ unit });
          }}
          w={130}
        />
        <NumberInput
          label={words.jitter}
          description={words.jitterHelp}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.jitter}
          onChange={(jitter) => change({ jitter })}
          min={0}
          allowDecimal={false}
          clampBehavior="none"
          hideControls
          error={wrong === 'jitter' ? words.badJitter : null}
          flex={1}
          miw={220}
        />
      </Group>
      <Checkbox
        label={words.someHours}
        checked={draft.someHours}
        onChange={(event) => change({ someHours: event.currentTarget.checked })}
      />
      {draft.someHours && (
        <Group align="flex-start" gap="sm">
          <NativeSelect
            label={words.from}
            value={String(draft.from)}
            data={hours}
            onChange={(event) => change({ from: Number(event.currentTarget.value) })}
            w={110}
          />
          <NativeSelect
            label={words.to}
            value={String(draft.to)}
            data={hours}
            onChange={(event) => change({ to: Number(event.currentTarget.value) })}
            w={110}
          />
          <TextInput
            label={words.zone}
            value={draft.zone}
            onChange={(event) => change({ zone: event.currentTarget.value })}
            error={wrong === 'hours' ? words.badHours : null}
            dir="ltr"
            autoComplete="off"
            maxLength={100}
            flex={1}
            miw={180}
          />
        </Group>
      )}
    </Stack>
  );
}
