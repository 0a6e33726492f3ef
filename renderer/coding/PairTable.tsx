import { Table, Text } from '@mantine/core';
import type { CodingResult } from '../../contract/model/tag.ts';
import { ActorText } from '../shared/ActorText.tsx';
import { codingMessages as words } from './messages.ts';

/** Two by two: over how many posts, how often the same finding and the same clauses, and kappa. */
export function PairTable({ pairs }: { pairs: CodingResult['pairs'] }) {
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table aria-label={words.pairs} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.first}</Table.Th>
            <Table.Th>{words.second}</Table.Th>
            <Table.Th>{words.both}</Table.Th>
            <Table.Th>{words.sameFinding}</Table.Th>
            <Table.Th>{words.sameClauses}</Table.Th>
            <Table.Th>{words.kappaColumn}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pairs.map(({ first, second, both, sameFinding, sameClauses, kappa }) => (
            <Table.Tr key={`${first.signer} ${first.name} ${second.signer} ${second.name}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <ActorText actor={first} />
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <ActorText actor={second} />
              </Table.Td>
              <Table.Td>{both}</Table.Td>
              <Table.Td>{words.share(sameFinding, both)}</Table.Td>
              <Table.Td>{words.share(sameClauses, both)}</Table.Td>
              <Table.Td>
                {kappa === null ? (
                  <>
                    {words.noKappa}
                    {both > 0 && (
                      <Text size="xs" c="dimmed">
                        {words.noKappaWhy}
                      </Text>
                    )}
                  </>
                ) : (
                  // A true minus, and two digits: a sample bears no more.
                  kappa.toFixed(2).replace('-', '−')
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
