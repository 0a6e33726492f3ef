import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import { type ClauseLink, clauseLinkKindSchema } from '../../contract/model/policy.ts';
import { ClauseField } from '../tags/ClauseField.tsx';
import type { NamedClause } from '../tags/form.ts';
import { policyMessages } from './messages.ts';
import { NoteFrame, NoteReason } from './NoteFrame.tsx';
import type { ClauseToNote } from './noted.ts';
import { useNote } from './useNote.ts';

const words = policyMessages.notes;

interface Way {
  kind: ClauseLink['kind'];
  /** This clause is the one that limits, follows or defines; else the other is. */
  from: boolean;
  value: string;
  label: string;
}

const ways = clauseLinkKindSchema.options.flatMap((kind): Way[] => {
  const here = { kind, from: true, value: `${kind} from here`, label: words.linkFrom[kind] };
  if (kind === 'same-rule') return [here];
  return [here, { kind, from: false, value: `${kind} to here`, label: words.linkTo[kind] }];
});

/** How this clause hangs together with another one. */
export function LinkForm({ clause, onDone }: { clause: ClauseToNote; onDone(): void }) {
  const [value, setValue] = useState(ways[0]?.value ?? '');
  const [other, setOther] = useState<NamedClause | null>(null);
  const [because, setBecause] = useState('');
  const { tried, saving, send } = useNote(
    (order: HostInput<'policies.link'>) => window.holdfast.linkClauses(order),
    words.recordedLink,
    onDone,
  );
  const submit = () => {
    const way = ways.find((each) => each.value === value);
    if (way === undefined || other === null) return send(null);
    const [from, to] = way.from ? [clause.key, other.key] : [other.key, clause.key];
    return send({ from, to, kind: way.kind, because: because.trim() === '' ? null : because.trim() });
  };
  return (
    <NoteFrame onSubmit={submit} saving={saving}>
      <NativeSelect
        label={words.linkKind}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        data={ways.map((way) => ({ value: way.value, label: way.label }))}
      />
      <ClauseField
        label={words.otherClause}
        platform={clause.platform}
        value={other}
        onChange={setOther}
        error={tried && other === null ? words.missingClause : null}
        allow={({ key }) => key !== clause.key}
      />
      <NoteReason value={because} onChange={setBecause} missing={null} />
    </NoteFrame>
  );
}
