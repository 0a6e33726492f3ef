import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { checkWords, goneWords } from '../../contract/watch-words.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { showInstant } from '../time/statedTime.ts';
import { watchMessages as words } from './messages.ts';
import { OutcomeBadge } from './OutcomeBadge.tsx';
import { useWatchesOf } from './queries.ts';
import { ToldChecks } from './ToldChecks.tsx';
import { WatchForm } from './WatchForm.tsx';
import classes from './watch.module.css';

const say = (instant: string): string => showInstant(instant).text;

/** Whether a post is watched, what the last check came to, and putting it on the list. */
export function PostWatches({ postId }: { postId: string }) {
  const asked = useWatchesOf(postId);
  const [adding, setAdding] = useState(false);
  return (
    <Paper withBorder p="md" component="section" aria-label={words.onPost}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {words.onPost}
        </Title>
        {asked.isError && <FailureAlert error={asked.error} />}
        {asked.data?.map((watch) => (
          <Stack key={watch.id} gap={4}>
            <Group gap="xs">
              <OutcomeBadge watch={watch} />
              <Anchor component={Link} href={`/watch/${watch.id}`} size="sm">
                {words.states[watch.state]}
              </Anchor>
            </Group>
            {watch.lastCheck !== null && (
              <Text size="sm" className={classes.words ?? ''}>
                <bdi>{goneWords(watch, say) ?? checkWords(watch.lastCheck, say)}</bdi>
              </Text>
            )}
          </Stack>
        ))}
        <ToldChecks postId={postId} />
        {adding ? (
          <WatchForm postId={postId} onDone={() => setAdding(false)} />
        ) : (
          <Group>
            <Button size="xs" variant="default" onClick={() => setAdding(true)}>
              {words.addPost}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
