import { Badge, Button, Group, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconUserCircle } from '@tabler/icons-react';
import type { ViewState } from '../../contract/model/view.ts';
import { strong } from '../personas/colour.ts';
import { captureMessages as words } from './messages.ts';

interface Props {
  persona: NonNullable<ViewState['persona']>;
  trail: ViewState['trail'];
  onTrail(on: boolean): void;
}

/** Name and colour of the persona, and whether what is visited is noted, at the top of the page that is looked at with it. */
export function PersonaSign({ persona, trail, onTrail }: Props) {
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
      <Text size="sm" ms="auto">
        {words.trail.states[trail]}
      </Text>
      {trail !== 'off' && (
        <Button
          size="compact-xs"
          variant="white"
          color="dark"
          leftSection={
            trail === 'on' ? (
              <IconPlayerPause size={14} aria-hidden />
            ) : (
              <IconPlayerPlay size={14} aria-hidden />
            )
          }
          onClick={() => onTrail(trail === 'paused')}
        >
          {trail === 'on' ? words.trail.pause : words.trail.resume}
        </Button>
      )}
    </Group>
  );
}
