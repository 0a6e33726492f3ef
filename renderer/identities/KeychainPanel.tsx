import { Alert, CloseButton, Group, List, Stack, Switch, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ShellInput } from '../../contract/channels.ts';
import type { KeychainStatus } from '../../contract/model/identity.ts';
import { unwrap } from '../bridge/call.ts';
import { useKeychain } from '../bridge/queries.ts';
import { keys } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { IdentityFields } from './IdentityFields.tsx';
import { identityMessages as words } from './messages.ts';
import { useIdentityFile } from './useIdentityFile.ts';

/** Whether passphrases of identities are kept by the system, what that means, and for which files they are. */
export function KeychainPanel() {
  const client = useQueryClient();
  const keychain = useKeychain();
  const [wanted, setWanted] = useState(false);
  const know = (status: KeychainStatus) => client.setQueryData(keys.keychain, status);
  const forgetting = useMutation({
    mutationFn: async (paths: readonly string[]) => {
      for (const path of paths) know(await unwrap(window.holdfast.forgetPassphrase({ path })));
    },
  });
  const status = keychain.data;
  if (status === undefined) return null;
  const on = status.available && (wanted || status.paths.length > 0);
  const toggle = (next: boolean) => {
    setWanted(next);
    if (!next) forgetting.mutate(status.paths);
  };
  return (
    <Stack gap="sm">
      <List size="sm" spacing={4}>
        {words.keychainMeans.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      <Switch
        label={words.keychainSwitch}
        checked={on}
        disabled={!status.available}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      {status.reason !== null && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={words.keychainRefused}>
          {status.reason}
        </Alert>
      )}
      {forgetting.isError && <FailureAlert error={forgetting.error} onClose={forgetting.reset} />}
      {on && status.paths.length > 0 && (
        <div>
          <Text size="sm">{words.kept(status.paths.length)}</Text>
          {status.paths.map((path) => (
            <Group key={path} gap="xs" wrap="nowrap">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                <bdi dir="ltr">{path}</bdi>
              </Text>
              <CloseButton
                size="sm"
                aria-label={words.forgetOf(path)}
                onClick={() => forgetting.mutate([path])}
              />
            </Group>
          ))}
        </div>
      )}
      {on && <KeepForm onKept={know} />}
    </Stack>
  );
}

function KeepForm({ onKept }: { onKept(status: KeychainStatus): void }) {
  const file = useIdentityFile();
  const [tried, setTried] = useState(false);
  const keeping = useMutation({
    mutationFn: (input: ShellInput<'keychain.keep'>) => unwrap(window.holdfast.keepPassphrase(input)),
    gcTime: 0,
    onSuccess: (status) => {
      file.clear();
      file.setPath('');
      setTried(false);
      onKept(status);
    },
  });
  const submit = () => {
    setTried(true);
    if (file.value === null || file.value.passphrase === null) return;
    keeping.mutate({ path: file.value.path, passphrase: file.value.passphrase });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <IdentityFields
          file={file}
          label={words.identityFile}
          passphraseLabel={words.passphrase}
          tried={tried}
        />
        <FormEnd doing={keeping} label={words.keychainAdd} />
      </Stack>
    </Form>
  );
}
