import { Checkbox, Group, NumberInput, Stack } from '@mantine/core';
import { type AutopilotLimits, autopilotLimitsSchema } from '../../contract/model/autopilot.ts';
import type { AutopilotDraft } from '../bridge/desk.tsx';
import { captureMessages as words } from './messages.ts';

const kinds = ['posts', 'screens', 'minutes'] as const;

interface Props {
  choice: AutopilotDraft;
  /** A page is open, which needs the room: what it does was said before. */
  besidePage?: boolean;
  onChange(choice: AutopilotDraft): void;
}

/** Whether captures go through their page, and how far. */
export function AutopilotChoice({ choice, besidePage = false, onChange }: Props) {
  const set = (change: Partial<AutopilotDraft>) => onChange({ ...choice, ...change });
  return (
    <Stack gap={4} component="fieldset" m={0} p={0} bd={0}>
      <legend hidden>{words.autopilot.name}</legend>
      <Group gap="md" wrap="wrap" align="flex-start">
        <Checkbox
          label={words.autopilot.choose}
          description={besidePage ? undefined : words.autopilot.help}
          checked={choice.on}
          onChange={(event) => set({ on: event.currentTarget.checked })}
          maw={560}
        />
        {choice.on &&
          kinds.map((kind) => (
            <Limit
              key={kind}
              kind={kind}
              value={choice.limits[kind]}
              onChange={(value) => set({ limits: { ...choice.limits, [kind]: value } })}
            />
          ))}
      </Group>
    </Stack>
  );
}

interface LimitProps {
  kind: keyof AutopilotLimits;
  value: number;
  onChange(value: number): void;
}

function Limit({ kind, value, onChange }: LimitProps) {
  const most = autopilotLimitsSchema.shape[kind].maxValue ?? Number.MAX_SAFE_INTEGER;
  return (
    <NumberInput
      label={words.autopilot.limits[kind]}
      value={value}
      min={1}
      max={most}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      size="xs"
      w={110}
      onChange={(next) => {
        if (typeof next === 'number' && next >= 1) onChange(next);
      }}
    />
  );
}
