import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { chooseNew } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { NewPassphrase } from '../shared/NewPassphrase.tsx';
import { PathField } from '../shared/PathField.tsx';
import { PersonField } from '../shared/PersonField.tsx';
import { identityMessages as words } from './messages.ts';
import { Written } from './Written.tsx';

interface Props {
  /** Gets the path of the new identity file. */
  onCreated?(path: string): void;
  /** Go on to sign with it; without it there is nothing to go on to. */
  onUse?(): void;
}

/** Makes a key and a self-signed certificate, and shows the fingerprint to read out. */
export function IdentityForm({ onCreated, onUse }: Props) {
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [email, setEmail] = useState('');
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const creating = useMutation({
    mutationFn: (input: HostInput<'identity.create'>) => unwrap(window.holdfast.createIdentity(input)),
    // The input holds the passphrase: it must not wait in the mutation cache.
    gcTime: 0,
    onSuccess: (_made, input) => {
      setPassphrase('');
      setAgain('');
      onCreated?.(input.path);
    },
  });

  if (creating.isSuccess) return <Written title={words.created} made={creating.data} onUse={onUse} />;
  const submit = () => {
    setTried(true);
    if (name.trim() === '' || path.trim() === '' || passphrase === '' || passphrase !== again) return;
    creating.mutate({
      path,
      passphrase,
      name: name.trim(),
      organisation: organisation.trim() === '' ? null : organisation.trim(),
      email: email.trim() === '' ? null : email.trim(),
    });
  };
  const secretError =
    passphrase === '' ? words.missingPassphrase : passphrase === again ? null : words.differs;
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{words.identityPublic}</Text>
        <PersonField
          label={words.name}
          value={name}
          onChange={setName}
          maxLength={64}
          error={tried && name.trim() === '' ? words.missingName : null}
        />
        <PersonField
          label={words.organisation}
          value={organisation}
          onChange={setOrganisation}
          maxLength={64}
        />
        <TextInput
          label={words.email}
          value={email}
          maxLength={200}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="off"
          dir="ltr"
        />
        <PathField
          label={words.identityOut}
          value={path}
          onChange={setPath}
          browse={() => chooseNew('identity', words.suggestedIdentity)}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingIdentityPath : null}
        />
        <NewPassphrase
          label={words.passphrase}
          value={passphrase}
          onChange={setPassphrase}
          again={again}
          onAgain={setAgain}
        />
        {tried && secretError !== null && <Alert color="red" title={secretError} />}
        <FormEnd doing={creating} label={words.create} />
      </Stack>
    </Form>
  );
}
