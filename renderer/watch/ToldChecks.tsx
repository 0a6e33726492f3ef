import { Paper, Stack, Text } from '@mantine/core';
import type { ToldCheck } from '../../contract/model/watch.ts';
import { toldWords } from '../../contract/watch-words.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { InstantText } from '../time/TimeText.tsx';
import { watchMessages as words } from './messages.ts';
import { useToldChecks } from './queries.ts';
import classes from './watch.module.css';

/** What others saw of this post, or of any, as their bundles told it; nothing where nobody told anything. */
export function ToldChecks({ postId }: { postId: string | null }) {
  const asked = useToldChecks(postId);
  if (asked.isError) return <FailureAlert error={asked.error} />;
  const { total, checks } = asked.data ?? { total: 0, checks: [] };
  if (total === 0) return null;
  return (
    <Paper withBorder component="details" p="xs">
      <summary className={classes.summary}>{words.told(total)}</summary>
      <Text size="sm" c="dimmed" mt="xs">
        {words.toldHelp}
      </Text>
      <ul className={`${classes.list ?? ''} ${classes.told ?? ''}`} aria-label={words.told(total)}>
        {checks.map((told) => (
          <Told key={told.check.capture} told={told} />
        ))}
      </ul>
      {total > checks.length && (
        <Text size="sm" c="dimmed">
          {words.toldMore(total - checks.length)}
        </Text>
      )}
    </Paper>
  );
}

/** Names, addresses and words are those of others, and of pages: shown as text, never as a link. */
function Told({ told: { at, by, check } }: { told: ToldCheck }) {
  return (
    <Stack gap={0} component="li">
      <Text size="sm">
        <InstantText instant={at} />, <bdi>{words.toldBy(by)}</bdi>: {toldWords(check)}
      </Text>
      {check.words !== null && (
        <Text size="sm" c="dimmed" className={classes.words ?? ''}>
          <bdi>{check.words}</bdi>
        </Text>
      )}
      <Text size="xs" c="dimmed" className={classes.words ?? ''}>
        <bdi dir="ltr">{check.url}</bdi>
      </Text>
    </Stack>
  );
}
