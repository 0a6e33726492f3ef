import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostInput } from '../../contract/channels.ts';
import {
  type OlderPosts,
  olderPostsSchema,
  type Statement,
  statementEffectSchema,
} from '../../contract/model/policy.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { policyMessages } from './messages.ts';
import { NoteFrame } from './NoteFrame.tsx';
import type { ClauseToNote } from './noted.ts';
import { useNote } from './useNote.ts';

const words = policyMessages.notes;
/** Captures to choose from: the newest. */
const mostCaptures = 200;
const empty = { speaker: '', saidOn: '', text: '', reportedIn: '', address: '', capture: '' };
type Name = keyof typeof empty;
const nothingSaid: OlderPosts = { removal: 'not-said', sanction: 'not-said' };

function useNewestCaptures() {
  return useQuery({
    queryKey: [...keys.captures, 'newest'],
    queryFn: async () =>
      (await unwrap(window.holdfast.listCaptures({ offset: 0, limit: mostCaptures }))).captures,
  });
}

/** What a platform announced or told somebody about a clause: kept beside the text, never as part of it. */
export function StatementForm({ clause, onDone }: { clause: ClauseToNote; onDone(): void }) {
  const [fields, setFields] = useState(empty);
  const [effect, setEffect] = useState<Statement['effect']>('explains');
  const [older, setOlder] = useState(nothingSaid);
  const captures = useNewestCaptures();
  const { tried, saving, send } = useNote(
    (order: HostInput<'policies.state'>) => window.holdfast.addStatement(order),
    words.recordedStatement,
    onDone,
  );
  const needed: Name[] = ['speaker', 'saidOn', 'text'];
  const is = (name: Name) => fields[name].trim() !== '';
  const input = (name: Name, label: string) => ({
    label,
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setFields((before) => ({ ...before, [name]: value }));
    },
    error: tried && needed.includes(name) && !is(name) ? words.missing : null,
    autoComplete: 'off',
  });
  const submit = () => {
    const orNull = (name: Name) => (is(name) ? fields[name].trim() : null);
    const { speaker, saidOn, text } = fields;
    const statement = {
      ...{ key: clause.key, speaker: speaker.trim(), saidOn, text: text.trim(), effect },
      ...{ reportedIn: orNull('reportedIn'), address: orNull('address'), capture: orNull('capture') },
      ...(older.removal === 'not-said' && older.sanction === 'not-said' ? {} : { olderPosts: older }),
    };
    send(needed.every(is) ? statement : null);
  };
  return (
    <NoteFrame onSubmit={submit} saving={saving}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput {...input('speaker', words.speaker)} dir="auto" />
        <TextInput {...input('saidOn', words.saidOn)} type="date" />
      </SimpleGrid>
      <Textarea
        {...input('text', words.text)}
        autosize
        minRows={2}
        maxRows={10}
        dir="auto"
        spellCheck={false}
      />
      <NativeSelect
        label={words.effect}
        description={words.effectHelp}
        value={effect}
        onChange={(event) => setEffect(statementEffectSchema.parse(event.currentTarget.value))}
        data={statementEffectSchema.options.map((value) => ({ value, label: words.effects[value] }))}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <OlderField member="removal" label={words.olderRemoval} value={older} onChange={setOlder} />
        <OlderField member="sanction" label={words.olderSanction} value={older} onChange={setOlder} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput {...input('reportedIn', words.reportedIn)} description={words.reportedInHelp} dir="auto" />
        <TextInput {...input('address', words.address)} description={words.addressHelp} dir="ltr" />
      </SimpleGrid>
      <NativeSelect
        {...input('capture', words.capture)}
        data={[
          { value: '', label: words.noCapture },
          ...(captures.data ?? []).map(({ id, sourceName, receivedAt }) => ({
            value: id,
            label: `${receivedAt.slice(0, 10)}, ${sourceName.slice(0, 100)}`,
          })),
        ]}
      />
    </NoteFrame>
  );
}

interface OlderProps {
  member: keyof OlderPosts;
  label: string;
  value: OlderPosts;
  onChange(value: OlderPosts): void;
}

function OlderField({ member, label, value, onChange }: OlderProps) {
  return (
    <NativeSelect
      label={label}
      description={words.olderHelp}
      value={value[member]}
      onChange={(event) =>
        onChange(olderPostsSchema.parse({ ...value, [member]: event.currentTarget.value }))
      }
      data={Object.entries(words.older[member]).map(([key, text]) => ({ value: key, label: text }))}
    />
  );
}
