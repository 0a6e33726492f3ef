import { Code, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post, PostContent, StatedTime } from '../../contract/model/post.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { showStated } from '../time/statedTime.ts';
import { TimeText } from '../time/TimeText.tsx';
import { postMessages as words } from './messages.ts';
import classes from './post.module.css';

function bdi(text: string | null): ReactNode {
  return text === null ? null : <bdi>{text}</bdi>;
}

function copyable(text: string | null, what: string): ReactNode {
  return text === null ? null : <CopyText text={text} what={what} />;
}

function stated(time: StatedTime | null): ReactNode {
  if (time === null) return null;
  return (
    <Stack gap={2}>
      <TimeText shown={showStated(time.value, time.precision)} />
      <Text size="xs" c="dimmed">
        {words.readFrom}: <bdi>{time.readFrom}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        {words.raw}:{' '}
        <Code dir="ltr" className={classes.quoted ?? ''}>
          {time.raw}
        </Code>
      </Text>
    </Stack>
  );
}

/** What was read from the source; what was not is shown as such, and what whoever sent it withheld. */
export function PostFacts({ content }: { content: PostContent }) {
  const { author } = content;
  const withheld = new Set(content.withheld?.map(({ name }) => name));
  /** In the place of a value that is not there. */
  const orWithheld = (value: ReactNode, part: string): ReactNode =>
    value ?? (withheld.has(part) ? <Text size="sm">{words.inPart.withheld}</Text> : null);
  return (
    <Facts
      caption={words.facts}
      facts={[
        { label: words.fact.author, value: orWithheld(bdi(author.name), 'author.name') },
        {
          label: words.fact.handle,
          value: orWithheld(
            author.handle === null ? null : <bdi dir="ltr">@{author.handle}</bdi>,
            'author.handle',
          ),
        },
        {
          label: words.fact.accountId,
          value: orWithheld(copyable(author.platformId, words.id), 'author.platformId'),
        },
        { label: words.fact.posted, value: orWithheld(stated(content.postedAt), 'postedAt') },
        content.editedAt === null ? null : { label: words.fact.edited, value: stated(content.editedAt) },
        { label: words.fact.platform, value: orWithheld(bdi(content.platform), 'platform') },
        { label: words.fact.kind, value: content.kind },
        { label: words.fact.postId, value: orWithheld(copyable(content.platformId, words.id), 'platformId') },
        { label: words.fact.url, value: orWithheld(copyable(content.url, words.address), 'url') },
        {
          label: words.fact.accountUrl,
          value: orWithheld(copyable(author.url, words.address), 'author.url'),
        },
        content.title === null
          ? null
          : {
              label: words.fact.title,
              value: (
                <bdi dir={content.direction ?? 'auto'} lang={content.language ?? ''}>
                  {content.title}
                </bdi>
              ),
            },
        { label: words.fact.language, value: orWithheld(bdi(content.language), 'language') },
      ]}
    />
  );
}

/** Which reading this is, and what it commits to. */
export function ReadingFacts({ post }: { post: Post }) {
  return (
    <Stack gap={4}>
      <Facts
        caption={words.reading}
        facts={[
          {
            label: words.readingFacts.reader,
            value: bdi(`${post.reader.name}, version ${post.reader.version}`),
          },
          { label: words.readingFacts.from, value: bdi(post.content.readFrom) },
          ...(post.reader.notes.length === 0
            ? []
            : [{ label: words.readingFacts.notes, value: bdi(post.reader.notes.join(' ')) }]),
          { label: words.readingFacts.root, value: copyable(post.root, words.readingFacts.root) },
          { label: words.readingFacts.reading, value: copyable(post.readingId, words.id) },
          { label: words.readingFacts.post, value: copyable(post.id, words.id) },
        ]}
      />
      <Text size="xs" c="dimmed">
        {words.readingHelp}
      </Text>
    </Stack>
  );
}
