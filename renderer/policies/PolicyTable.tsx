import { Button, Table, Text } from '@mantine/core';
import type { Policy } from '../../contract/model/policy.ts';
import { policyMessages as words } from './messages.ts';
import classes from './policies.module.css';

interface Props {
  policies: readonly Policy[];
  chosen: string | null;
  onChoose(policyId: string): void;
}

/** What the library holds; norms say that they are no rules of a platform. */
export function PolicyTable({ policies, chosen, onChoose }: Props) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label={words.library}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.column.policy}</Table.Th>
            <Table.Th>{words.column.platform}</Table.Th>
            <Table.Th>{words.column.versions}</Table.Th>
            <Table.Th>{words.column.clauses}</Table.Th>
            <Table.Th>{words.column.seen}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {policies.map(
            ({ id, name, platform, kind, jurisdiction, versions, clauses, firstSeen, lastSeen }) => (
              <Table.Tr key={id} aria-current={id === chosen ? 'true' : undefined}>
                <Table.Td maw={320}>
                  <Button
                    variant={id === chosen ? 'light' : 'subtle'}
                    size="compact-sm"
                    h="auto"
                    py={2}
                    classNames={{ label: classes.name ?? '' }}
                    aria-pressed={id === chosen}
                    onClick={() => onChoose(id)}
                  >
                    <bdi>{name}</bdi>
                  </Button>
                  {kind === 'norm' && (
                    <Text size="xs" c="dimmed" px="xs">
                      {words.norm(jurisdiction ?? '')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{platform}</Table.Td>
                <Table.Td>{versions}</Table.Td>
                <Table.Td>{clauses}</Table.Td>
                <Table.Td>
                  {firstSeen !== null &&
                    lastSeen !== null &&
                    words.span(firstSeen.at.slice(0, 10), lastSeen.at.slice(0, 10))}
                </Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
