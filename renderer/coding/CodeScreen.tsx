import { Alert, Button, Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Quote } from '../../contract/model/clause.ts';
import type { Post } from '../../contract/model/post.ts';
import { useCapture, usePost } from '../bridge/queries.ts';
import { MediaList } from '../post/MediaList.tsx';
import { postMessages } from '../post/messages.ts';
import { PostFacts } from '../post/PostFacts.tsx';
import { PostText } from '../post/PostText.tsx';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { JudgementForm } from './JudgementForm.tsx';
import { codingMessages as words } from './messages.ts';
import { useCodings, useNextToCode, useOwnTags } from './queries.ts';

/** One post after the other of a sample, with nothing of what others said of it. */
export function CodeScreen({ codingId }: { codingId: string }) {
  const next = useNextToCode(codingId);
  const name = useCodings().data?.find(({ id }) => id === codingId)?.name ?? '';
  return (
    <Stack gap="md">
      <BackLink to="/coding">{words.back}</BackLink>
      <Title order={2} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{words.coding(name)}</bdi>
      </Title>
      {next.isError && <FailureAlert error={next.error} />}
      {next.isPending && <Skeleton height={200} />}
      {next.data?.postId === null && (
        <Alert color="green" title={words.done} role="status">
          <Button component={Link} href={`/coding/${codingId}/result`} mt="xs">
            {words.seeResult}
          </Button>
        </Alert>
      )}
      {next.data !== undefined && next.data.postId !== null && (
        <>
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" role="status" style={{ whiteSpace: 'nowrap' }}>
              {words.place(next.data.judged, next.data.posts)}
            </Text>
            <Progress
              flex={1}
              value={(next.data.judged / next.data.posts) * 100}
              aria-label={words.progress(next.data.judged, next.data.posts)}
            />
          </Group>
          <PostToCode key={next.data.postId} codingId={codingId} postId={next.data.postId} />
        </>
      )}
    </Stack>
  );
}

function PostToCode({ codingId, postId }: { codingId: string; postId: string }) {
  const post = usePost(postId);
  if (post.isError) return <FailureAlert error={post.error} />;
  if (post.data === undefined) return <Skeleton height={200} />;
  return <LoadedPost codingId={codingId} post={post.data} />;
}

function LoadedPost({ codingId, post }: { codingId: string; post: Post }) {
  const [draft, setDraft] = useState<Quote | null>(null);
  const capture = useCapture(post.captureId);
  const tags = useOwnTags(post.id);
  const { content } = post;
  return (
    <>
      <Alert color="gray" icon={<IconEyeOff aria-hidden />}>
        {words.hidden(tags.data?.hidden ?? 0)} {words.courtesy}
      </Alert>
      <Paper withBorder p="md" component="section" aria-label={postMessages.textTitle}>
        {content.text === '' ? (
          <Text c="dimmed">{postMessages.noText}</Text>
        ) : (
          <PostText
            text={content.text}
            language={content.language}
            direction={content.direction}
            quotes={[]}
            draft={draft}
            onSelect={setDraft}
          />
        )}
      </Paper>
      <JudgementForm codingId={codingId} post={post} draft={draft} />
      <MediaList media={content.media} artifacts={capture.data?.artifacts ?? []} />
      <PostFacts content={content} />
    </>
  );
}
