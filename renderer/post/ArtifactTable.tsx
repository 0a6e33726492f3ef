import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Artifact } from '../../contract/model/capture.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { inBytes } from '../shared/sizes.ts';
import { postMessages as words } from './messages.ts';

const shownAtFirst = 20;

/** The byte streams of the capture. */
export function ArtifactTable({ artifacts }: { artifacts: readonly Artifact[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? artifacts : artifacts.slice(0, shownAtFirst);
  return (
    <section aria-label={words.artifacts}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {words.artifacts}
        </Title>
        <Text size="sm" c="dimmed">
          {words.artifactsHelp}
        </Text>
        <Table.ScrollContainer minWidth={620} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table withTableBorder>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.hash}</Table.Th>
                <Table.Th>{words.role}</Table.Th>
                <Table.Th>{words.type}</Table.Th>
                <Table.Th>{words.size}</Table.Th>
                <Table.Th>{words.name}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((artifact) => (
                <Table.Tr key={`${artifact.role} ${artifact.sha256} ${artifact.name}`}>
                  <Table.Td miw={240}>
                    <CopyText text={artifact.sha256} what={words.hash} />
                  </Table.Td>
                  <Table.Td>{words.roles[artifact.role]}</Table.Td>
                  <Table.Td>
                    <bdi dir="ltr">{artifact.mediaType}</bdi>
                  </Table.Td>
                  <Table.Td>{inBytes(artifact.size)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <bdi>{artifact.name ?? ''}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {artifacts.length > shown.length && (
          <Group>
            <Button variant="default" size="xs" onClick={() => setAll(true)}>
              {words.allArtifacts(artifacts.length)}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}
