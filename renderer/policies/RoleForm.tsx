import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { clauseRoleSchema } from '../../contract/model/clause.ts';
import { policyMessages } from './messages.ts';
import { NoteFrame, NoteReason } from './NoteFrame.tsx';
import type { ClauseToNote } from './noted.ts';
import { useNote } from './useNote.ts';

const words = policyMessages.notes;

/** What a clause does, as a person reads it. */
export function RoleForm({ clause, onDone }: { clause: ClauseToNote; onDone(): void }) {
  const [role, setRole] = useState<string>(clause.role ?? '');
  const [because, setBecause] = useState('');
  const { tried, saving, send } = useNote(
    (order: HostInput<'policies.correct'>) => window.holdfast.correctClause(order),
    words.recordedRole,
    onDone,
  );
  const submit = () => {
    const { key, version } = clause;
    const change = { kind: 'role' as const, role: role === '' ? null : clauseRoleSchema.parse(role) };
    send(because.trim() === '' ? null : { key, version, because: because.trim(), change });
  };
  return (
    <NoteFrame onSubmit={submit} saving={saving}>
      <NativeSelect
        label={words.role}
        description={words.fromHere}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value)}
        data={[
          ...clauseRoleSchema.options.map((value) => ({ value, label: policyMessages.role[value] })),
          { value: '', label: words.noRole },
        ]}
      />
      <NoteReason value={because} onChange={setBecause} missing={tried && because.trim() === ''} />
    </NoteFrame>
  );
}
