import { Alert, Anchor, List, Table, Text } from '@mantine/core';
import { IconCalendarDue } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PurgeLine } from '../../contract/model/purge.ts';
import { actorWords } from '../shared/actorWords.ts';
import { showInstant } from '../time/statedTime.ts';
import { purgedWhy, purgeMessages as words } from './messages.ts';
import { useKeeping } from './queries.ts';

/** Above the list of captures: those whose date has passed, and what is not there any more. */
export function KeepingNotes() {
  const { data } = useKeeping();
  if (data === undefined) return null;
  return (
    <>
      {data.due.length > 0 && (
        <Alert color="yellow" icon={<IconCalendarDue aria-hidden />} title={words.due(data.due.length)}>
          <Text size="sm">{words.dueHelp}</Text>
          <List size="sm">
            {data.due.slice(0, 20).map(({ captureId, until }) => (
              <List.Item key={captureId}>
                <Anchor
                  component={Link}
                  href={`/capture/${captureId}`}
                  size="sm"
                  c="inherit"
                  underline="always"
                >
                  {words.dueOne(captureId, until)}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {data.purged.length > 0 && (
        <details>
          <summary>{words.purgedTitle(data.purged.length)}</summary>
          <Text size="sm" c="dimmed">
            {words.purgedHelp}
          </Text>
          <Tombstones purged={data.purged} />
        </details>
      )}
    </>
  );
}

function Tombstones({ purged }: { purged: readonly PurgeLine[] }) {
  return (
    <Table.ScrollContainer minWidth={480} maxHeight={280} type="native">
      <Table aria-label={words.purgedHelp}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.captureId}</Table.Th>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.why}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {purged.map((line) => (
            <Table.Tr key={line.leaf}>
              <Table.Td ff="monospace" fz="xs">
                {line.captureId}
              </Table.Td>
              <Table.Td>
                <bdi dir="ltr">{showInstant(line.at).text}</bdi>, <bdi>{actorWords(line.by)}</bdi>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {words.done(line.leaf)} <bdi>{purgedWhy(line)}</bdi>
                {line.address !== null && (
                  <Text size="xs" c="dimmed" component="div">
                    <bdi dir="ltr">{line.address}</bdi>
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
