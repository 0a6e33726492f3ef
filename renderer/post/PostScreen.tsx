import { Alert, Grid, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Post } from '../../contract/model/post.ts';
import { useCapture, usePost } from '../bridge/queries.ts';
import { AddToCase } from '../cases/AddToCase.tsx';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { quotesOf } from '../tags/form.ts';
import { holdKeys } from '../tags/heldKeys.ts';
import { KeysHelp } from '../tags/KeysHelp.tsx';
import { useTags } from '../tags/queries.ts';
import { Reported } from '../tags/Reported.tsx';
import { SuggestionList } from '../tags/SuggestionList.tsx';
import { useOpenSuggestions } from '../tags/suggestions.ts';
import { TagForm } from '../tags/TagForm.tsx';
import { TagList } from '../tags/TagList.tsx';
import { useFormPart, useTagging } from '../tags/tagging.tsx';
import { type Coding, usePostTagging } from '../tags/usePostTagging.ts';
import { WalkButtons } from '../tags/WalkButtons.tsx';
import { PostWatches } from '../watch/PostWatches.tsx';
import { ArtifactTable } from './ArtifactTable.tsx';
import { CapturedPage } from './CapturedPage.tsx';
import { CaptureFacts, VerdictNote } from './CaptureFacts.tsx';
import { CaptureInPart, PostInPart } from './InPart.tsx';
import { MediaList } from './MediaList.tsx';
import { MoreFacts } from './MoreFacts.tsx';
import { postMessages as words } from './messages.ts';
import { OtherReadings } from './OtherReadings.tsx';
import { PostFacts, ReadingFacts } from './PostFacts.tsx';
import { PostText, type PostTextProps } from './PostText.tsx';

/** One post: its text, what is known of it and how, its bytes, and its tags. */
export function PostScreen({ postId, back }: { postId: string; back: { to: string; words: string } }) {
  const post = usePost(postId);
  const tagging = useTagging();
  // Who came by a key goes on typing at once: it waits until there is something to type into.
  const isComing = post.isPending && tagging.arriving;
  const release = useRef<(() => void) | null>(null);
  // Runs after the like effects of what has just been drawn, which take the keyboard into the text.
  useLayoutEffect(() => {
    if (isComing) release.current ??= holdKeys();
    else letGo(release);
  });
  useLayoutEffect(() => () => letGo(release), []);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <BackLink to={back.to}>{back.words}</BackLink>
        <Group gap="xs">
          <AddToCase ids={[postId]} />
          <WalkButtons postId={postId} />
        </Group>
      </Group>
      {post.isPending && <Skeleton height={200} />}
      {post.isError && <FailureAlert error={post.error} />}
      {post.data !== undefined && <LoadedPost post={post.data} />}
    </Stack>
  );
}

function letGo(release: { current: (() => void) | null }): void {
  release.current?.();
  release.current = null;
}

/** Not drawn again for what belongs to the window around it. */
const LoadedPost = memo(function LoadedPost({ post }: { post: Post }) {
  const { content } = post;
  const who = content.author.name ?? content.author.handle ?? words.noAuthor;
  const capture = useCapture(post.captureId);
  return (
    <>
      <Title order={2} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{words.heading(who)}</bdi>
      </Title>
      <OtherReadings post={post} />
      <PostInPart content={content} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="md">
            <TextAndTags post={post} who={who} />
            <MediaList media={content.media} artifacts={capture.data?.artifacts ?? []} />
          </Stack>
        </Grid.Col>
        <WhatIsKnown post={post} />
      </Grid>
    </>
  );
});

/** Milliseconds after which it is drawn even where keys never rest. */
const factsLatest = 1000;

