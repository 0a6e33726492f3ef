import { Checkbox, Group, NumberInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { type AutopilotLimits, autopilotLimitsSchema } from '../../contract/model/autopilot.ts';
import { useDesk } from '../bridge/desk.tsx';
import { captureMessages as words } from './messages.ts';

const kinds = ['posts', 'screens', 'minutes'] as const;

/** Whether the next capture goes through the page, and how far; as it was left while the window is open. */
export function AutopilotChoice() {
  const { autopilot } = useDesk();
  const [, draw] = useState(0);
  const set = (change: Partial<typeof autopilot>) => {
    Object.assign(autopilot, change);
    draw((times) => times + 1);
  };
  return (
    <Stack gap={4} component="fieldset" m={0} p={0} bd={0}>
      <legend hidden>{words.autopilot.name}</legend>
      <Group gap="md" wrap="wrap" align="flex-start">
        <Checkbox
          label={words.autopilot.choose}
          description={words.autopilot.help}
          checked={autopilot.on}
          onChange={(event) => set({ on: event.currentTarget.checked })}
          maw={560}
        />
        {autopilot.on &&
          kinds.map((kind) => (
            <Limit
              key={kind}
              kind={kind}
              value={autopilot.limits[kind]}
              onChange={(value) => set({ limits: { ...autopilot.limits, [kind]: value } })}
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
