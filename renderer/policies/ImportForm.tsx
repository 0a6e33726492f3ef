import {
  Alert,
  Button,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
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
import { policyMessages } from './messages.ts';

const words = policyMessages.import;
const empty = {
  path: '',
  platform: '',
  policy: '',
  jurisdiction: '',
  licence: '',
  attribution: '',
  address: '',
};
type Name = keyof typeof empty;

/** Takes dated texts into the library. */
export function ImportForm({ onImported }: { onImported(policyId: string): void }) {
  const client = useQueryClient();
  const [fields, setFields] = useState(empty);
  const [isNorm, setIsNorm] = useState(false);
  const [tried, setTried] = useState(false);
  const importing = useLongCall<HostInput<'policies.import'>, HostOutput<'policies.import'>>(
    (order, callId) => window.holdfast.importPolicy(order, callId),
    ({ policy }) => {
      refresh(client, 'policies');
      onImported(policy);
    },
  );
  const running = importing.now.state === 'running';
  const needed: Name[] = isNorm
    ? ['path', 'platform', 'policy', 'jurisdiction']
    : ['path', 'platform', 'policy'];
  const missing = (name: Name) =>
    tried && needed.includes(name) && fields[name].trim() === '' ? words.missing : null;
  const set = (name: Name) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const submit = () => {
    setTried(true);
    if (needed.some((name) => fields[name].trim() === '')) return;
    const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
    importing.start({
      path: fields.path,
      platform: fields.platform,
      policy: fields.policy,
      kind: isNorm ? 'norm' : 'rules',
      jurisdiction: isNorm ? orNull(fields.jurisdiction) : null,
      licence: orNull(fields.licence),
      attribution: orNull(fields.attribution),
      address: orNull(fields.address),
    });
    setTried(false);
  };
  const field = (name: Name, label: string) => (
    <TextInput
      label={label}
      value={fields[name]}
      onChange={(event) => set(name)(event.currentTarget.value)}
      error={missing(name)}
      disabled={running}
      autoComplete="off"
    />
  );
  return (
    <Fieldset legend={words.heading}>
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <PathField
            label={words.path}
            description={words.pathHelp}
            value={fields.path}
            onChange={set('path')}
            browse={() => chooseOne('policies')}
            browseLabel={words.browse}
            error={missing('path')}
            disabled={running}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {field('platform', words.platform)}
            {field('policy', words.policy)}
            <NativeSelect
              label={words.kind}
              value={isNorm ? 'norm' : 'rules'}
              data={[
                { value: 'rules', label: words.rules },
                { value: 'norm', label: words.norm },
              ]}
              onChange={(event) => setIsNorm(event.currentTarget.value === 'norm')}
              disabled={running}
            />
            {isNorm && field('jurisdiction', words.jurisdiction)}
            {field('licence', words.licence)}
            {field('attribution', words.attribution)}
            {field('address', words.address)}
          </SimpleGrid>
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

function Imported({ report }: { report: HostOutput<'policies.import'> }) {
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