/** Where the post came from and what it rests on: drawn when no key waits, for who leafs on does not read it. */
function WhatIsKnown({ post }: { post: Post }) {
  const { content } = post;
  const capture = useCapture(post.captureId);
  const [isCalm, setCalm] = useState(false);
  useEffect(() => {
    const waiting = requestIdleCallback(() => setCalm(true), { timeout: factsLatest });
    return () => cancelIdleCallback(waiting);
  }, []);
  if (!isCalm) return null;
  return (
    <>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="md">
          <PostFacts content={content} />
          <MoreFacts content={content} />
          {capture.isError && <FailureAlert error={capture.error} />}
          {capture.data !== undefined && <VerdictNote capture={capture.data} />}
          {capture.data !== undefined && <CaptureInPart origin={capture.data.origin} />}
          {capture.data !== undefined && <CaptureFacts capture={capture.data} />}
          <PostWatches postId={post.id} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={12}>
        <Stack gap="md">
          {capture.data !== undefined && <CapturedPage capture={capture.data} />}
          {capture.data !== undefined && <ArtifactTable artifacts={capture.data.artifacts} />}
          <ReadingFacts post={post} />
        </Stack>
      </Grid.Col>
    </>
  );
}

interface TextAndTagsProps {
  post: Post;
  who: string;
  /** The sample that is being judged: tags are set in it, and no key leads to another post. */
  coding?: Coding | undefined;
}

/** What a person works with: apart from the rest of the screen, which typing must not draw again. */
export function TextAndTags({ post, who, coding }: TextAndTagsProps) {
  const { content } = post;
  const tagging = useTagging();
  const tags = useTags(post.id);
  const { suggestions, error: suggestionError } = useOpenSuggestions(post.id);
  const [helping, setHelping] = useState(false);
  const textRef = useRef<HTMLDivElement>(null);
  const clause = useRef<HTMLInputElement>(null);
  const because = useRef<HTMLTextAreaElement>(null);
  const fields = useMemo(() => ({ clause, because }), []);
  const does = usePostTagging(
    post,
    who,
    suggestions,
    { text: textRef, fields },
    { blocked: helping, onHelp: () => setHelping(true), coding },
  );
  const quotes = useMemo(
    () => (tags.data?.tags ?? []).filter(({ state }) => state !== 'withdrawn').flatMap((tag) => tag.quotes),
    [tags.data],
  );
  const suggested = useMemo(() => suggestions.map(({ quote }) => quote), [suggestions]);

  // Before a key that waited is pressed again, the keyboard is in the text.
  const arrive = useRef(does.focusText);
  arrive.current = does.focusText;
  useLayoutEffect(() => {
    if (!tagging.arriving) return;
    tagging.arriving = false;
    arrive.current();
  }, [tagging]);
  return (
    <>
      <Paper withBorder p="md" component="section" aria-label={words.textTitle}>
        <Stack gap="xs">
          <Title order={3} size="h4">
            {words.textTitle}
          </Title>
          {content.textLossy && <Alert color="yellow">{words.lossy}</Alert>}
          {content.text === '' ? (
            <Text c="dimmed">{words.noText}</Text>
          ) : (
            <TextWithDraft
              postId={post.id}
              text={content.text}
              language={content.language}
              direction={content.direction}
              quotes={quotes}
              suggested={suggested}
              textRef={textRef}
              onSelect={does.select}
              onKeep={does.keepQuote}
              onTakeBack={does.takeBackQuote}
              onDropAll={does.dropAllQuotes}
            />
          )}
        </Stack>
      </Paper>
      <TagForm
        postId={post.id}
        content={content}
        fields={fields}
        onSave={does.save}
        onSlot={(slot) => does.chooseSlot(slot)}
        onKeepQuote={does.keepQuote}
        onDropSelected={does.dropSelected}
        onLeave={() => does.focusText()}
        onKeys={() => setHelping(true)}
      />
      <SuggestionList
        suggestions={suggestions}
        error={suggestionError}
        content={content}
        onAccept={does.accept}
        onPass={does.passOver}
      />
      <TagList tags={tags.data} error={tags.error} content={content} />
      <Reported postId={post.id} />
      {helping && (
        <KeysHelp
          onClose={() => {
            // At once: the next key is for the text.
            flushSync(() => setHelping(false));
            does.focusText();
          }}
        />
      )}
    </>
  );
}

/** Apart from the form and the tags, so that a key which moves the selection draws nothing else again. */
function TextWithDraft({ postId, ...text }: Omit<PostTextProps, 'draft'> & { postId: string }) {
  const kept = useFormPart(postId, 'kept');
  const selected = useFormPart(postId, 'selected');
  const draft = useMemo(() => quotesOf({ kept, selected }), [kept, selected]);
  return <PostText {...text} draft={draft} />;
}
