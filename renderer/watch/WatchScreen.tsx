import { Button, EmptyState, Fieldset, Group, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { type ListPlace, VirtualGrid } from '../list/VirtualGrid.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { watchMessages as words } from './messages.ts';
import { useWatchRows } from './queries.ts';
import { ToldChecks } from './ToldChecks.tsx';
import { WatchCells } from './WatchCells.tsx';
import { WatchForm } from './WatchForm.tsx';
import classes from './watch.module.css';

/** What is captured again and again. */
export function WatchScreen() {
  const { checkingNow } = useDesk();
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const [adding, setAdding] = useState(false);
  const place = useRef<ListPlace>({ scrollOffset: 0, activeIndex: 0 });
  const rows = useWatchRows(visible);
  const [, navigate] = useLocation();
  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <ScreenHead title={words.heading} intro={words.intro} />
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {rows.total !== undefined && words.total(rows.total)}
        </Text>
        {!adding && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        )}
      </Group>
      {adding && (
        <Fieldset legend={words.add}>
          <WatchForm postId={null} onDone={() => setAdding(false)} />
        </Fieldset>
      )}
      <ToldChecks postId={null} />
      {rows.error !== null && <FailureAlert error={rows.error} />}
      {rows.total === 0 ? (
        <EmptyState
          icon={<IconEye aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      ) : (
        <VirtualGrid
          label={words.list}
          name="watch-row"
          rowCount={rows.total}
          rowHeight={64}
          place={place.current}
          onVisible={setVisible}
          className={classes.grid}
          placeholder={<LoadingCells />}
          renderCells={(row) => {
            const watch = rows.rowAt(row);
            return watch === undefined ? null : (
              <WatchCells
                watch={watch}
                checking={checkingNow.running.includes(watch.id)}
                until={checkingNow.waiting.find(({ watchId }) => watchId === watch.id)?.until ?? null}
              />
            );
          }}
          onOpen={(row) => {
            const watch = rows.rowAt(row);
            if (watch !== undefined) navigate(`/watch/${watch.id}`);
          }}
        />
      )}
    </Stack>
  );
}
