import { Alert, Checkbox, Stack, Switch } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { chooseNew } from '../shared/dialogs.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { NewPassphrase } from '../shared/NewPassphrase.tsx';
import { PathField } from '../shared/PathField.tsx';
import { welcomeMessages as words } from './messages.ts';
import { type Opening, useOpening } from './useOpening.ts';
import { type LastWho, useWho, WhoWorks } from './WhoWorks.tsx';

interface Props {
  last: LastWho;
  onOpened(by: Opening): void;
}

export function CreateForm(props: Props) {
  const [path, setPath] = useState('');
  const who = useWho(props.last);
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
    if (path.trim() === '' || who.value === null || secretError !== null) return;
    creating.mutate({ path, passphrase: plain ? null : passphrase, ...who.value });
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
        <WhoWorks who={who} tried={tried} />
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
        <FormEnd doing={creating} label={words.create} />
      </Stack>
    </Form>
  );
}
