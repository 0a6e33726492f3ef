import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { EventLine } from '../../contract/model/archive.ts';
import type { EventFilter } from '../../contract/model/log.ts';
import { Cell } from '../list/Cell.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { actorWords } from '../shared/actorWords.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { counted } from '../shared/sizes.ts';
import { showInstant } from '../time/statedTime.ts';
import classes from './custody.module.css';
import { EventFilterForm } from './EventFilterForm.tsx';
import { kindInWords, custodyMessages as words } from './messages.ts';
import { useEventRows } from './useEventRows.ts';

/** The log, newest event first, as far as the filter lets it through. */
export function EventGrid() {
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const [filter, setFilter] = useState<EventFilter>({});
  const rows = useEventRows(visible, filter);
  const isWhole = Object.keys(filter).length === 0;
  const place = useRef({ scrollOffset: 0, activeIndex: 0 });
  return (
    <section aria-label={words.heading}>
      <EventFilterForm filter={filter} onChange={setFilter} />
      {rows.error !== null && <FailureAlert error={rows.error} />}
      <Text size="sm" c="dimmed" role="status" mb={4}>
        {rows.total !== undefined && (isWhole ? words.total : words.found)(counted(rows.total, 'act'))}
        {rows.total === 0 && `. ${words.none}`}
      </Text>
      <VirtualGrid
        key={JSON.stringify(filter)}
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
        <Text size="sm" fw={500} truncate title={event.kind}>
          {kindInWords(event.kind)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {event.purgedBy !== null && `${words.purgedBy(event.purgedBy)} `}
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
