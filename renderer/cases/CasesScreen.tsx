import { Anchor, EmptyState, Stack, Table } from '@mantine/core';
import { IconBriefcase } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Case } from '../../contract/model/case.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { showInstant } from '../time/statedTime.ts';
import { CaseForm } from './CaseForm.tsx';
import { caseMessages as words } from './messages.ts';
import { useCases } from './queries.ts';

/** The cases, and making one. */
export function CasesScreen() {
  const cases = useCases();
  return (
    <Stack gap="md" maw={1000}>
      <ScreenHead title={words.heading} intro={words.intro} />
      <CaseForm />
      {cases.isError && <FailureAlert error={cases.error} />}
      {cases.data?.length === 0 && (
        <EmptyState
          icon={<IconBriefcase aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {cases.data !== undefined && cases.data.length > 0 && <CaseTable cases={cases.data} />}
    </Stack>
  );
}

function CaseTable({ cases }: { cases: readonly Case[] }) {
  return (
    <Table.ScrollContainer minWidth={480} type="native">
      <Table aria-label={words.list}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.column.name}</Table.Th>
            <Table.Th>{words.column.exhibits}</Table.Th>
            <Table.Th>{words.column.zone}</Table.Th>
            <Table.Th>{words.column.made}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cases.map(({ id, name, exhibits, removed, timeZone, madeAt }) => (
            <Table.Tr key={id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Anchor component={Link} href={`/cases/${id}`}>
                  <bdi>{name}</bdi>
                </Anchor>
              </Table.Td>
              <Table.Td>
                {words.exhibits(exhibits)}
                {removed > 0 && `, ${words.removedCount(removed)}`}
              </Table.Td>
              <Table.Td>
                <bdi dir="ltr">{timeZone}</bdi>
              </Table.Td>
              <Table.Td>{showInstant(madeAt).text}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
