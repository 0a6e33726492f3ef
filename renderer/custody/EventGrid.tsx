import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { EventLine } from '../../contract/model/archive.ts';
import { Cell } from '../list/Cell.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { actorWords } from '../shared/actorWords.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { counted } from '../shared/sizes.ts';
import { showInstant } from '../time/statedTime.ts';
import classes from './custody.module.css';
import { kindInWords, custodyMessages as words } from './messages.ts';
import { useEventRows } from './useEventRows.ts';

/** The log, newest event first. */
export function EventGrid() {
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const rows = useEventRows(visible);
  const place = useRef({ scrollOffset: 0, activeIndex: 0 });
  return (
    <section aria-label={words.heading}>
      {rows.error !== null && <FailureAlert error={rows.error} />}
      <Text size="sm" c="dimmed" role="status" mb={4}>
        {rows.total !== undefined && words.total(counted(rows.total, 'event'))}
      </Text>
      <VirtualGrid
        label={words.list}
        name="event-row"
        rowCount={rows.total === undefined ? undefined : rows.rowCount}
        rowHeight={60}
        place={place.current}
        onVisible={setVisible}
        className={classes.grid}
        placeholder={<LoadingCells />}
        renderCells={(row) => {
          const event = rows.rowAt(row);
          return event === undefined ? null : <EventCells event={event} />;
        }}
      />
    </section>
  );
}

function EventCells({ event }: { event: EventLine }) {
  return (
    <>
      <Cell className={classes.seq}>
        <Text size="sm" c="dimmed">
          {event.seq}
        </Text>
      </Cell>
      <Cell className={classes.act}>
        <Text size="sm" fw={500} truncate>
          {kindInWords(event.kind)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          <bdi>{actorWords(event.actor)}</bdi>
        </Text>
      </Cell>
      <Cell className={classes.wide}>
        <Text size="sm">
          <bdi dir="ltr">{showInstant(event.time).text}</bdi>
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" className={classes.hash ?? ''} title={event.leafHash}>
          <bdi dir="ltr">{event.leafHash}</bdi>
        </Text>
      </Cell>
    </>
  );
}
