import { PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { refresh } from '../bridge/queryClient.ts';
import { chooseOne } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { PathField } from '../shared/PathField.tsx';
import { PersonField } from '../shared/PersonField.tsx';
import { identityMessages as words } from './messages.ts';

/** Names a signer of the open archive, by an identity or by a certificate alone. */
export function NameForm() {
  const client = useQueryClient();
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [label, setLabel] = useState('');
  const [tried, setTried] = useState(false);
  const naming = useMutation({
    mutationFn: (input: HostInput<'signers.add'>) => unwrap(window.holdfast.addSigner(input)),
    gcTime: 0,
    onSuccess: () => {
      setPath('');
      setPassphrase('');
      setLabel('');
      setTried(false);
      refresh(client, 'archive');
    },
  });
  const submit = () => {
    setTried(true);
    if (path.trim() === '') return;
    naming.mutate({
      path,
      passphrase: passphrase === '' ? null : passphrase,
      label: label.trim() === '' ? null : label.trim(),
    });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{words.nameHelp}</Text>
        <PathField
          label={words.nameFile}
          value={path}
          onChange={setPath}
          browse={() => chooseOne('signer')}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingFile : null}
        />
        <PasswordInput
          label={words.namePassphrase}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
        />
        <PersonField label={words.label} value={label} onChange={setLabel} maxLength={200} />
        <FormEnd doing={naming} label={words.nameNow} />
      </Stack>
    </Form>
  );
}
