import { Badge, Text } from '@mantine/core';
import type { BatchItem } from '../../contract/model/batch.ts';
import { CaptureVerdictBadge } from '../capture/CaptureVerdictBadge.tsx';
import { Cell } from '../list/Cell.tsx';
import { inDigits } from '../shared/sizes.ts';
import classes from './batch.module.css';
import { batchMessages as words } from './messages.ts';

/** The cells of one address. */
export function BatchCells({ item, running }: { item: BatchItem; running: boolean }) {
  return (
    <>
      <Cell className={classes.number}>
        <Text size="sm" c="dimmed">
          {inDigits(item.n + 1)}
        </Text>
      </Cell>
      <Cell className={classes.state}>
        <State item={item} running={running} />
      </Cell>
      <Cell className={classes.url}>
        <Text size="sm" truncate>
          <bdi dir="ltr">{item.url}</bdi>
        </Text>
      </Cell>
    </>
  );
}

function State({ item: { state }, running }: { item: BatchItem; running: boolean }) {
  if (running) {
    return (
      <Badge color="blue" variant="light" size="sm" tt="none">
        {words.now}
      </Badge>
    );
  }
  if (state === 'waiting' || state === 'interrupted') {
    return (
      <Badge color={state === 'waiting' ? 'gray' : 'orange'} variant="default" size="sm" tt="none">
        {words.states[state]}
      </Badge>
    );
  }
  return <CaptureVerdictBadge verdict={state} />;
}
