import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core';
import { memo } from 'react';
import type { HostOutput } from '../../contract/channels.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { tagMessages as words } from './messages.ts';
import { TagCard } from './TagCard.tsx';

interface Props {
  tags: HostOutput<'tags.list'> | undefined;
  error: unknown;
  /** For the direction and language of quotes. */
  content: PostContent;
}

/** The tags of a post, oldest first; not drawn again for what is selected or typed meanwhile. */
export const TagList = memo(function TagList({ tags, error, content }: Props) {
  return (
    <section aria-label={words.tags}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.tags}
        </Title>
        {error !== null && <FailureAlert error={error} />}
        {tags === undefined && error === null && <Skeleton height={60} />}
        {tags?.tags.length === 0 && tags.hidden === 0 && <Text c="dimmed">{words.noTags}</Text>}
        {tags !== undefined && tags.hidden > 0 && <Alert color="blue">{words.hidden(tags.hidden)}</Alert>}
        {tags?.tags.map((tag) => (
          <TagCard key={tag.id} tag={tag} content={content} />
        ))}
      </Stack>
    </section>
  );
});
