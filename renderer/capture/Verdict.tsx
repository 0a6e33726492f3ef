import { Button, CloseButton, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { CaptureResult } from '../../contract/model/recording.ts';
import { counted, roundedBytes } from '../shared/sizes.ts';
import { CaptureVerdictIcon } from './CaptureVerdictBadge.tsx';
import classes from './capture.module.css';
import { captureMessages as words } from './messages.ts';
import { ReasonList } from './ReasonList.tsx';

interface Props {
  result: CaptureResult;
  canCapture?: boolean;
  /** Null: not from here. */
  onAgain: (() => void) | null;
  onClose(): void;
}

/** Posts that are named one by one; the capture's own screen has them all. */
const namedPosts = 12;

/** What the capture came to, before anybody leaves the page: what is missing can still be had now. */
export function Verdict({ result, canCapture = true, onAgain, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // A new verdict is read out, and the keyboard stands at what to do about it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same capture is announced once
  useEffect(() => heading.current?.focus({ preventScroll: true }), [result.id]);
  const { title, text } = words.verdicts[result.verdict];
  return (
    <Paper withBorder p="sm" component="section" aria-label={words.verdict} className={classes.verdict ?? ''}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="xs" wrap="nowrap">
            <CaptureVerdictIcon verdict={result.verdict} />
            <Title order={3} size="h4" ref={heading} tabIndex={-1} className={classes.heading ?? ''}>
              {words.verdict}: {title}
            </Title>
          </Group>
          <CloseButton aria-label={words.dismiss} onClick={onClose} />
        </Group>
        <Text size="sm" role="status">
          {text} {words.sums(counted(result.exchanges, 'exchange'), roundedBytes(result.bytes))}.
        </Text>
        <Text size="sm" c="dimmed" className={classes.words ?? ''}>
          {words.reached}: <bdi dir="ltr">{result.finalUrl ?? result.url}</bdi>
        </Text>
        <ReasonList reasons={result.reasons} />
        <FoundPosts posts={result.posts} />
        <Group gap="xs">
          <Button component={Link} href={`/capture/${result.id}`} size="xs">
            {words.openCapture}
          </Button>
          {onAgain !== null && (
            <Button variant="default" size="xs" disabled={!canCapture} onClick={onAgain}>
              {words.captureAgain}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function FoundPosts({ posts }: { posts: readonly string[] }) {
  return (
    <div>
      <Text size="sm">{words.posts(posts.length)}</Text>
      {posts.length > 0 && (
        <List size="sm" listStyleType="none" className={classes.posts ?? ''} aria-label={words.showPosts}>
          {posts.slice(0, namedPosts).map((postId, at) => (
            <List.Item key={postId}>
              <Button component={Link} href={`/post/${postId}`} size="compact-xs" variant="default">
                {words.showPost(at + 1)}
              </Button>
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
