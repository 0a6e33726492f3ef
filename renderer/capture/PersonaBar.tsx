import { Badge, Group, NativeSelect, Switch, Text } from '@mantine/core';
import { IconEye, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Access, accessSchema } from '../../contract/model/persona.ts';
import type { ViewState } from '../../contract/model/view.ts';
import { unwrap } from '../bridge/call.ts';
import { keys } from '../bridge/queryClient.ts';
import { strong } from '../personas/colour.ts';
import { captureMessages as words } from './messages.ts';
import type { View } from './useView.ts';

interface Props {
  view: View;
  state: ViewState;
  access: Access;
  onAccess(access: Access): void;
}

/** Who looks at the page, what is not sent, and who may see it. */
export function PersonaBar({ view, state, access, onAccess }: Props) {
  const personas = useQuery({
    queryKey: keys.personas,
    queryFn: async () => (await unwrap(window.holdfast.listPersonas({}))).personas,
  });
  const choices = (personas.data ?? []).filter(({ retired }) => !retired);
  return (
    <Group gap="md" align="end" wrap="wrap">
      <NativeSelect
        label={words.persona}
        leftSection={<IconUserCircle size={18} aria-hidden />}
        value={state.persona?.id ?? ''}
        disabled={state.capturing || view.changing}
        onChange={(event) => view.wear(event.currentTarget.value || null)}
        data={[
          { value: '', label: words.noPersona },
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        maw={260}
      />
      <NativeSelect
        label={words.access}
        leftSection={<IconEye size={18} aria-hidden />}
        value={access}
        disabled={state.capturing}
        onChange={(event) => onAccess(accessSchema.parse(event.currentTarget.value))}
        data={accessSchema.options.map((value) => ({ value, label: words.accesses[value] }))}
        maw={260}
      />
      <Switch
        label={words.lookOnly}
        description={state.lookOnly ? words.lookOnlyOn : words.lookOnlyOff}
        checked={state.lookOnly}
        disabled={state.capturing}
        onChange={(event) => view.lookOnly(event.currentTarget.checked)}
      />
    </Group>
  );
}

/** Name and colour of the persona, at the top of the page that is looked at with it. */
export function PersonaSign({ persona }: { persona: NonNullable<ViewState['persona']> }) {
  return (
    <Group
      gap="xs"
      px="xs"
      py={4}
      wrap="wrap"
      style={{ background: strong(persona.colour), color: '#fff' }}
      role="status"
    >
      <IconUserCircle size={18} aria-hidden />
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {words.as} <bdi>{persona.name}</bdi>
      </Text>
      {persona.hasProxy && (
        <Badge variant="white" color="dark" size="sm" tt="none">
          {words.throughProxy}
        </Badge>
      )}
    </Group>
  );
}
