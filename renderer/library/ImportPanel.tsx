import { Alert, CloseButton, Code, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ImportReport } from '../../contract/model/capture.ts';
import type { Warning } from '../../contract/model/common.ts';
import { useDesk } from '../bridge/desk.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { titleOfCode } from '../shared/failures.ts';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { inDigits } from '../shared/sizes.ts';
import { libraryMessages as words } from './messages.ts';
import { TrustQuestion } from './TrustQuestion.tsx';

/** What an import is doing, or did: also every warning and every refusal. */
export function ImportPanel() {
  const { importing, importCanBeCancelled, askingTrust } = useDesk();
  const { now } = importing;
  if (askingTrust !== null) return <TrustQuestion paths={askingTrust} />;
  switch (now.state) {
    case 'idle':
      return null;
    case 'running':
      return (
        <ProgressPanel
          title={words.importing}
          progress={now.progress}
          cancelling={now.cancelling}
          {...(importCanBeCancelled ? { onCancel: importing.cancel } : {})}
        />
      );
    case 'failed':
      return <FailureAlert error={now.failure} onClose={importing.reset} />;
    case 'done':
      return <ImportSummary report={now.value} onClose={importing.reset} />;
  }
}

function ImportSummary({ report, onClose }: { report: ImportReport; onClose(): void }) {
  const records = Object.entries(report.records)
    .map(([type, count]) => `${inDigits(count)} ${type}`)
    .join(', ');
  const nothing = report.captures.length === 0;
  return (
    <Paper
      withBorder
      p="sm"
      mah="45vh"
      style={{ overflowY: 'auto' }}
      tabIndex={0}
      role="region"
      aria-label={words.importDone}
    >
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="xs" wrap="nowrap" role="status">
            {nothing ? <IconInfoCircle aria-hidden /> : <IconCircleCheck aria-hidden />}
            <div>
              <Text fw={600}>{nothing ? words.importNothing : words.importDone}</Text>
              <Text size="sm">
                {words.importSummary(report.captures.length, report.posts.length, report.artifacts.length)}
                {records !== '' && ` ${words.importRecords(records)}`}
              </Text>
              {!nothing && (
                <Text size="sm" c="dimmed">
                  {words.importByOthers}
                </Text>
              )}
            </div>
          </Group>
          <CloseButton aria-label={words.close} onClick={onClose} />
        </Group>
        <Problems color="red" title={words.refused(report.refused.length)} problems={report.refused} />
        <Problems color="yellow" title={words.warnings(report.warnings.length)} problems={report.warnings} />
      </Stack>
    </Paper>
  );
}

function Problems({
  color,
  title,
  problems,
}: {
  color: string;
  title: string;
  problems: readonly Warning[];
}) {
  if (problems.length === 0) return null;
  return (
    <Alert color={color} icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="40%">{words.file}</Table.Th>
            <Table.Th>{words.reason}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may have the same warning twice
            <Table.Tr key={at}>
              <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                <bdi dir="ltr">{problem.path}</bdi>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={500}>
                  {titleOfCode(problem.code)}
                </Text>
                <Text size="sm">{problem.message}</Text>
                <Code>{problem.code}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Alert>
  );
}
