import { Badge, Text } from '@mantine/core';
import type { BatchItem } from '../../contract/model/batch.ts';
import { CaptureVerdictBadge } from '../capture/CaptureVerdictBadge.tsx';
import { Cell } from '../list/Cell.tsx';
import { inDigits } from '../shared/sizes.ts';
import { showInstant } from '../time/statedTime.ts';
import classes from './batch.module.css';
import { batchMessages as words } from './messages.ts';

interface Props {
  item: BatchItem;
  running: boolean;
  /** Until when the pace of the persona holds it back; null: it does not. */
  until: string | null;
}

/** The cells of one address. */
export function BatchCells({ item, running, until }: Props) {
  return (
    <>
      <Cell className={classes.number}>
        <Text size="sm" c="dimmed">
          {inDigits(item.n + 1)}
        </Text>
      </Cell>
      <Cell className={classes.state}>
        <State item={item} running={running} until={until} />
      </Cell>
      <Cell className={classes.url}>
        <Text size="sm" truncate>
          <bdi dir="ltr">{item.url}</bdi>
        </Text>
      </Cell>
    </>
  );
}

function State({ item: { state }, running, until }: Props) {
  if (until !== null) {
    return (
      <Badge color="blue" variant="default" size="sm" tt="none">
        {words.until(showInstant(until).text)}
      </Badge>
    );
  }
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
