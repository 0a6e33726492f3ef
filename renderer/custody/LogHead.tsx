import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LogCheckpoint, LogStatus } from '../../contract/model/log.ts';
import { unwrap } from '../bridge/call.ts';
import { useLogStatus } from '../bridge/queries.ts';
import { refresh } from '../bridge/queryClient.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { counted } from '../shared/sizes.ts';
import { InstantText } from '../time/TimeText.tsx';
import { custodyMessages } from './messages.ts';

const words = custodyMessages.log;

/** The newest checkpoint, what it says and what it does not, and a way to make one now. */
export function LogHead() {
  const client = useQueryClient();
  const status = useLogStatus();
  const signing = useMutation({
    mutationFn: () => unwrap(window.holdfast.makeCheckpoint({})),
    onSuccess: () => refresh(client, 'archive'),
  });
  const { data } = status;
  const covered = data?.checkpoint?.size ?? 0;
  return (
    <Stack gap="sm" component="section" aria-label={words.heading}>
      <Title order={3}>{words.heading}</Title>
      <Text size="sm">{words.intro}</Text>
      {status.isPending && <Skeleton height={120} />}
      {status.isError && <FailureAlert error={status.error} />}
      {data !== undefined && data.checkpoint === null && <Text>{words.none}</Text>}
      {data?.checkpoint != null && <CheckpointFacts checkpoint={data.checkpoint} status={data} />}
      <Text size="sm" c="dimmed">
        {words.limits}
      </Text>
      {signing.isError && <FailureAlert error={signing.error} onClose={signing.reset} />}
      {data !== undefined && data.size > covered && (
        <Group>
          <Button variant="default" onClick={() => signing.mutate()} loading={signing.isPending}>
            {words.sign}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function CheckpointFacts({ checkpoint, status }: { checkpoint: LogCheckpoint; status: LogStatus }) {
  const { size, madeAt, root, note, origin, vkey } = checkpoint;
  const acts = counted(size, 'act');
  const covers =
    status.size === size ? words.all(acts) : words.behind(acts, counted(status.size - size, 'act'));
  return (
    <Facts
      caption={words.newest}
      facts={[
        { label: words.covers, value: covers },
        { label: words.madeAt, value: <InstantText instant={madeAt} /> },
        { label: words.root, value: <CopyText text={root} what={words.rootWhat} /> },
        { label: words.note, value: <CopyText text={note} what={words.noteWhat} /> },
        { label: words.origin, value: <bdi dir="ltr">{origin}</bdi> },
        { label: words.vkey, value: <CopyText text={vkey} what={words.vkeyWhat} /> },
        { label: words.kept, value: words.earlier(counted(status.checkpoints, 'checkpoint')) },
      ]}
    />
  );
}
