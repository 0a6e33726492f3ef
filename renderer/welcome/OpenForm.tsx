import { Stack } from '@mantine/core';
import { useState } from 'react';
import { chooseOne } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { PathField } from '../shared/PathField.tsx';
import { welcomeMessages as words } from './messages.ts';
import { PassphraseOrSheet, usePassphraseOrSheet } from './PassphraseOrSheet.tsx';
import { type Opening, useOpening } from './useOpening.ts';
import { type LastWho, useWho, WhoWorks } from './WhoWorks.tsx';

interface Props {
  path: string;
  last: LastWho;
  onOpened(by: Opening): void;
}

export function OpenForm(props: Props) {
  const [path, setPath] = useState(props.path);
  const who = useWho(props.last);
  const secret = usePassphraseOrSheet();
  const [tried, setTried] = useState(false);
  const opening = useOpening((input) => window.holdfast.openArchive(input), props.onOpened);

  const submit = () => {
    setTried(true);
    if (path.trim() === '' || who.value === null) return;
    if (secret.isMissing) return;
    opening.mutate({ path, ...secret.value, ...who.value });
  };
  return (
    <Form onSubmit={submit}>
      <Stack>
        <PathField
          label={words.path}
          value={path}
          onChange={setPath}
          browse={() => chooseOne('archive')}
          browseLabel={words.browse}
          error={tried && path.trim() === '' ? words.missingPath : null}
        />
        <WhoWorks who={who} tried={tried} />
        <PassphraseOrSheet
          secret={secret}
          help={words.passphraseHelp}
          autoComplete="current-password"
          tried={tried}
        />
        <FormEnd doing={opening} label={words.open} />
      </Stack>
    </Form>
  );
}
