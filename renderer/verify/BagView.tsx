import { Badge, Code, Paper, Stack, Table, Text } from '@mantine/core';
import type { BagCheck, BagFinding } from '../../contract/model/bag-check.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { inDigits } from '../shared/sizes.ts';
import { bagLevelWords, bagVerdictWords, bagMessages as words } from './foreignMessages.ts';
import { verifyMessages } from './messages.ts';
import { VerdictBadge } from './VerdictBadge.tsx';

const looks = { valid: 'trusted', 'valid-with-warnings': 'consistent', invalid: 'failed' } as const;
const colors = { error: 'red', warning: 'yellow', note: 'gray' } as const;

/** Whether a bag is complete and unchanged, and what was found. */
export function BagView({ check }: { check: BagCheck & { path: string } }) {
  const { verdict, findings, counts, payload } = check;
  const more = counts.error + counts.warning + counts.note - findings.length;
  return (
    <section aria-label={verifyMessages.result}>
      <Stack gap="md">
        <Paper withBorder p="md" role="status">
          <Stack gap="xs" align="flex-start">
            <VerdictBadge verdict={looks[verdict]} label={bagVerdictWords[verdict].badge} />
            <Text>{bagVerdictWords[verdict].sentence}</Text>
            <Text size="sm" c="dimmed">
              {words.resultOf}
            </Text>
            <CopyText text={check.path} what={verifyMessages.pathWhat} />
          </Stack>
        </Paper>
        {findings.length > 0 && <FindingTable findings={findings} />}
        {more > 0 && <Text size="sm">{words.more(inDigits(more))}</Text>}
        <Facts
          caption={words.facts}
          facts={[
            { label: words.version, value: check.version },
            { label: words.algorithms, value: check.algorithms.join(', ') || null },
            { label: words.files, value: inDigits(payload.files) },
            { label: words.bytes, value: inDigits(payload.bytes) },
          ]}
        />
        <Text size="sm" c="dimmed">
          {words.notAbout}
        </Text>
      </Stack>
    </section>
  );
}

function FindingTable({ findings }: { findings: readonly BagFinding[] }) {
  return (
    <Table layout="fixed" aria-label={words.findings}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="20%">{words.level}</Table.Th>
          <Table.Th w="35%">{verifyMessages.file}</Table.Th>
          <Table.Th>{words.finding}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {findings.slice(0, 200).map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list of an answer never changes, and two findings can be the same
          <Table.Tr key={i}>
            <Table.Td>
              <Badge variant="outline" color={colors[finding.level]} tt="none" c="var(--mantine-color-text)">
                {bagLevelWords[finding.level]}
              </Badge>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <bdi dir="ltr">{finding.file ?? ''}</bdi>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {finding.message} <Code>{finding.code}</Code>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
