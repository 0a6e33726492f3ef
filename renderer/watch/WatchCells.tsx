import { Badge, Group, Text } from '@mantine/core';
import type { Watch } from '../../contract/model/watch.ts';
import { scheduleWords } from '../../contract/watch-words.ts';
import { Cell } from '../list/Cell.tsx';
import { showInstant } from '../time/statedTime.ts';
import { watchMessages as words } from './messages.ts';
import { OutcomeBadge } from './OutcomeBadge.tsx';
import classes from './watch.module.css';

interface Props {
  watch: Watch;
  checking: boolean;
  /** Until when the pace of the persona holds the check back; null: it does not. */
  until: string | null;
}

/** The cells of one entry of the watch list. */
export function WatchCells({ watch, checking, until }: Props) {
  const { handle, url, since, schedule } = watch;
  return (
    <Cell className={classes.body}>
      <Group gap="xs" wrap="nowrap">
        <OutcomeBadge watch={watch} />
        <Text size="sm" fw={600} truncate className={classes.name ?? ''}>
          {handle !== null && <bdi>@{handle} </bdi>}
          <bdi dir="ltr">{url}</bdi>
        </Text>
        <Next watch={watch} checking={checking} until={until} />
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Text size="sm" c="dimmed" truncate className={classes.name ?? ''}>
          {scheduleWords(schedule)}
        </Text>
        {since !== null && (
          <Text size="sm" className={classes.fixed ?? ''}>
            <bdi dir="ltr">{words.since(showInstant(since).text)}</bdi>
          </Text>
        )}
      </Group>
    </Cell>
  );
}

function Next({ watch: { state, nextAt, overdue }, checking, until }: Props) {
  if (checking || state !== 'active' || overdue > 0) {
    return (
      <Badge
        color={checking ? 'blue' : overdue > 0 ? 'orange' : 'gray'}
        variant="light"
        size="sm"
        tt="none"
        className={classes.fixed ?? ''}
      >
        {until !== null
          ? words.until(showInstant(until).text)
          : checking
            ? words.now
            : state === 'active'
              ? words.overdue(overdue)
              : words.states[state]}
      </Badge>
    );
  }
  return (
    <Text size="sm" c="dimmed" className={classes.fixed ?? ''}>
      {words.next} <bdi dir="ltr">{nextAt === null ? '' : showInstant(nextAt).text}</bdi>
    </Text>
  );
}
