import { Text } from '@mantine/core';
import type { LeavingPreview } from '../../contract/model/leaving.ts';
import { Facts } from '../shared/Facts.tsx';
import { leavingMessages as words } from './leavingMessages.ts';

const shown = 20;

/** The first of a list, and how many more there are. */
function Some({ items }: { items: readonly string[] }) {
  if (items.length === 0) return <Text size="sm">{words.none}</Text>;
  return (
    <>
      {items.slice(0, shown).map((item, i) => (
        // Two notes may say the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
        <Text size="sm" key={i} lineClamp={3}>
          <bdi>{item}</bdi>
        </Text>
      ))}
      {items.length > shown && <Text size="sm">{words.more(items.length - shown)}</Text>}
    </>
  );
}

/** Every person, persona, account, address and note that would leave. */
export function Named({ preview }: { preview: LeavingPreview }) {
  const { captures, posts, tags, persons, personas, accounts, hosts, notes } = preview;
  return (
    <Facts
      caption={words.named}
      facts={[
        { label: words.contents, value: words.counts(captures, posts, tags) },
        {
          label: words.persons,
          value: <Some items={persons.map(({ name, basis }) => `${name} (${words[basis]})`)} />,
        },
        personas.length === 0
          ? null
          : {
              label: words.personas,
              value: (
                <>
                  <Some items={personas.map(({ name, captures: n }) => `${name} (${n})`)} />
                  <Text size="sm" c="dimmed">
                    {words.personasHelp}
                  </Text>
                </>
              ),
            },
        {
          label: words.accounts,
          value: <Some items={accounts.map(({ what, count }) => `${what} (${count})`)} />,
        },
        { label: words.hosts, value: <Some items={hosts.map(({ what, count }) => `${what} (${count})`)} /> },
        { label: words.notes, value: <Some items={notes.map(({ text }) => text)} /> },
      ]}
    />
  );
}
