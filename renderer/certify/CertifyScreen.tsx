import { Alert, Button, Container, Group, Radio, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearch } from 'wouter';
import {
  type CertificateReport,
  type CertificationForm,
  certificationFormSchema,
} from '../../contract/model/certificate.ts';
import { unwrap } from '../bridge/call.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { chooseOne } from '../shared/dialogs.ts';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { PathField } from '../shared/PathField.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { certifyMessages as words } from './messages.ts';
import { Statements } from './Statements.tsx';

/** Where a certificate for a bundle is written. */
export function certifyPath(bundle: string): string {
  return `/certify?${new URLSearchParams({ bundle })}`;
}

/** A certificate beside a bundle: its statements are read and ticked one by one. */
export function CertifyScreen() {
  const [path, setPath] = useState(new URLSearchParams(useSearch()).get('bundle') ?? '');
  const [form, setForm] = useState<CertificationForm>('us');
  const [tried, setTried] = useState(false);
  const [report, setReport] = useState<CertificateReport | null>(null);
  const reading = useMutation({
    mutationFn: (asked: { path: string; form: CertificationForm }) =>
      unwrap(window.holdfast.certificationLines(asked)),
  });
  const again = () => {
    reading.reset();
    setReport(null);
  };
  return (
    <Container size="md" w="100%" px={0}>
      <Stack gap="md">
        <ScreenHead title={words.heading} intro={words.intro} />
        <Form
          onSubmit={() => {
            setTried(true);
            if (path.trim() !== '') reading.mutate({ path, form });
          }}
        >
          <Stack gap="sm">
            <PathField
              label={words.bundle}
              value={path}
              onChange={(next) => {
                setPath(next);
                again();
              }}
              browse={() => chooseOne('bundle')}
              browseLabel={words.browse}
              error={tried && path.trim() === '' ? words.missingBundle : null}
            />
            <Radio.Group
              label={words.form}
              value={form}
              onChange={(next) => {
                setForm(certificationFormSchema.parse(next));
                again();
              }}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="us" label={words.us} />
                <Radio value="neutral" label={words.neutral} />
              </Stack>
            </Radio.Group>
            <Group justify="flex-end">
              <Button type="submit" loading={reading.isPending}>
                {words.read}
              </Button>
            </Group>
          </Stack>
        </Form>
        {reading.isError && <FailureAlert error={reading.error} onClose={reading.reset} />}
        {reading.data !== undefined && report === null && (
          <Statements path={path} form={form} lines={reading.data} onWritten={setReport} />
        )}
        {report !== null && <Written report={report} />}
      </Stack>
    </Container>
  );
}

function Written({ report }: { report: CertificateReport }) {
  return (
    <>
      <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title={words.done} />
      <Facts
        caption={words.done}
        facts={[
          { label: words.file, value: <CopyText text={report.path} what={words.pathWhat} /> },
          { label: words.signature, value: <CopyText text={report.signaturePath} what={words.pathWhat} /> },
          { label: words.zip, value: <CopyText text={report.zip} what={words.zip} /> },
          {
            label: words.tagManifest,
            value: <CopyText text={report.tagManifest} what={words.tagManifest} />,
          },
          {
            label: words.confirmed,
            value: words.confirmedOf(report.confirmed.length, report.notConfirmed.length),
          },
        ]}
      />
    </>
  );
}
