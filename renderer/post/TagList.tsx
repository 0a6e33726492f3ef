import { Badge, Blockquote, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { PostContent } from '../../contract/model/post.ts';
import type { Tag } from '../../contract/model/tag.ts';
import { actorWords } from '../shared/actorWords.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { InstantText } from '../time/TimeText.tsx';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

interface Props {
  tags: readonly Tag[] | undefined;
  error: unknown;
  /** For the direction and language of quotes. */
  content: PostContent;
}

export function TagList({ tags, error, content }: Props) {
  return (
    <section aria-label={words.tags}>
      <Stack gap="sm">
        <Title order={3} size="h4">
          {words.tags}
        </Title>
        {error !== null && <FailureAlert error={error} />}
        {tags === undefined && error === null && <Skeleton height={60} />}
        {tags?.length === 0 && <Text c="dimmed">{words.noTags}</Text>}
        {tags?.map((tag) => (
          <TagCard key={tag.id} tag={tag} content={content} />
        ))}
      </Stack>
    </section>
  );
}

function TagCard({ tag, content }: { tag: Tag; content: PostContent }) {
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {tag.clause?.platform}
          </Badge>
          <Text fw={600}>{tag.clause?.title}</Text>
          <Text size="xs" c="dimmed">
            <bdi dir="ltr">{tag.clause?.key}</bdi>
          </Text>
        </Group>
        {tag.quotes.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.wholePost}
          </Text>
        ) : (
          <Blockquote
            p="xs"
            className={classes.quoted ?? ''}
            dir={content.direction ?? 'auto'}
            lang={content.language ?? ''}
          >
            {tag.quotes[0]?.text}
          </Blockquote>
        )}
        <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {tag.because}
        </Text>
        <Text size="xs" c="dimmed">
          <bdi>{actorWords(tag.actor)}</bdi>, <InstantText instant={tag.time} />
        </Text>
      </Stack>
    </Paper>
  );
}
