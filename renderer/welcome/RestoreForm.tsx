import { Alert, Button, Group, PasswordInput, Stack, Switch, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { HostInput, HostOutput } from '../../contract/channels.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { chooseNew, chooseOne } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { PersonField } from '../shared/PersonField.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { noSheet, recoveryOf, SheetField } from '../shared/SheetField.tsx';
import { welcomeMessages as words } from './messages.ts';

interface Props {
  actorName: string;
  /** Gets the path of the restored archive and who restored it. */
  onOpen(path: string, actorName: string): void;
}

/** A new archive from a backup; it is opened like any other afterwards. */
export function RestoreForm({ actorName, onOpen }: Props) {
  const [backupPath, setBackupPath] = useState('');
  const [path, setPath] = useState('');
  const [name, setName] = useState(actorName);
  const [passphrase, setPassphrase] = useState('');
  const [bySheet, setBySheet] = useState(false);
  const [sheet, setSheet] = useState(noSheet);
  const [tried, setTried] = useState(false);
  const restoring = useLongCall<HostInput<'archive.restore'>, HostOutput<'archive.restore'>>(
    (input, callId) => window.holdfast.restore(input, callId),
  );
  const { now } = restoring;
  const recovery = bySheet ? recoveryOf(sheet) : null;

  const submit = () => {
    setTried(true);
    if (backupPath.trim() === '' || path.trim() === '' || name.trim() === '') return;
    if (bySheet && recovery === null) return;
    const typed = bySheet || passphrase === '' ? null : passphrase;
    const by = recovery === null ? {} : { recovery };
    restoring.start({ backupPath, path, passphrase: typed, ...by, actorName: name.trim() });
    setPassphrase('');
    setSheet(noSheet);
  };
  if (now.state === 'done') {
    const { path: made } = now.value;
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={words.restored} role="status">
        <Stack gap="sm">
          <Text size="sm">{words.restoredHelp}</Text>
          <Group>
            <Button onClick={() => onOpen(made, name.trim())}>{words.openRestored}</Button>
          </Group>
        </Stack>
      </Alert>
    );
  }
  const busy = now.state === 'running';
  return (
    <Form onSubmit={submit}>
      <Stack>
        <Text size="sm">{words.restoreHelp}</Text>
        <PathField
          label={words.backupPath}
          value={backupPath}
          onChange={setBackupPath}
          browse={() => chooseOne('archive')}
          browseLabel={words.browse}
          error={tried && backupPath.trim() === '' ? words.missingPath : null}
        />
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
        {bySheet ? (
          <SheetField
            value={sheet}
            onChange={setSheet}
            error={tried && recovery === null ? words.missingSheet : null}
          />
        ) : (
          <PasswordInput
            label={words.passphrase}
            description={words.backupPassphraseHelp}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <Switch
          label={words.haveSheet}
          checked={bySheet}
          onChange={(event) => setBySheet(event.currentTarget.checked)}
        />
        {busy && (
          <ProgressPanel
            title={words.restoring}
            progress={now.progress}
            cancelling={now.cancelling}
            onCancel={restoring.cancel}
          />
        )}
        {now.state === 'failed' && <FailureAlert error={now.failure} onClose={restoring.reset} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {words.restore}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
