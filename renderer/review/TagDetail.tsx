import { Alert, Blockquote, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PostLine } from '../../contract/model/post.ts';
import type { InboxLine, ReviewAct, Tag } from '../../contract/model/tag.ts';
import { ActorText } from '../shared/ActorText.tsx';
import { DatedAnswers } from '../tags/DatedAnswers.tsx';
import { showPosted } from '../time/statedTime.ts';
import { InstantText } from '../time/TimeText.tsx';
import { reviewMessages as words } from './messages.ts';
import { ReviewActs } from './ReviewButtons.tsx';
import classes from './review.module.css';
import { TagBadges } from './TagBadges.tsx';
import { TagClause, TagExceptions } from './TagClause.tsx';
import { Origin, TagReviews } from './TagReviews.tsx';

interface Props {
  line: InboxLine;
  act: ReviewAct | null;
  onAct(act: ReviewAct | null): void;
  drafts: Map<string, string>;
  onOpenPost(): void;
}

/** Everything that a second person needs in order to judge a tag, and the acts open to them. */
export function TagDetail({ line: { tag, post }, act, onAct, drafts, onOpenPost }: Props) {
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={6} flex={1} miw={200}>
          <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{tag.clause?.title ?? `${words.finding[tag.finding]}, ${words.noClause}`}</bdi>
          </Title>
          <TagBadges tag={tag} />
        </Stack>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconExternalLink size={14} aria-hidden />}
          onClick={onOpenPost}
        >
          {words.openPost}
        </Button>
      </Group>
      <ReviewActs tag={tag} act={act} onAct={onAct} drafts={drafts} withKeys />
      <TagBody tag={tag} post={post} />
    </Stack>
  );
}

/** What a tag says, without the acts. */
function TagBody({ tag, post }: { tag: Tag; post: PostLine }) {
  return (
    <>
      <Part title={words.because}>
        <Text dir="auto" className={classes.said ?? ''}>
          {tag.because}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {words.setBy} <ActorText actor={tag.origin?.actor ?? tag.actor} />,{' '}
          <InstantText instant={tag.origin?.time ?? tag.time} />
        </Text>
        {tag.origin !== null && <Origin origin={tag.origin} />}
      </Part>
      {tag.reviews.length > 0 && (
        <Part title={words.reviews}>
          <TagReviews reviews={tag.reviews} />
        </Part>
      )}
      <Quotes tag={tag} post={post} />
      <PostPart post={post} />
      {tag.clause !== null && (
        <Part title={words.clause}>
          <TagClause clause={tag.clause} />
        </Part>
      )}
      {tag.flags.length > 0 && (
        <Alert color="yellow" title={words.flags}>
          {tag.flags.map(({ code, message }) => (
            <Text key={code} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      <DatedAnswers dates={tag.dates} />
      {tag.considered.length > 0 && (
        <Part title={words.exceptions}>
          <TagExceptions considered={tag.considered} />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" gap={6} aria-label={title}>
      <Title order={4} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Quotes({ tag: { quotes, account }, post }: { tag: Tag; post: PostLine }) {
  return (
    <Part title={quotes.length === 0 ? words.wholePost : words.quotes(quotes.length)}>
      {account !== null && <Text size="sm">{words.account(account.handle ?? account.platformId ?? '')}</Text>}
      {quotes.map(({ start, text }) => (
        <Blockquote
          key={start}
          p="xs"
          className={classes.said ?? ''}
          dir={post.direction ?? 'auto'}
          lang={post.language ?? ''}
        >
          {text}
        </Blockquote>
      ))}
    </Part>
  );
}

function PostPart({ post }: { post: PostLine }) {
  const posted = showPosted(post);
  return (
    <Part title={words.post}>
      <Text size="sm" c="dimmed">
        <bdi>{post.authorName ?? ''}</bdi>
        {post.handle !== null && <bdi dir="ltr"> @{post.handle}</bdi>}
        {posted !== null && (
          <>
            {', '}
            <bdi dir="ltr">{posted.text}</bdi>
            {posted.note !== null && ` (${posted.note})`}
          </>
        )}
      </Text>
      {post.text.trim() === '' ? (
        <Text c="dimmed">{words.noText}</Text>
      ) : (
        <Text dir={post.direction ?? 'auto'} lang={post.language ?? ''} className={classes.said ?? ''}>
          {post.text}
        </Text>
      )}
      {[...post.text].length >= 280 && (
        <Text size="xs" c="dimmed">
          {words.postPart}
        </Text>
      )}
    </Part>
  );
}
