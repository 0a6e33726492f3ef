import { Badge, Group, Text } from '@mantine/core';
import { IconPhoto, IconTag } from '@tabler/icons-react';
import type { PostLine } from '../../contract/model/post.ts';
import { Cell } from '../list/Cell.tsx';
import { PickCell } from '../list/PickCell.tsx';
import { PostAuthor } from '../shared/PostAuthor.tsx';
import { showPosted } from '../time/statedTime.ts';
import classes from './library.module.css';
import { libraryMessages as words } from './messages.ts';

interface Props {
  post: PostLine;
  picked: boolean;
  onPick(post: PostLine): void;
}

/** The cells of one post of the library. */
export function PostCells({ post, picked, onPick }: Props) {
  return (
    <>
      <PickCell
        label={words.pick(post.authorName ?? post.handle ?? words.noAuthor)}
        picked={picked}
        onPick={() => onPick(post)}
      />
      <Cell className={classes.body}>
        <PostHead post={post} />
        <Group gap="sm" wrap="nowrap" justify="space-between">
          <PostPreview post={post} />
          <PostCounts post={post} />
        </Group>
      </Cell>
    </>
  );
}

function PostHead({ post }: { post: PostLine }) {
  const posted = showPosted(post);
  return (
    <Group gap="xs" wrap="nowrap" className={classes.head ?? ''}>
      <Badge variant="default" size="sm" tt="none" className={classes.platform ?? ''}>
        <bdi>{post.platform ?? words.noPlatform}</bdi>
      </Badge>
      <Text size="sm" fw={600} truncate className={classes.author ?? ''}>
        <PostAuthor post={post} none={words.noAuthor} />
      </Text>
      <Text size="sm" c="dimmed" className={classes.time ?? ''}>
        {posted === null ? (
          words.noTime
        ) : (
          <>
            <bdi dir="ltr">{posted.text}</bdi>
            {posted.note !== null && ` (${posted.note})`}
          </>
        )}
      </Text>
    </Group>
  );
}

function PostPreview({ post }: { post: PostLine }) {
  const text = post.text.trim() === '' ? post.title : post.text;
  if (text === null || text.trim() === '') {
    return (
      <Text size="sm" c="dimmed" className={classes.preview ?? ''}>
        {words.noText}
      </Text>
    );
  }
  return (
    <Text
      size="sm"
      dir={post.direction ?? 'auto'}
      lang={post.language ?? ''}
      className={classes.preview ?? ''}
    >
      {text}
    </Text>
  );
}

function PostCounts({ post }: { post: PostLine }) {
  return (
    <Group gap="xs" wrap="nowrap" className={classes.counts ?? ''}>
      {post.isEarlier && (
        <Badge size="xs" variant="default" title={words.earlierHelp}>
          {words.earlier}
        </Badge>
      )}
      {post.mediaCount > 0 && (
        <Text size="sm" c="dimmed" className={classes.count ?? ''} title={words.media(post.mediaCount)}>
          <IconPhoto size={15} aria-label={words.media(post.mediaCount)} role="img" /> {post.mediaCount}
        </Text>
      )}
      {post.tagCount > 0 && (
        <Text size="sm" className={classes.count ?? ''} title={words.tags(post.tagCount)}>
          <IconTag size={15} aria-label={words.tags(post.tagCount)} role="img" /> {post.tagCount}
        </Text>
      )}
    </Group>
  );
}
