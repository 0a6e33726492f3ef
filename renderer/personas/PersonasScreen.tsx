import { Badge, Button, EmptyState, Group, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMasksTheater } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Persona } from '../../contract/model/persona.ts';
import { unwrap } from '../bridge/call.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { strong } from './colour.ts';
import { personaMessages as words } from './messages.ts';
import { PersonaForm } from './PersonaForm.tsx';
import { usePersonas } from './queries.ts';

/** The personas: making, changing, retiring them, and forgetting their sessions. */
export function PersonasScreen() {
  const [changing, setChanging] = useState<Persona | null>(null);
  const personas = usePersonas();
  const status = useQuery({
    queryKey: keys.status,
    queryFn: () => unwrap(window.holdfast.archiveStatus({})),
  });
  return (
    <Stack gap="md" maw={1000}>
      <div>
        <Title order={2}>{words.heading}</Title>
        <Text mt="xs">{words.intro}</Text>
        <Text size="sm" c="dimmed" mt="xs">
          {words.limits}
        </Text>
        {status.data?.encrypted === false && (
          <Text size="sm" mt="xs" fw={500}>
            {words.plain}
          </Text>
        )}
      </div>
      <PersonaForm key={changing?.id ?? ''} persona={changing} onDone={() => setChanging(null)} />
      {personas.isError && <FailureAlert error={personas.error} />}
      {personas.data?.length === 0 && (
        <EmptyState
          icon={<IconMasksTheater aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      )}
      {personas.data !== undefined && personas.data.length > 0 && (
        <PersonaTable personas={personas.data} onChange={setChanging} />
      )}
    </Stack>
  );
}

function says({ languages, timeZone, userAgent, proxy, pace }: Persona): string {
  const said = [
    languages.length > 0 ? languages.join(', ') : null,
    timeZone,
    userAgent === null ? null : userAgent.replace(/^Mozilla\/5\.0 /, ''),
    proxy === null ? null : words.through(proxy),
  ].filter((part) => part !== null);
  const hurry = pace === null ? words.hurried : words.unhurried(pace.pagesAnHour);
  return [...(said.length === 0 ? [words.own] : said), hurry].join(' · ');
}

type TableProps = { personas: readonly Persona[]; onChange(persona: Persona): void };

function PersonaTable({ personas, onChange }: TableProps) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label={words.list}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.column.name}</Table.Th>
            <Table.Th>{words.column.says}</Table.Th>
            <Table.Th>{words.column.session}</Table.Th>
            <Table.Th>{words.column.acts}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {personas.map((persona) => (
            <PersonaRow key={persona.id} persona={persona} onChange={onChange} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PersonaRow({ persona, onChange }: { persona: Persona; onChange(persona: Persona): void }) {
  const { name, colour, retired, sessionKeptAt, captures } = persona;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs" wrap="nowrap">
          <span
            aria-hidden
            style={{ width: 14, height: 14, borderRadius: 7, flexShrink: 0, background: strong(colour) }}
          />
          <bdi>{name}</bdi>
          {retired && (
            <Badge variant="light" color="gray" size="sm" tt="none" style={{ flexShrink: 0 }}>
              {words.retired}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {words.captures(captures)}
        </Text>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text size="sm">
          <bdi dir="ltr">{says(persona)}</bdi>
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {sessionKeptAt === null ? words.none : words.kept(sessionKeptAt.slice(0, 16).replace('T', ' '))}
        </Text>
      </Table.Td>
      <Table.Td>{!retired && <Acts persona={persona} onChange={onChange} />}</Table.Td>
    </Table.Tr>
  );
}

function Acts({ persona, onChange }: { persona: Persona; onChange(persona: Persona): void }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const { id: personaId, name, sessionKeptAt } = persona;
  const done = (message: string) => () => {
    notifications.show({ message, color: 'green' });
    refresh(client, 'personas');
  };
  const clearing = useMutation({
    mutationFn: () => unwrap(window.holdfast.clearPersonaSession({ personaId })),
    onSuccess: done(words.cleared),
  });
  const retiring = useMutation({
    mutationFn: () => unwrap(window.holdfast.retirePersona({ personaId })),
    onSuccess: done(words.retiredNow),
  });
  return (
    <Stack gap={4} align="end">
      <Group gap={4} justify="flex-end">
        <Button
          variant="default"
          size="compact-sm"
          aria-label={words.changeWhat(name)}
          onClick={() => onChange(persona)}
        >
          {words.change}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={words.clearWhat(name)}
          disabled={sessionKeptAt === null}
          loading={clearing.isPending}
          onClick={() => clearing.mutate()}
        >
          {words.clear}
        </Button>
        <Button
          variant={sure ? 'filled' : 'default'}
          color={sure ? 'red' : 'gray'}
          size="compact-sm"
          aria-label={words.retireWhat(name)}
          loading={retiring.isPending}
          onClick={() => (sure ? retiring.mutate() : setSure(true))}
        >
          {sure ? words.retireAgain : words.retire}
        </Button>
      </Group>
      {sure && (
        <Text size="xs" maw={260} ta="end" role="status">
          {words.retireHelp}
        </Text>
      )}
      {clearing.isError && <FailureAlert error={clearing.error} onClose={clearing.reset} />}
      {retiring.isError && <FailureAlert error={retiring.error} onClose={retiring.reset} />}
    </Stack>
  );
}
