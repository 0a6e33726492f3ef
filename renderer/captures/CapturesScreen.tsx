import { EmptyState, Stack, Text, Title } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useDesk } from '../bridge/desk.tsx';
import { PickedBar } from '../library/PickedBar.tsx';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { VirtualGrid } from '../list/VirtualGrid.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { CaptureCells } from './CaptureCells.tsx';
import classes from './captures.module.css';
import { capturesMessages as words } from './messages.ts';
import { useCaptureRows } from './useCaptureRows.ts';

/** Everything that was received, whether a post was found in it or not. */
export function CapturesScreen() {
  const { picked, togglePicked, capturesPlace } = useDesk();
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const rows = useCaptureRows(visible);
  const [, navigate] = useLocation();
  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <div>
        <Title order={2}>{words.heading}</Title>
        <Text mt="xs">{words.intro}</Text>
      </div>
      {rows.error !== null && <FailureAlert error={rows.error} />}
      <Text size="sm" c="dimmed" role="status">
        {rows.total !== undefined && words.total(rows.total)}
      </Text>
      <PickedBar />
      {rows.total === 0 ? (
        <EmptyState
          icon={<IconArchive aria-hidden />}
          title={words.emptyTitle}
          description={words.empty}
          py="xl"
        />
      ) : (
        <VirtualGrid
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
