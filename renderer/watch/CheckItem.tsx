import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { WatchCheck } from '../../contract/model/watch.ts';
import { outcomeWords } from '../../contract/watch-words.ts';
import { WordChanges } from '../policies/WordChanges.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { showInstant } from '../time/statedTime.ts';
import { InstantText } from '../time/TimeText.tsx';
import { watchMessages as words } from './messages.ts';
import { useCheckDiff } from './queries.ts';
import classes from './watch.module.css';

/** One check: when, from where, and what it came to, in words that say no more than it shows. */
export function CheckItem({ check }: { check: WatchCheck }) {
  const { at, captureId, dueAt, missed, outcome, vantage } = check;
  const isEdited = outcome.kind === 'edited';
  const diff = useCheckDiff(captureId, isEdited);
  return (
    <Paper withBorder p="sm" component="li">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            <InstantText instant={at} />
          </Text>
          <Button
            component={Link}
            href={`/capture/${captureId}`}
            size="compact-xs"
            variant="default"
            aria-label={words.openAt(showInstant(at).text)}
          >
            {words.open}
          </Button>
        </Group>
        <Text size="sm" className={classes.words ?? ''}>
          {outcomeWords(outcome, vantage)}
        </Text>
        {outcome.words !== null && (
          <Text size="sm" c="dimmed" className={classes.words ?? ''}>
            <bdi>{outcome.words}</bdi>
          </Text>
        )}
        {dueAt !== null && (
          <Text size="xs" c="dimmed">
            {words.dueAt(showInstant(dueAt).text, missed)}
          </Text>
        )}
        {outcome.measures.length > 0 && (
          <Text size="sm" className={classes.words ?? ''}>
            {words.measures}: <bdi>{outcome.measures.map(({ text }) => text).join('; ')}</bdi>
          </Text>
        )}
        {diff.isError && <FailureAlert error={diff.error} />}
        {diff.data !== undefined && diff.data.length > 0 && (
          <section aria-label={words.changes}>
            <WordChanges words={diff.data} side={null} />
          </section>
        )}
      </Stack>
    </Paper>
  );
}
