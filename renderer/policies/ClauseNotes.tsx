import { Paper, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { KeyForm } from './KeyForm.tsx';
import { LinkForm } from './LinkForm.tsx';
import { policyMessages } from './messages.ts';
import type { ClauseToNote } from './noted.ts';
import { RoleForm } from './RoleForm.tsx';
import { StatementForm } from './StatementForm.tsx';

const words = policyMessages.notes;
const forms = { statement: StatementForm, role: RoleForm, link: LinkForm, key: KeyForm };
type Kind = keyof typeof forms;
const kinds: Kind[] = ['statement', 'role', 'link', 'key'];

/** What a person may say of a clause; each is an act of its own in the custody log. */
export function ClauseNotes({ clause, onDone }: { clause: ClauseToNote; onDone(): void }) {
  const [kind, setKind] = useState<Kind>('statement');
  const Chosen = forms[kind];
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.of(clause.title)}>
      <Stack gap="sm">
        <div>
          <SegmentedControl
            aria-label={words.kind}
            value={kind}
            onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'statement')}
            data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          />
        </div>
        <Chosen clause={clause} onDone={onDone} />
      </Stack>
    </Paper>
  );
}
