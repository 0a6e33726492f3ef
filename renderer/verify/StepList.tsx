import { Badge, Code, Group, Text, Timeline } from '@mantine/core';
import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { VerificationStep } from '../../contract/model/bundle.ts';
import { statusWords } from './messages.ts';

const look = {
  ok: { color: 'green', icon: IconCheck },
  failed: { color: 'red', icon: IconX },
  'not-known': { color: 'yellow', icon: IconQuestionMark },
  'not-present': { color: 'gray', icon: IconMinus },
} as const;

/** The steps of a verification, in the order in which they were taken. */
export function StepList<Step extends string>({
  steps,
  words,
}: {
  steps: readonly (Omit<VerificationStep, 'step'> & { step: Step })[];
  words: Record<Step, string>;
}) {
  return (
    <Timeline active={steps.length} bulletSize={26} lineWidth={2}>
      {steps.map((step) => {
        const { color, icon: Icon } = look[step.status];
        return (
          <Timeline.Item
            key={step.step}
            color={color}
            bullet={<Icon size={16} aria-hidden />}
            title={
              <Group gap="xs">
                <Text fw={600}>{words[step.step]}</Text>
                <Badge variant="outline" color={color} tt="none" c="var(--mantine-color-text)">
                  {statusWords[step.status]}
                </Badge>
              </Group>
            }
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {step.message} {step.status !== 'ok' && <Code>{step.code}</Code>}
            </Text>
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}
