import { Button, Group, PasswordInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { noSheet, recoveryOf, SheetField } from '../shared/SheetField.tsx';
import { welcomeMessages as words } from './messages.ts';
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
  const [passphrase, setPassphrase] = useState('');
  const [bySheet, setBySheet] = useState(false);
  const [sheet, setSheet] = useState(noSheet);
  const [tried, setTried] = useState(false);
  const opening = useOpening((input) => window.holdfast.openArchive(input), props.onOpened);

  const recovery = bySheet ? recoveryOf(sheet) : null;

  const submit = () => {
    setTried(true);
    if (path.trim() === '' || who.value === null) return;
    if (bySheet && recovery === null) return;
    const typed = bySheet || passphrase === '' ? null : passphrase;
    const by = recovery === null ? {} : { recovery };
    opening.mutate({ path, passphrase: typed, ...by, ...who.value });
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
        {bySheet ? (
          <SheetField
            value={sheet}
            onChange={setSheet}
            error={tried && recovery === null ? words.missingSheet : null}
          />
        ) : (
          <PasswordInput
            label={words.passphrase}
            description={words.passphraseHelp}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="current-password"
          />
        )}
        <Switch
          label={words.haveSheet}
          checked={bySheet}
          onChange={(event) => setBySheet(event.currentTarget.checked)}
        />
        {opening.isError && <FailureAlert error={opening.error} onClose={opening.reset} />}
        <Group justify="flex-end">
          <Button type="submit" loading={opening.isPending}>
            {words.open}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
