import { Alert, Button, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { chooseNew } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { NewPassphrase } from '../shared/NewPassphrase.tsx';
import { PathField } from '../shared/PathField.tsx';
import { PersonField } from '../shared/PersonField.tsx';
import { welcomeMessages as words } from './messages.ts';
import { useOpening } from './useOpening.ts';

interface Props {
  actorName: string;
  onOpened(): void;
}

export function CreateForm(props: Props) {
  const [path, setPath] = useState('');
  const [name, setName] = useState(props.actorName);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [plain, setPlain] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const [tried, setTried] = useState(false);
  const creating = useOpening((input) => window.holdfast.createArchive(input), props.onOpened);

  const secretError = plain
    ? confirmed
      ? null
      : words.missingConfirm
    : passphrase === ''
      ? words.missingPassphrase
      : passphrase !== again
        ? words.differs
        : null;
  const submit = () => {
    setTried(true);
    if (path.trim() === '' || name.trim() === '' || secretError !== null) return;
    creating.mutate({ path, passphrase: plain ? null : passphrase, actorName: name.trim() });
  };
  return (
    <Form onSubmit={submit}>
      <Stack>
        <PathField
          label={words.newPath}
          value={path}
          onChange={setPath}
          browse={() => chooseNew('archive', words.suggestedName)}
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
        {!plain && (
          <>
            <NewPassphrase
              label={words.passphrase}
              value={passphrase}
              onChange={setPassphrase}
              again={again}
              onAgain={setAgain}
            />
            <Alert color="orange" icon={<IconKey aria-hidden />}>
              {words.losesAll}
            </Alert>
          </>
        )}
        <Switch
          label={words.plain}
          checked={plain}
          onChange={(event) => setPlain(event.currentTarget.checked)}
        />
        {plain && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
            <Stack gap="sm">
              {words.plainWarning}
              <Checkbox
                label={words.plainConfirm}
                checked={confirmed}
                onChange={(event) => setConfirmed(event.currentTarget.checked)}
              />
            </Stack>
          </Alert>
        )}
        {tried && secretError !== null && <Alert color="red" title={secretError} />}
        {creating.isError && <FailureAlert error={creating.error} onClose={creating.reset} />}
        <Group justify="flex-end">
          <Button type="submit" loading={creating.isPending}>
            {words.create}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
