import { Checkbox, Fieldset, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  CertificateReport,
  CertificationForm,
  CertificationLines,
} from '../../contract/model/certificate.ts';
import { unwrap } from '../bridge/call.ts';
import { IdentityFields } from '../identities/IdentityFields.tsx';
import { useIdentityFile } from '../identities/useIdentityFile.ts';
import { Form } from '../shared/Form.tsx';
import { FormEnd } from '../shared/FormEnd.tsx';
import { certifyMessages as words } from './messages.ts';

interface Props {
  path: string;
  form: CertificationForm;
  lines: CertificationLines;
  onWritten(report: CertificateReport): void;
}

/** The statements to tick, and who certifies. */
export function Statements({ path, form, lines, onWritten }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const identity = useIdentityFile();
  const writing = useMutation({
    mutationFn: (file: NonNullable<typeof identity.value>) =>
      unwrap(
        window.holdfast.certifyBundle({
          path,
          form,
          identity: file,
          title: title.trim() === '' ? null : title,
          confirmed: [...ticked].sort((a, b) => a - b),
        }),
      ),
    onSuccess: (report) => {
      identity.clear();
      onWritten(report);
    },
  });
  const tick = (n: number, isTicked: boolean) => {
    const after = new Set(ticked);
    if (isTicked) after.add(n);
    else after.delete(n);
    setTicked(after);
  };
  return (
    <Form
      onSubmit={() => {
        setTried(true);
        if (ticked.size > 0 && identity.value !== null) writing.mutate(identity.value);
      }}
    >
      <Stack gap="md">
        <Text size="sm">{words.signedBy(lines.signer.name)}</Text>
        <Fieldset legend={words.statements}>
          <Text size="sm" c="dimmed" mb="sm">
            {words.statementsHelp}
          </Text>
          <Stack gap="sm">
            {lines.statements.map((statement, i) => (
              <Checkbox
                key={statement}
                label={`${i + 1}. ${statement}`}
                checked={ticked.has(i + 1)}
                onChange={(event) => tick(i + 1, event.currentTarget.checked)}
              />
            ))}
          </Stack>
          {tried && ticked.size === 0 && (
            <Text size="sm" mt="sm" role="alert">
              {words.nothing}
            </Text>
          )}
        </Fieldset>
        <Fieldset legend={words.who}>
          <Stack gap="sm">
            <TextInput
              label={words.title}
              description={words.titleHelp}
              value={title}
              maxLength={300}
              dir="auto"
              autoComplete="off"
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <IdentityFields
              file={identity}
              label={words.identity}
              passphraseLabel={words.passphrase}
              tried={tried}
            />
          </Stack>
        </Fieldset>
        <FormEnd doing={writing} label={words.write} />
      </Stack>
    </Form>
  );
}
