import { Alert, Button, EmptyState, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { type Batch, batchStateSchema } from '../../contract/model/batch.ts';
import { unwrap } from '../bridge/call.ts';
import { useDesk } from '../bridge/desk.tsx';
import { refresh } from '../bridge/queryClient.ts';
import { LoadingCells } from '../list/LoadingCells.tsx';
import { type ListPlace, VirtualGrid } from '../list/VirtualGrid.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { ScreenHead } from '../shared/ScreenHead.tsx';
import { showInstant } from '../time/statedTime.ts';
import { BatchCells } from './BatchCells.tsx';
import { BatchForm } from './BatchForm.tsx';
import classes from './batch.module.css';
import { batchMessages as words } from './messages.ts';
import { useBatches, useBatchRows } from './queries.ts';

/** Lists of addresses: begun here, and gone on with. */
export function BatchScreen() {
  const batches = useBatches();
  const { batching } = useDesk();
  const [chosen, setChosen] = useState<string | null>(null);
  const { now } = batching;
  const all = batches.data ?? [];
  const shown = all.find(({ id }) => id === chosen) ?? all[0];
  return (
    <Stack gap="sm" className={classes.screen ?? ''}>
      <ScreenHead title={words.heading} intro={words.intro} />
      <BatchForm onBegun={setChosen} />
      {now.state === 'running' && (
        <ProgressPanel
          title={words.running}
          progress={now.progress}
          cancelling={now.cancelling}
          onCancel={batching.cancel}
        />
      )}
      {now.state === 'failed' && <FailureAlert error={now.failure} onClose={batching.reset} />}
      {now.state === 'done' && now.value.stopped !== null && (
        <FailureAlert error={now.value.stopped} onClose={batching.reset} />
      )}
      {batches.isError && <FailureAlert error={batches.error} />}
      {batches.data?.length === 0 && (
        <EmptyState
          icon={<IconListCheck aria-hidden />}
          title={words.empty}
          description={words.emptyHelp}
          py="xl"
        />
      )}
      {shown !== undefined && (
        <>
          <NativeSelect
            label={words.which}
            value={shown.id}
            data={all.map(({ id, name, startedAt, addresses }) => ({
              value: id,
              label: words.option(name, showInstant(startedAt).text, addresses),
            }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <Acts batch={shown} />
          <Items key={shown.id} batch={shown} />
        </>
      )}
    </Stack>
  );
}

/** How far it has come, and what can be done about the rest. */
function Acts({ batch }: { batch: Batch }) {
  const client = useQueryClient();
  const { batching, batchDraft, batchNow } = useDesk();
  const [asking, setAsking] = useState(false);
  const ending = useMutation({
    mutationFn: () => unwrap(window.holdfast.endBatch({ batchId: batch.id })),
    onSuccess: () => {
      setAsking(false);
      refresh(client, 'posts');
    },
  });
  const { waiting = 0, interrupted = 0, failed = 0 } = batch.counts;
  const left = waiting + interrupted;
  const isBusy = batching.now.state === 'running';
  const start = (retryFailed: boolean) => batching.start({ batchId: batch.id, retryFailed, how: batchDraft });
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {batchStateSchema.options
          .flatMap((state) => {
            const count = batch.counts[state] ?? 0;
            return count > 0 ? [words.count(state, count)] : [];
          })
          .join(', ')}
        {batch.ended && `. ${words.ended}`}
        {!batch.ended && left === 0 && `. ${words.done}`}
      </Text>
      {isBusy && batchNow.batchId !== null && batchNow.batchId !== batch.id && (
        <Text size="sm" c="dimmed">
          {words.otherRuns}
        </Text>
      )}
      {!batch.ended && !isBusy && left + failed > 0 && (
        <Group gap="xs">
          {left > 0 && (
            <Button size="xs" onClick={() => start(false)}>
              {words.goOn} ({words.goOnHelp(left)})
            </Button>
          )}
          {failed > 0 && (
            <Button size="xs" variant="default" onClick={() => start(true)}>
              {words.retry}
            </Button>
          )}
          {left > 0 && (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {words.end}
            </Button>
          )}
        </Group>
      )}
      {asking && (
        <Alert color="orange" title={words.end}>
          <Text size="sm">{words.endAsk}</Text>
          <Group gap="xs" mt="xs">
            <Button size="xs" color="orange" loading={ending.isPending} onClick={() => ending.mutate()}>
              {words.endYes}
            </Button>
            <Button size="xs" variant="default" onClick={() => setAsking(false)}>
              {words.endNo}
            </Button>
          </Group>
        </Alert>
      )}
      {ending.isError && <FailureAlert error={ending.error} onClose={ending.reset} />}
    </Stack>
  );
}

function Items({ batch }: { batch: Batch }) {
  const { batchNow } = useDesk();
  const place = useRef<ListPlace>({ scrollOffset: 0, activeIndex: 0 });
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const rows = useBatchRows(batch.id, visible);
  const [, navigate] = useLocation();
  const isRunning = (n: number): boolean => batchNow.batchId === batch.id && batchNow.running.includes(n);
  const untilOf = (n: number): string | null =>
    isRunning(n) ? (batchNow.waiting.find((one) => one.n === n)?.until ?? null) : null;
  return (
    <>
      {rows.error !== null && <FailureAlert error={rows.error} />}
      <VirtualGrid
        label={words.list}
        name="batch-row"
        rowCount={rows.total}
        rowHeight={36}
        place={place.current}
        onVisible={setVisible}
        className={classes.grid}
        placeholder={<LoadingCells />}
        renderCells={(row) => {
          const item = rows.rowAt(row);
          return item === undefined ? null : (
            <BatchCells item={item} running={isRunning(item.n)} until={untilOf(item.n)} />
          );
        }}
        onOpen={(row) => {
          const captureId = rows.rowAt(row)?.captureId;
          if (captureId != null) navigate(`/capture/${captureId}`);
        }}
      />
    </>
  );
}
