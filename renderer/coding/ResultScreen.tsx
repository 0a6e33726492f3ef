import { Loader, Paper, Stack, Text, Title } from '@mantine/core';
import type { Actor } from '../../contract/model/actor.ts';
import type { CodingResult, Tag } from '../../contract/model/tag.ts';
import { isSamePerson } from '../review/ReviewButtons.tsx';
import { TagBadges } from '../review/TagBadges.tsx';
import { ActorText } from '../shared/ActorText.tsx';
import { BackLink } from '../shared/BackLink.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import classes from './coding.module.css';
import { codingMessages as words } from './messages.ts';
import { PairTable } from './PairTable.tsx';
import { PostHead } from './PostHead.tsx';
import { useCodingResult } from './queries.ts';

/** How often people agreed on a sample, and on which posts they did not. */
export function ResultScreen({ codingId }: { codingId: string }) {
  const result = useCodingResult(codingId);
  return (
    <Stack gap="md">
      <BackLink to="/coding">{words.back}</BackLink>
      {result.isError && <FailureAlert error={result.error} />}
      {result.isPending && <Loader size="sm" aria-label={words.result} />}
      {result.data !== undefined && <Loaded result={result.data} />}
    </Stack>
  );
}

function Loaded({ result }: { result: CodingResult }) {
  const { coding, pairs, differ } = result;
  return (
    <>
      <div>
        <Title order={2} style={{ overflowWrap: 'anywhere' }}>
          <bdi>{words.resultOf(coding.name)}</bdi>
        </Title>
        <Text mt="xs">{words.facts(coding.posts, coding.population, coding.untagged)}</Text>
      </div>
      <Stack component="section" gap="xs" aria-label={words.pairs}>
        <Title order={3} size="h4">
          {words.pairs}
        </Title>
        {pairs.length === 0 ? <Text>{words.one}</Text> : <PairTable pairs={pairs} />}
        <Text size="sm" c="dimmed">
          {words.kappa}
        </Text>
        <Text size="sm" c="dimmed">
          {words.courtesy}
        </Text>
      </Stack>
      <Stack component="section" gap="sm" aria-label={words.differ}>
        <Title order={3} size="h4">
          {words.differ}
        </Title>
        <Text size="sm" c="dimmed" role="status">
          {differ.length === 0 ? words.none : words.differCount(differ.length)}
        </Text>
        {differ.map(({ post, tags }) => (
          <Paper key={post.postId} withBorder p="md">
            <Stack gap="sm">
              <PostHead post={post} back={`/coding/${coding.id}`} />
              <ul className={classes.sides}>
                {coding.coders.map(({ actor }) => (
                  <Side key={`${actor.signer} ${actor.name}`} actor={actor} tags={tags} />
                ))}
              </ul>
            </Stack>
          </Paper>
        ))}
      </Stack>
    </>
  );
}

/** What one person said of a post. */
function Side({ actor, tags }: { actor: Actor; tags: readonly Tag[] }) {
  const own = tags.filter((tag) => isSamePerson(tag.origin?.actor ?? tag.actor, actor));
  return (
    <Paper component="li" withBorder p="xs">
      <Stack gap="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          <ActorText actor={actor} />
        </Text>
        {own.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.nothing}
          </Text>
        )}
        {own.map((tag) => (
          <Stack key={tag.id} gap={4}>
            <TagBadges tag={tag} findingOnly />
            {tag.clause !== null && (
              <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {tag.clause.title}
              </Text>
            )}
            <Text size="sm" dir="auto" className={classes.text ?? ''}>
              {tag.because}
            </Text>
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}
