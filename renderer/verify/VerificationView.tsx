import { Alert, Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { LogHead, Verification } from '../../contract/model/bundle.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { Fingerprint } from '../shared/Fingerprint.tsx';
import { inDigits } from '../shared/sizes.ts';
import { stepWords, verdictWords, verifyMessages as words } from './messages.ts';
import { StepList } from './StepList.tsx';
import { TimestampList } from './TimestampList.tsx';
import { VerdictBadge } from './VerdictBadge.tsx';

/** A verdict, why, and by whom it was signed. */
export function VerificationView({ verification }: { verification: Verification & { path: string } }) {
  const { verdict, signer, files, notes } = verification;
  return (
    <section aria-label={words.result}>
      <Stack gap="md">
        <Paper withBorder p="md" role="status">
          <Stack gap="xs" align="flex-start">
            <VerdictBadge verdict={verdict} />
            <Text>{verdictWords[verdict].sentence}</Text>
            <Text size="sm" c="dimmed">
              {words.resultOf}
            </Text>
            <CopyText text={verification.path} what={words.pathWhat} />
          </Stack>
        </Paper>
        {files.length > 0 && <DifferingFiles files={files} />}
        {notes.map(({ code, message }) => (
          <Alert key={code + message} color="yellow" title={words.notes}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {message}
            </Text>
          </Alert>
        ))}
        <Title order={3} size="h4">
          {words.steps}
        </Title>
        <StepList steps={verification.steps} words={stepWords} />
        {signer === null ? (
          <Text c="dimmed">{words.noSigner}</Text>
        ) : (
          <Stack gap="sm">
            <Facts
              caption={words.signer}
              facts={[
                { label: words.signerName, value: <bdi>{signer.name}</bdi> },
                signer.organisation === null
                  ? null
                  : { label: words.organisation, value: <bdi>{signer.organisation}</bdi> },
                signer.email === null
                  ? null
                  : { label: words.email, value: <bdi dir="ltr">{signer.email}</bdi> },
                {
                  label: words.selfSigned,
                  value: signer.selfSigned ? words.selfSignedYes : words.selfSignedNo,
                },
                {
                  label: words.validity,
                  value: <bdi dir="ltr">{`${signer.notBefore} – ${signer.notAfter}`}</bdi>,
                },
                {
                  label: words.signedAt,
                  value: verification.signedAt === null ? null : <bdi dir="ltr">{verification.signedAt}</bdi>,
                },
              ]}
            />
            <Fingerprint sha256={signer.fingerprint} />
          </Stack>
        )}
        {verdict !== 'failed' && <TimestampList timestamps={verification.timestamps} />}
        {verification.log !== null && <LogHeadFacts head={verification.log} />}
        <Text size="sm" c="dimmed">
          {words.notAbout}
        </Text>
      </Stack>
    </section>
  );
}

/** To compare with what another bundle of the same archive says. */
function LogHeadFacts({ head }: { head: LogHead }) {
  return (
    <Stack gap="xs">
      <Facts
        caption={words.log}
        facts={[
          { label: words.logOrigin, value: <bdi dir="ltr">{head.origin}</bdi> },
          { label: words.logSize, value: inDigits(head.size) },
          { label: words.logRoot, value: <CopyText text={head.root} what={words.logRootWhat} /> },
        ]}
      />
      <Text size="sm" c="dimmed">
        {words.logHelp}
      </Text>
    </Stack>
  );
}

function DifferingFiles({ files }: { files: Verification['files'] }) {
  return (
    <Alert color="red" title={words.files}>
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="60%">{words.file}</Table.Th>
            <Table.Th>{words.problem}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <Table.Tr key={`${file.problem} ${file.path}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <bdi dir="ltr">{file.path}</bdi>
              </Table.Td>
              <Table.Td>{words.problems[file.problem]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {files.length >= 100 && <Text size="sm">{words.filesFirst}</Text>}
    </Alert>
  );
}
