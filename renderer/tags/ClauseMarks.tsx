import { Badge } from '@mantine/core';
import type { PolicyKind } from '../../contract/model/policy.ts';
import { tagMessages as words } from './messages.ts';

/** Sets apart what a clause is: of a pack without text, of a dated text, or of a law and so no rule of a platform. */
export function ClauseSort({ kind, isDated }: { kind: PolicyKind; isDated: boolean }) {
  if (kind === 'norm') {
    return (
      <Badge size="sm" tt="none" variant="light" color="orange">
        {words.norm}
      </Badge>
    );
  }
  return (
    <Badge size="sm" tt="none" variant={isDated ? 'light' : 'outline'} color={isDated ? 'blue' : 'gray'}>
      {isDated ? words.dated : words.pack}
    </Badge>
  );
}
