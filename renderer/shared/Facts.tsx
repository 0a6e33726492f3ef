import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './shared.module.css';

export interface Fact {
  label: string;
  value: ReactNode;
}

/** Facts by name; a fact that is null is left out, one that was not read says so: the source may give it in a form that we cannot read. */
export function Facts({ caption, facts }: { caption: string; facts: readonly (Fact | null)[] }) {
  return (
    <Table variant="vertical" layout="fixed" withTableBorder captionSide="top">
      <Table.Caption className={classes.caption ?? ''} mt={0} mb={4}>
        {caption}
      </Table.Caption>
      <Table.Tbody>
        {facts.map((fact) =>
          fact === null ? null : (
            <Table.Tr key={fact.label}>
              <Table.Th w="34%" fw={500} style={{ verticalAlign: 'top' }}>
                {fact.label}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {fact.value ?? (
                  <Text span size="sm" c="dimmed">
                    none was read from the source
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ),
        )}
      </Table.Tbody>
    </Table>
  );
}
