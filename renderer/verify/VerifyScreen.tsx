import { Container, Stack, Text, Title } from '@mantine/core';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { verifyMessages as words } from './messages.ts';
import { VerificationView } from './VerificationView.tsx';
import { VerifyForm } from './VerifyForm.tsx';
import { useVerify } from './VerifyProvider.tsx';

/** Check a bundle, with or without an open archive. */
export function VerifyScreen() {
  const { call } = useVerify();
  const { now } = call;
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="md">
        <div>
          <Title order={2}>{words.heading}</Title>
          <Text mt="xs">{words.intro}</Text>
        </div>
        <VerifyForm />
        {now.state === 'running' && (
          <ProgressPanel
            title={words.verifying}
            progress={now.progress}
            cancelling={now.cancelling}
            onCancel={call.cancel}
          />
        )}
        {now.state === 'failed' && <FailureAlert error={now.failure} onClose={call.reset} />}
        {now.state === 'done' && <VerificationView verification={now.value} />}
      </Stack>
    </Container>
  );
}
