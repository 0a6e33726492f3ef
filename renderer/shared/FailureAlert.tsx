import { Alert, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { failureOf } from '../bridge/call.ts';
import { failureWords } from './failures.ts';

interface Props {
  /** A `Failure`, or whatever react-query caught. */
  error: unknown;
  onClose?: () => void;
  children?: ReactNode;
}

/** One failed call: what happened, what the archive said, what to do, and the code for a report. */
export function FailureAlert({ error, onClose, children }: Props) {
  const failure = isFailure(error) ? error : failureOf(error);
  const words = failureWords[failure.code];
  const calm = failure.code === 'cancelled';
  return (
    <Alert
      color={calm ? 'gray' : 'red'}
      icon={calm ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={words.title}
      {...(onClose === undefined
        ? {}
        : { withCloseButton: true, onClose, closeButtonLabel: 'Close this message' })}
    >
      <Stack gap={4}>
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {withoutTitle(failure.message, words.title)}
        </Text>
        {/* The archive's own sentence often ends with the same advice. */}
        {!failure.message.includes(words.advice) && <Text size="sm">{words.advice}</Text>}
        <Group gap="xs">
          <Text size="xs">Code</Text>
          <Code>{failure.code}</Code>
        </Group>
        {children}
      </Stack>
    </Alert>
  );
}

/** The archive's own sentences may begin with what the title says already. */
function withoutTitle(message: string, title: string): string {
  return message.startsWith(`${title}. `) ? message.slice(title.length + 2) : message;
}

function isFailure(error: unknown): error is ReturnType<typeof failureOf> {
  return (
    typeof error === 'object' &&
    error !== null &&
    !(error instanceof Error) &&
    'code' in error &&
    'details' in error
  );
}
