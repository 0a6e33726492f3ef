import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import type { EventFilter } from '../../contract/model/log.ts';
import { useLogStatus } from '../bridge/queries.ts';
import { kindWords, custodyMessages as words } from './messages.ts';

const typingRestMs = 200;

/** A member of a filter as the form has it: empty means that it does not narrow. */
interface Fields {
  kind: string;
  actor: string;
  /** Days, as the date fields give them: 2026-01-31. */
  from: string;
  to: string;
  id: string;
}

const empty: Fields = { kind: '', actor: '', from: '', to: '', id: '' };

function isId(text: string): boolean {
  return /^[0-9a-f-]{0,36}$/.test(text);
}

function toFilter({ kind, actor, from, to, id }: Fields): EventFilter {
  const text = id.trim().toLowerCase();
  return {
    ...(kind === '' ? {} : { kinds: [kind] }),
    ...(actor === '' ? {} : { actor }),
    ...(from === '' ? {} : { from: `${from}T00:00:00.000Z` }),
    ...(to === '' ? {} : { to: `${to}T23:59:59.999Z` }),
    ...(text === '' || !isId(text) ? {} : { id: text }),
  };
}

/** Narrows the list by act, person, day and id. */
export function EventFilterForm({
  filter,
  onChange,
}: {
  filter: EventFilter;
  onChange(filter: EventFilter): void;
}) {
  const [fields, setFields] = useState<Fields>(empty);
  const actors = useLogStatus().data?.actors ?? [];
  const tell = useDebouncedCallback((next: Fields) => onChange(toFilter(next)), typingRestMs);
  const set = (change: Partial<Fields>) => {
    const next = { ...fields, ...change };
    setFields(next);
    if (change.id === undefined) say(toFilter(next));
    else tell(next);
  };
  /** At once: what was typed a moment ago, and not told yet, must not come after it. */
  const say = (next: EventFilter) => {
    tell.cancel();
    onChange(next);
  };
  const kinds = [...kindWords].map(([value, label]) => ({ value, label }));
  return (
    <Group
      component="fieldset"
      gap="sm"
      align="flex-start"
      mb="sm"
      p={0}
      bd={0}
      aria-label={words.filter.heading}
    >
      <NativeSelect
        label={words.filter.kind}
        value={fields.kind}
        data={[{ value: '', label: words.filter.anyKind }, ...kinds]}
        onChange={(event) => set({ kind: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.filter.person}
        value={fields.actor}
        data={[{ value: '', label: words.filter.anyPerson }, ...actors]}
        onChange={(event) => set({ actor: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.filter.from}
        value={fields.from}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={words.filter.to}
        value={fields.to}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <TextInput
        label={words.filter.id}
        title={words.filter.idHelp}
        value={fields.id}
        maxLength={36}
        error={isId(fields.id.trim().toLowerCase()) ? null : words.filter.idBad}
        onChange={(event) => set({ id: event.currentTarget.value })}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          variant="default"
          mt={24}
          onClick={() => {
            setFields(empty);
            say({});
          }}
        >
          {words.filter.clear}
        </Button>
      )}
    </Group>
  );
}
