import { Alert, Button, Grid, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useCapture } from '../bridge/queries.ts';
import { MediaList } from '../post/MediaList.tsx';
import { PostFacts } from '../post/PostFacts.tsx';
import { TextAndTags } from '../post/PostScreen.tsx';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { codingMessages as words } from './messages.ts';
import { useCodings, useNextToCode } from './queries.ts';
import { type PostToCode, usePostToCode } from './usePostToCode.ts';

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
          <Alert color="gray" icon={<IconEyeOff aria-hidden />}>
            {words.blind} {words.courtesy}
          </Alert>
          <Coding codingId={codingId} postId={next.data.postId} />
        </>
      )}
    </Stack>
  );
}

function Coding({ codingId, postId }: { codingId: string; postId: string }) {
  const post = usePostToCode(codingId, postId);
  if (post.error !== null) return <FailureAlert error={post.error} />;
  if (post.shown === null) return <Skeleton height={200} />;
  return <ShownPost key={postId} {...post.shown} />;
}

function ShownPost({ post, coding }: NonNullable<PostToCode['shown']>) {
  const { content } = post;
  const capture = useCapture(post.captureId);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="md">
          <TextAndTags
            post={post}
            who={content.author.name ?? content.author.handle ?? words.noAuthor}
            coding={coding}
          />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="md">
          <PostFacts content={content} />
          <MediaList media={content.media} artifacts={capture.data?.artifacts ?? []} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
