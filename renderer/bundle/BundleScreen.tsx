import { Container, Stack, Text, Title } from '@mantine/core';
import { useDesk } from '../bridge/desk.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { BundleForm } from './BundleForm.tsx';
import { BundleResult } from './BundleResult.tsx';
import { bundleMessages as words } from './messages.ts';

/** Compile a signed bundle, and say what it is worth. */
export function BundleScreen() {
  const { compiling } = useDesk();
  const { now } = compiling;
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="md">
        <div>
          <Title order={2}>{words.heading}</Title>
          <Text mt="xs">{words.intro}</Text>
        </div>
        {now.state === 'running' && (
          <ProgressPanel
            title={words.compiling}
            progress={now.progress}
            cancelling={now.cancelling}
            onCancel={compiling.cancel}
          />
        )}
        {now.state === 'failed' && <FailureAlert error={now.failure} onClose={compiling.reset} />}
        {now.state === 'done' && <BundleResult report={now.value} onAnother={compiling.reset} />}
        {/* The form stays mounted while work runs, so that a mistake does not empty it. */}
        {now.state !== 'done' && <BundleForm busy={now.state === 'running'} />}
      </Stack>
    </Container>
  );
}
