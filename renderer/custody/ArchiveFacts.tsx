import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ArchiveStatus, RebuildReport } from '../../contract/model/archive.ts';
import { unwrap } from '../bridge/call.ts';
import { useInfo } from '../bridge/queries.ts';
import { refresh } from '../bridge/queryClient.ts';
import { actorWords } from '../shared/actorWords.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { counted, inBytes, inDigits } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { custodyMessages as words } from './messages.ts';

/** What the open file is, and a way to check its tables against its events. */
export function ArchiveFacts({ archive }: { archive: ArchiveStatus }) {
  const client = useQueryClient();
  const info = useInfo().data;
  const rebuilding = useMutation({
    mutationFn: () => unwrap(window.holdfast.rebuild({})),
    onSuccess: () => refresh(client, 'posts'),
  });
  const { counts } = archive;
  return (
    <Stack gap="sm">
      <Facts
        caption={words.facts}
        facts={[
          { label: words.fact.path, value: <CopyText text={archive.path} what={words.pathWhat} /> },
          { label: words.fact.encryption, value: archive.encrypted ? words.encrypted : words.plain },
          {
            label: words.fact.counts,
            value: [
              counted(counts.captures, 'capture'),
              counted(counts.posts, 'post'),
              counted(counts.tags, 'tag'),
              counted(counts.artifacts, 'artifact'),
              counted(counts.events, 'event'),
            ].join(', '),
          },
          { label: words.fact.size, value: inBytes(archive.fileSize) },
          { label: words.fact.pageSize, value: words.pageSizeOf(inDigits(archive.pageSize)) },
          { label: words.fact.created, value: <InstantText instant={archive.createdAt} /> },
          { label: words.fact.actor, value: <bdi>{actorWords(archive.actor)}</bdi> },
          { label: words.fact.id, value: <CopyText text={archive.id} what={words.idWhat} /> },
          { label: words.fact.schema, value: archive.schemaVersion },
          info === undefined
            ? null
            : {
                label: words.fact.runtime,
                value: `Holdfast ${info.version}, Electron ${info.electron}, Chromium ${info.chromium}, Node ${info.hostNode ?? info.node}`,
              },
        ]}
      />
      <Text size="sm" c="dimmed">
        {words.rebuildHelp}
      </Text>
      <Group>
        <Button variant="default" onClick={() => rebuilding.mutate()} loading={rebuilding.isPending}>
          {words.rebuild}
        </Button>
      </Group>
      {rebuilding.isError && <FailureAlert error={rebuilding.error} onClose={rebuilding.reset} />}
      {rebuilding.isSuccess && <RebuildResult report={rebuilding.data} />}
    </Stack>
  );
}

function RebuildResult({ report }: { report: RebuildReport }) {
  const events = counted(report.events, 'event');
  if (report.differences.length === 0) {
    return <Alert color="green" role="status" title={words.rebuildClean(events)} />;
  }
  return (
    <Alert color="yellow" role="status" title={words.rebuildDiffers(events)}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.table}</Table.Th>
            <Table.Th>{words.first}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.differences.map((difference) => (
            <Table.Tr key={difference.table}>
              <Table.Td>{difference.table}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{difference.first}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Alert>
  );
}
