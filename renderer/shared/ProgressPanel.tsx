import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import type { Progress as Amount } from '../../contract/model/common.ts';
import { inDigits, roundedBytes } from './sizes.ts';

interface Props {
  title: string;
  progress: Amount | null;
  cancelling: boolean;
  /** Left out where the work cannot be stopped. */
  onCancel?: () => void;
  /** What it means for whoever waits. */
  help?: string;
}

function amount(progress: Amount): string {
  const show = progress.unit === 'bytes' ? roundedBytes : inDigits;
  return progress.total === null ? show(progress.done) : `${show(progress.done)} of ${show(progress.total)}`;
}

/** Work under way: what is being done, how far it is, and a way to stop it. */
export function ProgressPanel({ title, progress, cancelling, onCancel, help }: Props) {
  const total = progress?.total ?? null;
  const known = progress !== null && total !== null && total > 0;
  const percent = known ? Math.min(100, (progress.done / total) * 100) : 100;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="dimmed">
              {progress === null ? 'Starting' : `${progress.step}: ${amount(progress)}`}
            </Text>
          </div>
          {onCancel !== undefined && (
            <Button variant="default" size="xs" onClick={onCancel} disabled={cancelling}>
              {cancelling ? 'Stopping' : 'Cancel'}
            </Button>
          )}
        </Group>
        <Progress.Root>
          <Progress.Section value={percent} animated={!known} striped={!known} aria-label={title} />
        </Progress.Root>
        {help !== undefined && (
          <Text size="sm" c="dimmed">
            {help}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
