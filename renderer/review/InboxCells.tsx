import { Badge, Group, Text } from '@mantine/core';
import type { InboxLine } from '../../contract/model/tag.ts';
import { Cell } from '../list/Cell.tsx';
import { reviewMessages as words } from './messages.ts';
import classes from './review.module.css';

/** The cells of one tag of the inbox: its clause, its state, the words it is about, who and why. */
export function InboxCells({ line: { tag, post } }: { line: InboxLine }) {
  const quoted = tag.quotes.map(({ text }) => text).join(' … ');
  const about = quoted === '' ? post.text : quoted;
  return (
    <Cell className={classes.body}>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} truncate flex={1} miw={60}>
          <bdi>{tag.clause?.title ?? words.finding[tag.finding]}</bdi>
        </Text>
        {tag.flags.length > 0 && (
          <Badge variant="outline" color="gray" tt="none" size="sm" className={classes.fixed ?? ''}>
            {words.flag[tag.flags[0]?.code ?? 'reworded-since']}
          </Badge>
        )}
        <Badge variant="default" tt="none" size="sm" className={classes.fixed ?? ''}>
          {words.state[tag.state]}
        </Badge>
      </Group>
      <Text
        size="sm"
        dir={post.direction ?? 'auto'}
        lang={post.language ?? ''}
        className={classes.oneLine ?? ''}
        {...(quoted === '' ? { c: 'dimmed' } : {})}
      >
        {about.trim() === '' ? words.noText : about}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed" className={classes.who ?? ''}>
          <bdi>{tag.actor.name}</bdi>:
        </Text>
        <Text size="xs" c="dimmed" dir="auto" className={classes.oneLine ?? ''} flex={1}>
          {tag.because}
        </Text>
      </Group>
    </Cell>
  );
}
