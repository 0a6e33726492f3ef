import { Button, Group, PasswordInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { PersonField } from '../shared/PersonField.tsx';
import { noSheet, recoveryOf, SheetField } from '../shared/SheetField.tsx';
import { welcomeMessages as words } from './messages.ts';
import { useOpening } from './useOpening.ts';

interface Props {
  path: string;
  actorName: string;
  onOpened(): void;
}

export function OpenForm(props: Props) {
  const [path, setPath] = useState(props.path);
  const [name, setName] = useState(props.actorName);
  const [passphrase, setPassphrase] = useState('');
  const [bySheet, setBySheet] = useState(false);
  const [sheet, setSheet] = useState(noSheet);
  const [tried, setTried] = useState(false);
  const opening = useOpening((input) => window.holdfast.openArchive(input), props.onOpened);

  const recovery = bySheet ? recoveryOf(sheet) : null;

  const submit = () => {
    setTried(true);
    if (path.trim() === '' || name.trim() === '') return;
    if (bySheet && recovery === null) return;
    const typed = bySheet || passphrase === '' ? null : passphrase;
    const by = recovery === null ? {} : { recovery };
    opening.mutate({ path, passphrase: typed, ...by, actorName: name.trim() });
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
        <PersonField
          label={words.name}
          description={words.nameHelp}
          value={name}
          onChange={setName}
          maxLength={200}
          error={tried && name.trim() === '' ? words.missingName : null}
        />
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
