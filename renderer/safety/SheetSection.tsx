import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import type { ArchiveStatus } from '../../contract/model/archive.ts';
import { unwrap } from '../bridge/call.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseNew } from '../shared/dialogs.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { safetyMessages as words } from './messages.ts';
import { noSecret, SecretField, secretOf } from './SecretField.tsx';
import { Section } from './Section.tsx';

/** The key on paper. */
export function SheetSection({ archive }: { archive: ArchiveStatus }) {
  const [secret, setSecret] = useState(noSecret);
  const [format, setFormat] = useState<'pdf' | 'text'>('pdf');
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const writing = useMutation({
    mutationFn: (input: HostInput<'archive.recoverySheet'>) =>
      unwrap(window.holdfast.saveRecoverySheet(input)),
    // The input holds the passphrase: it must not wait in the mutation cache.
    gcTime: 0,
    onSuccess: () => {
      setSecret(noSecret);
      setPath('');
      setTried(false);
    },
  });
  if (!archive.encrypted)
    return (
      <Section title={words.sheetHeading} help={words.sheetPlain}>
        {null}
      </Section>
    );
  const given = secretOf(secret);
  const submit = () => {
    setTried(true);
    if (path.trim() !== '' && given !== null) writing.mutate({ path, secret: given });
  };
  return (
    <Section title={words.sheetHeading} help={words.sheetHelp}>
      <Alert color="orange" icon={<IconKey aria-hidden />}>
        {words.sheetWarning}
      </Alert>
      {writing.isError && <FailureAlert error={writing.error} onClose={writing.reset} />}
      {writing.isSuccess && (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={words.sheetDone} role="status">
          <Stack gap={4}>
            <CopyText text={writing.data.path} what={words.pathWhat} />
            <Text size="sm">
              {words.sheetId} {writing.data.sheetId}. {words.sheetWarning}
            </Text>
          </Stack>
        </Alert>
      )}
      <Form onSubmit={submit}>
        <Stack gap="sm">
          <SecretField
            value={secret}
            onChange={setSecret}
            error={tried && given === null ? words.missingSecret : null}
          />
          <SegmentedControl
            aria-label={words.sheetFormat}
            value={format}
            onChange={(value) => setFormat(value === 'text' ? 'text' : 'pdf')}
            data={[
              { value: 'pdf', label: words.sheetPdf },
              { value: 'text', label: words.sheetText },
            ]}
          />
          <PathField
            label={words.sheetOut}
            value={path}
            onChange={setPath}
            browse={() => chooseNew(format === 'pdf' ? 'sheet-pdf' : 'sheet', words.sheetSuggested(format))}
            browseLabel={words.browse}
            error={tried && path.trim() === '' ? words.missingPath : null}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={writing.isPending}>
              {words.sheet}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Section>
  );
}
