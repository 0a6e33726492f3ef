import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Coding } from '../../contract/model/tag.ts';
import { useArchiveStatus } from '../bridge/queries.ts';
import { isSamePerson } from '../review/ReviewButtons.tsx';
import { ActorText } from '../shared/ActorText.tsx';
import { CopyText } from '../shared/CopyText.tsx';
import { InstantText } from '../time/TimeText.tsx';
import classes from './coding.module.css';
import { codingMessages as words } from './messages.ts';

/** One sample: how it was drawn, who is how far, and the way on for the person at the desk. */
export function CodingCard({ coding }: { coding: Coding }) {
  const me = useArchiveStatus().data?.actor;
  const own = coding.coders.find(({ actor }) => me !== undefined && isSamePerson(actor, me))?.judged ?? 0;
  const isDone = own >= coding.posts;
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2} flex={1} miw={220}>
            <Text fw={600} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {coding.name}
            </Text>
            <Text size="sm">{words.facts(coding.posts, coding.population, coding.untagged)}</Text>
            <Text size="xs" c="dimmed">
              {words.drawnBy} <ActorText actor={coding.drawnBy} />, <InstantText instant={coding.time} />
            </Text>
          </Stack>
          {isDone ? (
            <Button
              component={Link}
              href={`/coding/${coding.id}/result`}
              variant="default"
              aria-label={words.resultWhat(coding.name)}
            >
              {words.result}
            </Button>
          ) : (
            <Button component={Link} href={`/coding/${coding.id}`} aria-label={words.codeWhat(coding.name)}>
              {words.code}
            </Button>
          )}
        </Group>
        <Coders coding={coding} />
        {!isDone && (
          <Text size="xs" c="dimmed">
            {words.open}
          </Text>
        )}
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {words.seedOf}
          </Text>
          <CopyText text={coding.seed} what={words.seedOf} />
        </Group>
      </Stack>
    </Paper>
  );
}

function Coders({ coding: { coders, posts } }: { coding: Coding }) {
  if (coders.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.nobody}
      </Text>
    );
  }
  return (
    <ul className={classes.coders} aria-label={words.coders}>
      {coders.map(({ actor, judged }) => (
        <li key={`${actor.signer} ${actor.name}`} className={classes.coder}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            <ActorText actor={actor} />
          </Text>
          <Progress value={(judged / posts) * 100} aria-label={words.progress(judged, posts)} />
          <Text size="sm" c="dimmed">
            {words.progress(judged, posts)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
