import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { PostLine } from '../../contract/model/post.ts';
import { PostAuthor } from '../shared/PostAuthor.tsx';
import classes from './coding.module.css';
import { codingMessages as words } from './messages.ts';

/** Whose post it is and how it begins, with the way to it; `back`: where its screen leads back to. */
export function PostHead({ post, back }: { post: PostLine; back: string }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }} flex={1} miw={160}>
          <PostAuthor post={post} none={words.noAuthor} />
        </Text>
        <Button component={Link} href={`${back}/post/${post.postId}`} variant="default" size="compact-sm">
          {words.openPost}
        </Button>
      </Group>
      <Text
        dir={post.direction ?? 'auto'}
        lang={post.language ?? ''}
        lineClamp={4}
        className={classes.text ?? ''}
      >
        {post.text}
      </Text>
    </Stack>
  );
}
