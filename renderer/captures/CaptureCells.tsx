import { Badge, Group, Text } from '@mantine/core';
import type { CaptureLine } from '../../contract/model/capture.ts';
import { CaptureVerdictBadge } from '../capture/CaptureVerdictBadge.tsx';
import { Cell } from '../list/Cell.tsx';
import { PickCell } from '../list/PickCell.tsx';
import { showInstant } from '../time/statedTime.ts';
import classes from './captures.module.css';
import { capturesMessages as words } from './messages.ts';

interface Props {
  capture: CaptureLine;
  picked: boolean;
  onPick(captureId: string): void;
}

/** The cells of one capture. */
export function CaptureCells({ capture, picked, onPick }: Props) {
  return (
    <>
      <PickCell label={words.pick(capture.sourceName)} picked={picked} onPick={() => onPick(capture.id)} />
      <Cell className={classes.body}>
        <Group gap="xs" wrap="nowrap">
          {capture.verdict === null ? (
            <Badge
              variant={capture.format === 'partial' ? 'light' : 'default'}
              {...(capture.format === 'partial' && { color: 'yellow' })}
              size="sm"
              tt="none"
              className={classes.fixed ?? ''}
            >
              {capture.format === 'partial' ? words.inPart : capture.format}
            </Badge>
          ) : (
            <CaptureVerdictBadge verdict={capture.verdict} />
          )}
          <Text size="sm" fw={600} truncate className={classes.name ?? ''}>
            <bdi>{capture.sourceName}</bdi>
          </Text>
          <Text size="sm" c="dimmed" className={classes.fixed ?? ''}>
            <bdi dir="ltr">{showInstant(capture.receivedAt).text}</bdi>
          </Text>
        </Group>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" c="dimmed" truncate className={classes.name ?? ''}>
            <bdi dir="ltr">{capture.url ?? ''}</bdi>
          </Text>
          <Text size="sm" className={classes.fixed ?? ''}>
            {words.posts(capture.postCount)}, {words.artifacts(capture.artifactCount)}
          </Text>
          {capture.warningCount > 0 && (
            <Badge color="yellow" variant="light" size="sm" tt="none" className={classes.fixed ?? ''}>
              {words.warnings(capture.warningCount)}
            </Badge>
          )}
        </Group>
      </Cell>
    </>
  );
}
