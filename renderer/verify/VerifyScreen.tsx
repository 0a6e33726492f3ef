import { Container, Stack } from '@mantine/core';
import type { CheckedFile } from '../../contract/model/checked-file.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { BagView } from './BagView.tsx';
import { verifyMessages as words } from './messages.ts';
import { VerificationView } from './VerificationView.tsx';
import { VerifyForm } from './VerifyForm.tsx';
import { useVerify } from './VerifyProvider.tsx';
import { WaczView } from './WaczView.tsx';

function Answer({ answer }: { answer: CheckedFile & { path: string } }) {
  if (answer.kind === 'wacz') return <WaczView check={answer} />;
  return answer.kind === 'bag' ? <BagView check={answer} /> : <VerificationView verification={answer} />;
}

/** Check a bundle, with or without an open archive. */
export function VerifyScreen() {
  const { call } = useVerify();
  const { now } = call;
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="md">
        <ScreenHead title={words.heading} intro={words.intro} />
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
        {now.state === 'done' && <Answer answer={now.value} />}
      </Stack>
    </Container>
  );
}
