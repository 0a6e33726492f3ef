import { Badge, Stack, Table, Text } from '@mantine/core';
import type { InForce } from '../../contract/model/policy.ts';
import type { DatedAnswer } from '../../contract/model/tag.ts';
import { policyMessages } from '../policies/messages.ts';
import { tagMessages as words } from './messages.ts';

const colours: Record<InForce, string> = {
  yes: 'green',
  'by-statement': 'yellow',
  no: 'gray',
  'not-known': 'orange',
};

/** Whether the clause was in force at each of the times of a post, and why. */
export function DatedAnswers({ dates }: { dates: readonly DatedAnswer[] }) {
  if (dates.length === 0) return null;
  return (
    <Table layout="fixed" captionSide="top" verticalSpacing={4}>
      <Table.Caption mt={0} mb={2} ta="start">
        {words.prepared.dates}
      </Table.Caption>
      <Table.Tbody>
        {dates.map(({ when, at, inForce, why }) => (
          <Table.Tr key={when}>
            <Table.Th scope="row" fw={500} w="34%" style={{ verticalAlign: 'top' }}>
              {words.when[when]}
              <Text size="xs" c="dimmed">
                {at === null ? words.noTime : <bdi dir="ltr">{at}</bdi>}
              </Text>
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Stack gap={2} align="flex-start">
                <Badge variant="light" color={colours[inForce]} tt="none">
                  {policyMessages.inForce[inForce]}
                </Badge>
                <Text size="xs">{why}</Text>
              </Stack>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
