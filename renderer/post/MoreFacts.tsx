import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PostContent, StatedTime } from '../../contract/model/post.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { type Fact, Facts } from '../shared/Facts.tsx';
import { showStated } from '../time/statedTime.ts';
import { TimeText } from '../time/TimeText.tsx';
import { postMessages as words } from './messages.ts';

/** One line an item; null where there is none. */
function lines<T>(items: readonly T[] | undefined, line: (item: T) => ReactNode): ReactNode {
  if (items === undefined) return null;
  return (
    <Stack gap={4}>
      {items.map((item) => (
        <div key={JSON.stringify(item)}>{line(item)}</div>
      ))}
    </Stack>
  );
}

function timeLine(time: StatedTime): ReactNode {
  return (
    <>
      <TimeText shown={showStated(time.value, time.precision)} />{' '}
      <Text span size="xs" c="dimmed">
        {words.readFrom}: <bdi>{time.readFrom}</bdi>
      </Text>
    </>
  );
}

function fact(label: string, value: ReactNode): Fact[] {
  return value === null ? [] : [{ label, value }];
}

function factsOf(content: PostContent): Fact[] {
  const { references, otherTimes, counts, links, poll, versions, translation, notices } = content;
  const names = words.more;
  return [
    ...fact(
      names.notices,
      lines(notices, ({ kind, text }) => (
        <>
          {names.notice[kind]}: <bdi>{text}</bdi>
        </>
      )),
    ),
    ...fact(
      names.references,
      lines(references, ({ relation, platformId, url, handle }) => (
        <>
          {names.relation[relation]} {handle !== null && <bdi dir="ltr">@{handle}</bdi>}{' '}
          <CopyText text={url ?? platformId ?? ''} what={url === null ? words.id : words.address} />
        </>
      )),
    ),
    ...fact(names.otherTimes, lines(otherTimes, timeLine)),
    ...fact(
      names.counts,
      lines(counts, ({ of, count }) => `${names.count[of]}: ${count.toLocaleString('en')}`),
    ),
    ...fact(
      names.poll,
      poll === undefined ? null : (
        <Stack gap={4}>
          {lines(poll.options, ({ text, votes }) => (
            <>
              <bdi>{text}</bdi>: {votes === null ? names.noVotes : votes.toLocaleString('en')}
            </>
          ))}
          {poll.endsAt !== null && (
            <div>
              {names.pollEnds} {timeLine(poll.endsAt)}
            </div>
          )}
        </Stack>
      ),
    ),
    ...fact(
      names.links,
      lines(links, ({ text, url }) => (
        <>
          <bdi>{text}</bdi> → <CopyText text={url} what={words.address} />
        </>
      )),
    ),
    ...fact(
      names.versions,
      lines(versions, ({ platformId, at, text }) => (
        <>
          {at !== null && timeLine(at)} {platformId !== null && <bdi>{platformId}</bdi>}{' '}
          {text === null ? (
            <Text span c="dimmed">
              {names.noWords}
            </Text>
          ) : (
            <bdi>{text}</bdi>
          )}
        </>
      )),
    ),
    ...fact(
      names.translation,
      translation === undefined ? null : (
        <bdi lang={translation.language ?? ''} dir="auto">
          {translation.text}
        </bdi>
      ),
    ),
  ];
}

/** What only some posts have: references, counts, poll, states, and what the platform says of the post. */
export function MoreFacts({ content }: { content: PostContent }) {
  const facts = factsOf(content);
  return facts.length === 0 ? null : <Facts caption={words.more.caption} facts={facts} />;
}
