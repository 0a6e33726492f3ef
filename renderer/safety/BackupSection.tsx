import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import type { BackupReport } from '../../contract/model/safety.ts';
import { useDesk } from '../bridge/desk.tsx';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseNew } from '../shared/dialogs.ts';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { inBytes, inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { safetyMessages as words } from './messages.ts';
import { backupAge, oldFrom } from './reminder.ts';
import { Section } from './Section.tsx';

/** A copy of the whole archive, and how old the last one is. */
export function BackupSection({ archive }: { archive: ArchiveStatus }) {
  const { backingUp } = useDesk();
  const { now } = backingUp;
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const busy = now.state === 'running';
  const submit = () => {
    setTried(true);
    if (path.trim() !== '') backingUp.start({ path });
  };
  return (
    <Section title={words.backupHeading} help={words.backupHelp}>
      <LastBackup archive={archive} />
      {busy && (
        <ProgressPanel
          title={words.backingUp}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={backingUp.cancel}
        />
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={backingUp.reset} />}
      {now.state === 'done' && <Done report={now.value} onClose={backingUp.reset} />}
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <PathField
            label={words.backupOut}
            value={path}
            onChange={setPath}
            browse={() => chooseNew('backup', words.backupSuggested(new Date().toISOString().slice(0, 10)))}
            browseLabel={words.browse}
            error={tried && path.trim() === '' ? words.missingPath : null}
            disabled={busy}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={busy}>
              {words.backup}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Section>
  );
}

function LastBackup({ archive }: { archive: ArchiveStatus }) {
  const { lastBackup } = archive;
  if (lastBackup === null) {
    return (
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        {words.noBackup}
      </Alert>
    );
  }
  const days = backupAge(lastBackup.time, new Date());
  return (
    <Text size="sm">
      {words.lastBackup}: <InstantText instant={lastBackup.time} />, {inBytes(lastBackup.size)}.{' '}
      {days >= oldFrom && words.backupOld(days)}
    </Text>
  );
}

function Done({ report, onClose }: { report: BackupReport; onClose(): void }) {
  return (
    <Alert
      color="green"
      icon={<IconCircleCheck aria-hidden />}
      title={words.backupDone}
      role="status"
      withCloseButton
      closeButtonLabel="Close this message"
      onClose={onClose}
    >
      <Facts
        caption={words.theBackup}
        facts={[
          { label: words.file, value: <CopyText text={report.path} what={words.pathWhat} /> },
          { label: words.size, value: inBytes(report.size) },
          { label: words.events, value: words.eventsOf(inDigits(report.head.size)) },
          { label: words.sha256, value: <CopyText text={report.sha256} what={words.sha256} /> },
        ]}
      />
    </Alert>
  );
}
