import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Review, ReviewAct, TagOrigin } from '../../contract/model/tag.ts';
import { ActorText } from '../shared/ActorText.tsx';
import { InstantText } from '../time/TimeText.tsx';
import { reviewMessages as words } from './messages.ts';
import classes from './review.module.css';

const colours: Record<ReviewAct, string> = { agree: 'green', dispute: 'orange', withdraw: 'gray' };

/** Every review of a tag, side by side: none takes the place of another. */
export function TagReviews({ reviews }: { reviews: readonly Review[] }) {
  if (reviews.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.noReviews}
      </Text>
    );
  }
  return (
    <ul className={classes.reviews}>
      {reviews.map(({ id, act, because, actor, time, origin }) => (
        <Paper key={id} component="li" withBorder p="xs">
          <Stack gap={4}>
            <Group gap="xs">
              <Badge variant="light" color={colours[act]} tt="none">
                {words.did[act]}
              </Badge>
            </Group>
            <Text size="sm" dir="auto" className={classes.said ?? ''}>
              {because}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              <ActorText actor={origin?.actor ?? actor} />, <InstantText instant={origin?.time ?? time} />
            </Text>
            {origin !== null && <Origin origin={origin} />}
          </Stack>
        </Paper>
      ))}
    </ul>
  );
}

/** That it came in the bundle of another archive. */
export function Origin({ origin }: { origin: TagOrigin }) {
  return (
    <Text size="xs" c="dimmed">
      {words.recordedIn} <InstantText instant={origin.time} />
    </Text>
  );
}
