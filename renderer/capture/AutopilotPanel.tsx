import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { AutopilotState } from '../../contract/model/autopilot.ts';
import { inDigits } from '../shared/sizes.ts';
import { showInstant } from '../time/statedTime.ts';
import { captureMessages as words } from './messages.ts';

interface Props {
  onAct(act: 'stop' | 'pause' | 'resume'): void;
  state: AutopilotState;
  /** At which it ends. */
  posts: number;
}

/** How far the autopilot is, and what can be ordered of it. The capture as a whole has its own panel. */
export function AutopilotPanel({ state, posts, onAct }: Props) {
  const { phase } = state;
  const { seen, phases, pause, resume, stop } = words.autopilot;
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.autopilot.name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="wrap">
          <div>
            <Text fw={600} role="status">
              {phases[phase]}
            </Text>
            <Text size="sm" c="dimmed">
              {seen(inDigits(state.posts), inDigits(state.screens), inDigits(state.seconds))}
            </Text>
            {state.waitingUntil !== null && phase === 'running' && (
              <Text size="sm">{words.waiting(showInstant(state.waitingUntil).text)}</Text>
            )}
          </div>
          {phase !== 'ending' && (
            <Group gap="xs">
              <Button
                variant="default"
                size="xs"
                onClick={() => onAct(phase === 'paused' ? 'resume' : 'pause')}
              >
                {phase === 'paused' ? resume : pause}
              </Button>
              <Button variant="default" size="xs" onClick={() => onAct('stop')}>
                {stop}
              </Button>
            </Group>
          )}
        </Group>
        <Progress
          value={Math.min(100, (state.posts / posts) * 100)}
          aria-label={words.autopilot.progress(inDigits(posts))}
        />
      </Stack>
    </Paper>
  );
}
