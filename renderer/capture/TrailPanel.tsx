import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { TrailLine } from '../../contract/model/trail.ts';
import { unwrap } from '../bridge/call.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { showInstant } from '../time/statedTime.ts';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';

const shown = 30;

interface Props {
  /** By its id. */
  persona: string;
  /** Captures the page at this address; null while the view takes no orders. */
  onCapture: ((url: string) => void) | null;
}

/** What was visited under the persona, newest first. Its words are the pages' own: shown as text, never as a link. */
export function TrailPanel({ persona, onCapture }: Props) {
  const trail = useQuery({
    queryKey: [...keys.trail, persona],
    queryFn: () => unwrap(window.holdfast.listTrail({ persona, offset: 0, limit: shown })),
  });
  if (trail.isError) return <FailureAlert error={trail.error} />;
  const { total, lines } = trail.data ?? { total: 0, lines: [] };
  if (total === 0) return null;
  return (
    <Paper withBorder component="details" className={classes.refused ?? ''}>
      <summary className={classes.summary}>{words.trail.total(total)}</summary>
      <Text size="sm" c="dimmed" mt="xs">
        {words.trail.help}
      </Text>
      <Stack gap={4} mt="xs" component="ul" className={classes.list ?? ''} aria-label={words.trail.name}>
        {lines.map((line) => (
          <Line key={line.id} line={line} onCapture={onCapture} />
        ))}
      </Stack>
      {total > shown && (
        <Text size="sm" c="dimmed">
          {words.trail.more(total - shown)}
        </Text>
      )}
      <Purge persona={persona} />
    </Paper>
  );
}

function Line({ line, onCapture }: { line: TrailLine; onCapture: Props['onCapture'] }) {
  const { at, url, referrer, sha256, captureId } = line;
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="center">
      <Text size="sm" className={classes.words ?? ''} flex={1}>
        <bdi dir="ltr">{showInstant(at).text}</bdi> <bdi dir="ltr">{url}</bdi>
        <Text span size="xs" c="dimmed" display="block">
          <bdi>
            {referrer !== null && `${words.trail.from(referrer)} · `}
            {sha256 === null ? words.trail.noDigest : `SHA-256 ${sha256}`}
          </bdi>
        </Text>
      </Text>
      {captureId !== null && (
        <Anchor component={Link} href={`/capture/${captureId}`} size="sm" className={classes.fixed ?? ''}>
          {words.trail.captured}
        </Anchor>
      )}
      {captureId === null && onCapture !== null && (
        <Button
          size="compact-xs"
          variant="default"
          className={classes.fixed ?? ''}
          aria-label={words.trail.captureThis(url)}
          onClick={() => onCapture(url)}
        >
          {words.trail.capture}
        </Button>
      )}
    </Group>
  );
}

function Purge({ persona }: { persona: string }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const purging = useMutation({
    mutationFn: () => unwrap(window.holdfast.purgeTrail({ persona, before: null })),
    onSettled: () => {
      setSure(false);
      refresh(client, 'trail');
    },
  });
  return (
    <Stack gap={4} mt="xs" align="start">
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant={sure ? 'filled' : 'default'}
          color={sure ? 'red' : 'gray'}
          loading={purging.isPending}
          onClick={() => (sure ? purging.mutate() : setSure(true))}
        >
          {sure ? words.trail.purgeAgain : words.trail.purge}
        </Button>
        {sure && (
          <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
            {words.trail.keep}
          </Button>
        )}
      </Group>
      {sure && (
        <Text size="xs" role="status">
          {words.trail.purgeHelp}
        </Text>
      )}
      {purging.isError && <FailureAlert error={purging.error} onClose={purging.reset} />}
    </Stack>
  );
}
