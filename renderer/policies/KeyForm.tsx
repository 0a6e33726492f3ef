import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { ClauseField } from '../tags/ClauseField.tsx';
import type { NamedClause } from '../tags/form.ts';
import { policyMessages } from './messages.ts';
import { NoteFrame, NoteReason } from './NoteFrame.tsx';
import type { ClauseToNote } from './noted.ts';
import { useNote } from './useNote.ts';

const words = policyMessages.notes;
type Verdict = 'confirm' | 'other' | 'own';

/** Whether a clause is rightly the one that it was taken for, another one that is known, or one of its own. */
export function KeyForm({ clause, onDone }: { clause: ClauseToNote; onDone(): void }) {
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [other, setOther] = useState<NamedClause | null>(null);
  const [because, setBecause] = useState('');
  const { tried, saving, send } = useNote(
    (order: HostInput<'policies.correct'>) => window.holdfast.correctClause(order),
    words.recordedKey,
    onDone,
  );
  const changeOf = (): HostInput<'policies.correct'>['change'] | null => {
    if (verdict === 'confirm') return { kind: 'confirm' };
    if (verdict === 'own') return { kind: 'key', key: null };
    return verdict === 'other' && other !== null ? { kind: 'key', key: other.key } : null;
  };
  const submit = () => {
    const change = changeOf();
    const { key, version } = clause;
    send(change === null || because.trim() === '' ? null : { key, version, because: because.trim(), change });
  };
  return (
    <NoteFrame onSubmit={submit} saving={saving}>
      <Radio.Group
        label={words.whichClause}
        description={words.fromHere}
        value={verdict}
        onChange={(value) => setVerdict(value === 'confirm' || value === 'other' ? value : 'own')}
        error={tried && verdict === '' ? words.missingChoice : null}
      >
        <Stack gap={6} my={6}>
          {clause.isToConfirm && <Radio value="confirm" label={words.isSame} />}
          <Radio value="other" label={words.isOther} />
          <Radio value="own" label={words.isOwn} />
        </Stack>
      </Radio.Group>
      {verdict === 'other' && (
        <ClauseField
          label={words.otherClause}
          platform={clause.platform}
          value={other}
          onChange={setOther}
          error={tried && other === null ? words.missingClause : null}
          // Only what stands in the same policy can be the same clause of it.
          allow={({ isDated, policy, platform, key }) =>
            isDated && policy === clause.policy && platform === clause.platform && key !== clause.key
          }
        />
      )}
      <NoteReason value={because} onChange={setBecause} missing={tried && because.trim() === ''} />
    </NoteFrame>
  );
}
