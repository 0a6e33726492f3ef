import { Badge, Group } from '@mantine/core';
import type { ClauseRole, InForce } from '../../contract/model/policy.ts';
import { policyMessages as words } from './messages.ts';

const colours: Record<InForce, string> = {
  yes: 'green',
  'by-statement': 'yellow',
  no: 'gray',
  'not-known': 'orange',
};

interface Props {
  role: ClauseRole | null;
  basis: 'proposed' | 'confirmed';
  inForce?: InForce;
  notes?: readonly string[];
}

/** What a clause does, whether it was in force, and how it came to be this clause. */
export function ClauseMarks({ role, basis, inForce, notes = [] }: Props) {
  return (
    <Group gap={6}>
      {inForce !== undefined && (
        <Badge variant="light" color={colours[inForce]} tt="none">
          {words.inForce[inForce]}
        </Badge>
      )}
      {role !== null && (
        <Badge variant="default" tt="none">
          {words.role[role]}
          {basis === 'proposed' ? ` (${words.proposed})` : ''}
        </Badge>
      )}
      {notes.filter(Boolean).map((note) => (
        <Badge key={note} variant="outline" color="gray" tt="none">
          {note}
        </Badge>
      ))}
    </Group>
  );
}
