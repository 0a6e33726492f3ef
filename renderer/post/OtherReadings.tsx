import { Alert, Anchor, List, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Post } from '../../contract/model/post.ts';
import { InstantText } from '../time/TimeText.tsx';
import { postMessages } from './messages.ts';

const words = postMessages.readings;

/** Where other readings of the same capture say something else of this post. */
export function OtherReadings({ post: { later, earlier } }: { post: Post }) {
  return (
    <>
      {later !== null && (
        <Alert color="yellow" title={words.isEarlier}>
          <Text size="sm">
            {later.postId === null ? words.notFound : words.otherwise} <bdi>{words.reader(later.reader)}</bdi>
            , <InstantText instant={later.time} />.
          </Text>
          {later.postId !== null && (
            <Anchor component={Link} href={`/post/${later.postId}`} size="sm" c="inherit" underline="always">
              {words.openLater}
            </Anchor>
          )}
        </Alert>
      )}
      {earlier.length > 0 && (
        <Alert color="gray" title={words.hasEarlier}>
          <List size="sm">
            {earlier.map(({ postId, reader, tagCount }) => (
              <List.Item key={postId}>
                <Anchor component={Link} href={`/post/${postId}`} size="sm">
                  {words.openEarlier(reader, tagCount)}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
