import { Text } from '@mantine/core';
import type { PostLine } from '../../contract/model/post.ts';

/** Whose post it is, by name and handle, each in its own direction; `none`: where the source names nobody. */
export function PostAuthor({
  post: { authorName, handle },
  none,
}: {
  post: Pick<PostLine, 'authorName' | 'handle'>;
  none: string;
}) {
  return (
    <>
      <bdi>{authorName ?? (handle === null ? none : '')}</bdi>
      {handle !== null && (
        <Text span size="sm" c="dimmed" fw={400}>
          {' '}
          <bdi dir="ltr">@{handle}</bdi>
        </Text>
      )}
    </>
  );
}
