import { Badge, Button, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Policy, PolicyVersion } from '../../contract/model/policy.ts';
import { policyMessages as messages } from './messages.ts';
import { seenInWords } from './seen.ts';
import { VersionText } from './VersionText.tsx';

const words = messages.versions;

/** The time line of a policy: every version, what it changed, where it comes from. */
export function VersionsView({ policy, versions }: { policy: Policy; versions: readonly PolicyVersion[] }) {
  const [reading, setReading] = useState<string | null>(null);
  const shown = versions.find(({ id }) => id === reading);
  return (
    <Stack gap="md">
      <Table.ScrollContainer minWidth={620} maxHeight={360} type="native">
        <Table stickyHeader aria-label={words.list}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.seen}</Table.Th>
              <Table.Th>{words.title}</Table.Th>
              <Table.Th>{words.clauses}</Table.Th>
              <Table.Th>{words.change}</Table.Th>
              <Table.Th>{words.source}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((version, i) => (
              <VersionRow
                key={version.id}
                version={version}
                isFirst={i === 0}
                isShown={version.id === reading}
                onRead={() => setReading(version.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown !== undefined && <VersionText key={shown.id} policy={policy} version={shown} />}
    </Stack>
  );
}

interface RowProps {
  version: PolicyVersion;
  isFirst: boolean;
  isShown: boolean;
  onRead(): void;
}

function VersionRow({ version, isFirst, isShown, onRead }: RowProps) {
  const { seen, title, clauses, added, reworded, removed, toConfirm, source, cause } = version;
  return (
    <Table.Tr aria-current={isShown ? 'true' : undefined}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{seenInWords(seen)}</Table.Td>
      <Table.Td dir="auto">{title}</Table.Td>
      <Table.Td>{clauses}</Table.Td>
      <Table.Td>
        <Text size="sm">{isFirst ? words.first : words.counts(added, reworded, removed)}</Text>
        {toConfirm > 0 && (
          <Badge variant="light" color="orange" tt="none">
            {words.toConfirm(toConfirm)}
          </Badge>
        )}
        {source.bundle?.verdict === 'consistent' && (
          <Badge variant="light" color="orange" tt="none" h="auto" style={{ whiteSpace: 'normal' }}>
            {words.uncounted}
          </Badge>
        )}
        {cause === 'technical' && <Text size="xs">{words.technical}</Text>}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text size="xs">
          <bdi>{source.bundle === undefined ? (source.attribution ?? source.name) : source.name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          {source.licence ?? words.noLicence}
        </Text>
      </Table.Td>
      <Table.Td>
        <Button
          variant="default"
          size="compact-sm"
          onClick={onRead}
          aria-label={words.readWhat(seenInWords(seen))}
        >
          {words.read}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
