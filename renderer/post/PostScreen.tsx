import { Alert, Grid, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Quote } from '../../contract/model/clause.ts';
import type { Post } from '../../contract/model/post.ts';
import { useCapture, usePost, useTags } from '../bridge/queries.ts';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ArtifactTable } from './ArtifactTable.tsx';
import { CapturedPage } from './CapturedPage.tsx';
import { CaptureFacts, VerdictNote } from './CaptureFacts.tsx';
import { MediaList } from './MediaList.tsx';
import { MoreFacts } from './MoreFacts.tsx';
import { postMessages as words } from './messages.ts';
import { PostFacts, ReadingFacts } from './PostFacts.tsx';
import { PostText } from './PostText.tsx';
import { TagForm } from './TagForm.tsx';
import { TagList } from './TagList.tsx';

/** One post: its text, what is known of it and how, its bytes, and its tags. */
export function PostScreen({ postId }: { postId: string }) {
  const post = usePost(postId);
  return (
    <Stack gap="md">
      <BackLink to="/">{words.back}</BackLink>
      {post.isPending && <Skeleton height={200} />}
      {post.isError && <FailureAlert error={post.error} />}
      {post.data !== undefined && <LoadedPost post={post.data} />}
    </Stack>
  );
}

function LoadedPost({ post }: { post: Post }) {
  const capture = useCapture(post.captureId);
  const tags = useTags(post.id);
  const [draft, setDraft] = useState<Quote | null>(null);
  const quotes = useMemo(() => (tags.data ?? []).flatMap((tag) => tag.quotes), [tags.data]);
  const { content } = post;
  return (
    <>
      <Title order={2} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{words.heading(content.author.name ?? content.author.handle ?? words.noAuthor)}</bdi>
      </Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <Paper withBorder p="md" component="section" aria-label={words.textTitle}>
              <Stack gap="xs">
                <Title order={3} size="h4">
                  {words.textTitle}
                </Title>
                {content.textLossy && <Alert color="yellow">{words.lossy}</Alert>}
                {content.text === '' ? (
                  <Text c="dimmed">{words.noText}</Text>
                ) : (
                  <PostText
                    text={content.text}
                    language={content.language}
                    direction={content.direction}
                    quotes={quotes}
                    draft={draft}
                    onSelect={setDraft}
                  />
                )}
              </Stack>
            </Paper>
            <TagForm post={post} draft={draft} onClearDraft={() => setDraft(null)} />
            <TagList tags={tags.data} error={tags.error} content={content} />
            <MediaList media={content.media} artifacts={capture.data?.artifacts ?? []} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <PostFacts content={content} />
            <MoreFacts content={content} />
            {capture.isError && <FailureAlert error={capture.error} />}
            {capture.data !== undefined && <VerdictNote capture={capture.data} />}
            {capture.data !== undefined && <CaptureFacts capture={capture.data} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={12}>
          <Stack gap="md">
            {capture.data !== undefined && <CapturedPage capture={capture.data} />}
            {capture.data !== undefined && <ArtifactTable artifacts={capture.data.artifacts} />}
            <ReadingFacts post={post} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
