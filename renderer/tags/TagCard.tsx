import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import type { PostContent } from '../../contract/model/post.ts';
import type { Finding, Tag, TagState } from '../../contract/model/tag.ts';
import { ReviewButtons } from '../review/ReviewButtons.tsx';
import { actorWords } from '../shared/actorWords.ts';
import { InstantText } from '../time/TimeText.tsx';
import { ClauseWords } from './ClauseWords.tsx';
import { DatedAnswers } from './DatedAnswers.tsx';
import { tagMessages as words } from './messages.ts';
import { QuotedWords } from './QuoteList.tsx';
import classes from './tags.module.css';

const findingColours: Record<Finding, string> = { breach: 'red', 'no-violation': 'green', unclear: 'yellow' };
const stateColours: Record<TagState, string> = {
  unreviewed: 'gray',
  agreed: 'green',
  disputed: 'orange',
  withdrawn: 'gray',
};

/** One tag with all that it rests on. */
export function TagCard({
  tag,
  content,
}: {
  tag: Tag;
  content: Pick<PostContent, 'direction' | 'language'>;
}) {
  const isWithdrawn = tag.state === 'withdrawn';
  return (
    <Paper withBorder p="sm" component="article" className={isWithdrawn ? (classes.withdrawn ?? '') : ''}>
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="light" color={isWithdrawn ? 'gray' : findingColours[tag.finding]} tt="none">
            {words.findings[tag.finding]}
          </Badge>
          <Badge variant="outline" color={stateColours[tag.state]} tt="none">
            {words.state[tag.state]}
          </Badge>
          {tag.sure !== null && (
            <Badge variant="default" tt="none">
              {words.sures[tag.sure]}
            </Badge>
          )}
        </Group>
        <Text fw={600} lineClamp={3} dir="auto">
          {tag.clause?.title ?? words.noClause}
        </Text>
        {isWithdrawn && <Text size="sm">{words.withdrawn}</Text>}
        {tag.flags.map(({ code, message }) => (
          <Group key={code} gap={6} wrap="nowrap" align="flex-start">
            <Badge
              variant="light"
              color="orange"
              tt="none"
              leftSection={<IconFlag size={12} aria-hidden />}
              miw="max-content"
            >
              {words.flags[code]}
            </Badge>
            <Text size="sm">{message}</Text>
          </Group>
        ))}
        {tag.account !== null && (
          <Text size="sm">
            <bdi>
              {words.wholeAccount(tag.account.handle === null ? words.someAccount : `@${tag.account.handle}`)}
            </bdi>
          </Text>
        )}
        {tag.quotes.length === 0 && tag.account === null && (
          <Text size="sm" c="dimmed">
            {words.wholePost}
          </Text>
        )}
        {tag.quotes.map((quote) => (
          <QuotedWords key={quote.start} quote={quote} content={content} />
        ))}
        <Text size="sm" className={classes.said ?? ''} dir="auto">
          {tag.because}
        </Text>
        {tag.clause !== null && <ClauseWords clause={tag.clause} label={words.words} />}
        <DatedAnswers dates={tag.dates} />
        <Exceptions considered={tag.considered} />
        <Reviews tag={tag} />
        <ReviewButtons tag={tag} />
        <Text size="xs" c="dimmed">
          <bdi>{actorWords(tag.actor)}</bdi>, <InstantText instant={tag.time} />
          {[
            tag.batch !== null && words.batch,
            tag.phrase !== null && words.byPhrase,
            tag.coding !== null && words.inSample,
            tag.origin !== null && words.fromElsewhere,
          ]
            .filter((note) => note !== false)
            .map((note) => `; ${note}`)
            .join('')}
        </Text>
      </Stack>
    </Paper>
  );
}

function Exceptions({ considered }: { considered: Tag['considered'] }) {
  if (considered.length === 0) return null;
  return (
    <div>
      <Text size="xs" fw={600}>
        {words.exceptionsAnswered}
      </Text>
      {considered.map(({ key, title, answer, because }) => (
        <Text key={key} size="sm">
          <bdi>{title}</bdi>: <b>{words.answers[answer]}</b>
          {because !== null && (
            <>
              , <bdi>{because}</bdi>
            </>
          )}
        </Text>
      ))}
    </div>
  );
}

function Reviews({ tag }: { tag: Tag }) {
  return tag.reviews.map((review) => (
    <Text key={review.id} size="sm">
      <bdi>{words.review(actorWords(review.actor), words.acts[review.act])}</bdi>,{' '}
      <InstantText instant={review.time} />: <bdi>{review.because}</bdi>
    </Text>
  ));
}
