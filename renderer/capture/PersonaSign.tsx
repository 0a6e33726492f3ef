import { Badge, Group, Text } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import type { ViewState } from '../../contract/model/view.ts';
import { strong } from '../personas/colour.ts';
import { captureMessages as words } from './messages.ts';

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
