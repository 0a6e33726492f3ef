import { Alert, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { unwrap } from '../bridge/call.ts';
import { chooseNew, chooseOne } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { NewPassphrase } from '../shared/NewPassphrase.tsx';
import { PathField } from '../shared/PathField.tsx';
import { identityMessages as words } from './messages.ts';
import { Written } from './Written.tsx';

/** Takes over an organisation's identity into a file of our own form. */
export function ImportForm() {
  const [from, setFrom] = useState('');
  const [fromPassphrase, setFromPassphrase] = useState('');
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const importing = useMutation({
    mutationFn: (input: HostInput<'identity.import'>) => unwrap(window.holdfast.importIdentity(input)),
    // The input holds the passphrases: they must not wait in the mutation cache.
    gcTime: 0,
    onSuccess: () => {
      setFromPassphrase('');
      setPassphrase('');
      setAgain('');
    },
  });
  if (importing.isSuccess) return <Written title={words.imported} made={importing.data} />;

  const secretError =
    passphrase === '' ? words.missingPassphrase : passphrase === again ? null : words.differs;
  const submit = () => {
    setTried(true);
    if (from.trim() === '' || fromPassphrase === '' || path.trim() === '' || secretError !== null) return;
    importing.mutate({ from: { path: from, passphrase: fromPassphrase }, to: { path, passphrase } });
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{words.importHelp}</Text>
        <PathField
          label={words.from}
          value={from}
          onChange={setFrom}
          browse={() => chooseOne('identity')}
          browseLabel={words.browse}
          error={tried && from.trim() === '' ? words.missingFile : null}
        />
        <PasswordInput
          label={words.fromPassphrase}
          value={fromPassphrase}
          onChange={(event) => setFromPassphrase(event.currentTarget.value)}
          error={tried && fromPassphrase === '' ? words.missingPassphrase : null}
          autoComplete="off"
        />
        <PathField
          label={words.importTo}
          value={path}
          onChange={setPath}
          browse={() => chooseNew('identity', words.suggestedIdentity)}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingIdentityPath : null}
        />
        <NewPassphrase
          label={words.newPassphrase}
          value={passphrase}
          onChange={setPassphrase}
          again={again}
          onAgain={setAgain}
        />
        {tried && secretError !== null && <Alert color="red" title={secretError} />}
        <FormEnd doing={importing} label={words.importNow} />
      </Stack>
    </Form>
  );
}
