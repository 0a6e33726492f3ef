import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CaptureProofReport } from '../../contract/model/log.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseNew } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { inDigits } from '../shared/sizes.ts';
import { postMessages } from './messages.ts';

const words = postMessages.proof;

/** Saves the proof that this capture stands in the custody log; null: the dialog was cancelled. */
async function saveProof(captureId: string): Promise<CaptureProofReport | null> {
  const path = await unwrap(chooseNew('proof', words.suggested(captureId)));
  return path === null ? null : unwrap(window.holdfast.proveCapture({ captureId, path }));
}

export function CaptureProof({ captureId }: { captureId: string }) {
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => saveProof(captureId),
    onSuccess: () => refresh(client, 'archive'),
  });
  return (
    <Stack gap="xs" mt="sm">
      <Text size="sm">{words.intro}</Text>
      <Group>
        <Button
          variant="default"
          leftSection={<IconCertificate size={16} aria-hidden />}
          onClick={() => saving.mutate()}
          loading={saving.isPending}
        >
          {words.save}
        </Button>
      </Group>
      {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
      {saving.data != null && <Saved report={saving.data} />}
    </Stack>
  );
}

function Saved({ report }: { report: CaptureProofReport }) {
  return (
    <Alert role="status" color="green" title={words.saved}>
      <Stack gap="xs">
        <CopyText text={report.path} what={words.pathWhat} />
        <Text size="sm">{words.says(inDigits(report.seq), inDigits(report.size))}</Text>
        <Text size="sm">{words.key}</Text>
        <CopyText text={report.vkey} what={words.keyWhat} />
      </Stack>
    </Alert>
  );
}
