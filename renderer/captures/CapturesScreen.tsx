import { EmptyState, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type CaptureFilter, captureFilterSchema } from '../../contract/model/capture.ts';
import { useDesk } from '../bridge/desk.tsx';
import { PickedBar } from '../library/PickedBar.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { KeepingNotes } from '../purge/KeepingNotes.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { CaptureCells } from './CaptureCells.tsx';
import classes from './captures.module.css';
import { capturesMessages as words } from './messages.ts';
import { useCaptureRows } from './useCaptureRows.ts';

/** Everything that was received, whether a post was found in it or not. */
export function CapturesScreen() {
  const { picked, togglePicked, capturesPlace } = useDesk();
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const [show, setShow] = useState<CaptureFilter>('all');
  const rows = useCaptureRows(visible, show);
  const [, navigate] = useLocation();
  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <ScreenHead title={words.heading} intro={words.intro} />
      <KeepingNotes />
      {rows.error !== null && <FailureAlert error={rows.error} />}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {rows.total !== undefined && words.total(rows.total)}
        </Text>
        <NativeSelect
          aria-label={words.filter}
          value={show}
          data={captureFilterSchema.options.map((value) => ({ value, label: words.filters[value] }))}
          onChange={(event) => {
            const chosen = captureFilterSchema.safeParse(event.currentTarget.value);
            if (!chosen.success) return;
            setShow(chosen.data);
            // Another list: where the last one was left means nothing in it.
            Object.assign(capturesPlace, { scrollOffset: 0, activeIndex: 0 });
          }}
        />
      </Group>
      <PickedBar />
      {rows.total === 0 ? (
        <EmptyState
          icon={<IconArchive aria-hidden />}
          title={show === 'all' ? words.emptyTitle : words.noneTitle}
          description={show === 'all' ? words.empty : words.none}
          py="xl"
        />
      ) : (
        <VirtualGrid
          key={show}
          label={words.list}
          name="capture-row"
          rowCount={rows.rowCount}
          rowHeight={64}
          place={capturesPlace}
          onVisible={setVisible}
          className={classes.grid}
          placeholder={<LoadingCells />}
          isPicked={(row) => picked.has(rows.rowAt(row)?.id ?? '')}
          renderCells={(row) => {
            const capture = rows.rowAt(row);
            return capture === undefined ? null : (
              <CaptureCells capture={capture} picked={picked.has(capture.id)} onPick={togglePicked} />
            );
          }}
          onOpen={(row) => {
            const capture = rows.rowAt(row);
            if (capture !== undefined) navigate(`/capture/${capture.id}`);
          }}
          onPick={(row) => {
            const capture = rows.rowAt(row);
            if (capture !== undefined) togglePicked(capture.id);
          }}
        />
      )}
    </Stack>
  );
}
