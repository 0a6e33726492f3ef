import { Alert, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { LogReport } from '../../contract/model/log.ts';
import { useDesk } from '../bridge/desk.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { counted, inDigits, roundedBytes } from '../shared/sizes.ts';
import { custodyMessages } from './messages.ts';

const words = custodyMessages.check;

/** Everything against the log: started here, stopped here, and its answer in words. */
export function LogCheck() {
  const { checking } = useDesk();
  const { now } = checking;
  return (
    <Stack gap="sm" component="section" aria-label={words.heading}>
      <Title order={3}>{words.heading}</Title>
      <Text size="sm">{words.intro}</Text>
      {now.state === 'running' ? (
        <ProgressPanel
          title={words.running}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={checking.cancel}
        />
      ) : (
        <Group>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} aria-hidden />}
            onClick={() => checking.start(null)}
          >
            {words.start}
          </Button>
        </Group>
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={checking.reset} />}
      {now.state === 'done' && <Report report={now.value} />}
    </Stack>
  );
}

function Report({ report }: { report: LogReport }) {
  const { size, checkpoints, blobs, bytes, purged } = report;
  return (
    <Alert role="status" color={report.ok ? 'green' : 'red'} title={report.ok ? words.ok : words.bad}>
      <Stack gap="xs">
        <Text size="sm">
          {words.counts(
            counted(size, 'act'),
            counted(checkpoints, 'checkpoint'),
            counted(blobs, 'artifact'),
            roundedBytes(bytes),
          )}
          {purged > 0 && ` ${words.purged(counted(purged, 'item'))}`}
        </Text>
        {report.ok ? <Text size="sm">{words.limits}</Text> : <Problems report={report} />}
      </Stack>
    </Alert>
  );
}

function Problems({ report }: { report: LogReport }) {
  return (
    <>
      <Text size="sm">{words.badAdvice}</Text>
      <Table layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="34%">{words.table}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.problems.map((problem) => (
            <Table.Tr key={`${problem.table} ${problem.row} ${problem.code}`}>
              <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                <bdi dir="ltr">
                  {problem.table} {problem.row}
                </bdi>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <bdi>{problem.message}</bdi>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report.more > 0 && <Text size="sm">{words.more(inDigits(report.more))}</Text>}
    </>
  );
}
