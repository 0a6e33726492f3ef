import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput, HostOutput } from '../../contract/channels.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { refresh } from '../bridge/queryClient.ts';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { AboutFields } from './AboutFields.tsx';
import { policyMessages } from './messages.ts';
import { aboutOrder, emptyAbout, isComplete } from './policyAbout.ts';

const words = policyMessages.import;

/** Takes dated texts into the library. */
export function ImportForm({ onImported }: { onImported(policyId: string): void }) {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const [about, setAbout] = useState(emptyAbout);
  const [tried, setTried] = useState(false);
  const importing = useLongCall<HostInput<'policies.import'>, HostOutput<'policies.import'>>(
    (order, callId) => window.holdfast.importPolicy(order, callId),
    ({ policy }) => {
      refresh(client, 'policies');
      onImported(policy);
    },
  );
  const running = importing.now.state === 'running';
  const submit = () => {
    setTried(true);
    if (path.trim() === '' || !isComplete(about)) return;
    importing.start({ path, ...aboutOrder(about) });
    setTried(false);
  };
  return (
    <Fieldset legend={words.heading}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <PathField
            label={words.path}
            description={words.pathHelp}
            value={path}
            onChange={setPath}
            browse={() => chooseOne('policies')}
            browseLabel={words.browse}
            error={tried && path.trim() === '' ? words.missing : null}
            disabled={running}
          />
          <AboutFields about={about} onChange={setAbout} tried={tried} disabled={running} />
          <Group justify="flex-end">
            <Button type="submit" disabled={running}>
              {words.start}
            </Button>
          </Group>
          {importing.now.state === 'running' && (
            <ProgressPanel
              title={words.running}
              progress={importing.now.progress}
              cancelling={importing.now.cancelling}
              onCancel={importing.cancel}
            />
          )}
          {importing.now.state === 'failed' && (
            <FailureAlert error={importing.now.failure} onClose={importing.reset} />
          )}
          {importing.now.state === 'done' && <Imported report={importing.now.value} />}
        </Stack>
      </Form>
    </Fieldset>
  );
}

/** What came of an import. */
export function Imported({ report }: { report: HostOutput<'policies.import'> }) {
  return (
    <Alert color="green" role="status" title={words.done(report.versions, report.known)}>
      <Text size="sm">{words.clauses(report.clauses, report.unmatched, report.toConfirm)}</Text>
      {report.warnings.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="xs">
            {words.left}
          </Text>
          {report.warnings.map(({ path, code, message }) => (
            <Text key={path} size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {message} ({code})
            </Text>
          ))}
        </>
      )}
    </Alert>
  );
}
