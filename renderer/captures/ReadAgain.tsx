import { Alert, Anchor, Button, Code, Group, List, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { HostInput } from '../../contract/channels.ts';
import type { RereadPost, RereadReport } from '../../contract/model/reread.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import classes from './captures.module.css';
import { readAgainMessages as words } from './messages.ts';

/** Posts of a kind that are shown; the rest is counted. */
const mostShown = 20;

/** Reads the posts of a capture again: the difference is shown first, and kept when a person says so. */
export function ReadAgain({ captureId }: { captureId: string }) {
  const reading = useLongCall<HostInput<'capture.reread'>, RereadReport>((order, callId) =>
    window.holdfast.rereadCapture(order, callId),
  );
  const { now } = reading;
  const look = () => {
    reading.reset();
    reading.start({ captureId, keep: false, digest: null });
  };
  return (
    <section aria-label={words.title}>
      <Stack gap="sm">
        <div>
          <Button variant="default" onClick={look} disabled={now.state === 'running'}>
            {words.start}
          </Button>
          <Text size="sm" c="dimmed" mt={4}>
            {words.help}
          </Text>
        </div>
        {now.state === 'running' && (
          <ProgressPanel
            title={words.running}
            progress={now.progress}
            cancelling={now.cancelling}
            onCancel={reading.cancel}
          />
        )}
        {now.state === 'failed' && <FailureAlert error={now.failure} onClose={reading.reset} />}
        {now.state === 'done' && (
          <Difference
            report={now.value}
            onKeep={() => {
              const { digest } = now.value;
              reading.reset();
              reading.start({ captureId, keep: true, digest });
            }}
            onLeave={reading.reset}
          />
        )}
      </Stack>
    </section>
  );
}

interface DifferenceProps {
  report: RereadReport;
  onKeep: () => void;
  onLeave: () => void;
}

function Difference({ report, onKeep, onLeave }: DifferenceProps) {
  const { counts, outcome, tagged } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const differs = counts.new + counts.changed + counts.gone > 0;
  const isNew = report.now.some(
    ({ name, version }) => !report.before.some((old) => old.name === name && old.version === version),
  );
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={3} size="h4" ref={heading} tabIndex={-1}>
          {outcome === 'kept' ? words.kept : differs ? words.differs : words.same}
        </Title>
        <Text size="sm">{words.counts(counts)}</Text>
        <Text size="sm" c="dimmed">
          {words.readers(report.before.map(readerWords), report.now.map(readerWords))}
        </Text>
        {tagged.changed + tagged.gone > 0 && <Alert color="yellow">{words.tagged(tagged)}</Alert>}
        <Posts title={words.new} posts={report.new} total={counts.new} />
        <Changed report={report} />
        <Posts title={words.gone} posts={report.gone} total={counts.gone} />
        <Notes report={report} />
        {outcome === 'not-kept' && (
          <Group>
            {(differs || isNew) && <Button onClick={onKeep}>{words.keep}</Button>}
            <Button variant="default" onClick={onLeave}>
              {differs || isNew ? words.leave : words.close}
            </Button>
          </Group>
        )}
        {outcome !== 'not-kept' && (
          <div>
            <Button variant="default" onClick={onLeave}>
              {words.close}
            </Button>
          </div>
        )}
      </Stack>
    </Paper>
  );
}

function readerWords({ name, version }: { name: string; version: string }): string {
  return `${name} ${version}`;
}

function PostWords({ post }: { post: RereadPost & { postId?: string; tags?: number } }) {
  const { handle, text, url, postId, tags = 0 } = post;
  return (
    <>
      {handle !== null && <bdi dir="ltr">@{handle}: </bdi>}
      <bdi>{text === '' ? words.noText : text}</bdi>
      {url !== null && (
        <Text size="xs" c="dimmed" component="span" display="block" className={classes.address ?? ''}>
          <bdi dir="ltr">{url}</bdi>
        </Text>
      )}
      {postId !== undefined && (
        <Anchor component={Link} href={`/post/${postId}`} size="sm" display="block">
          {words.openEarlier(tags)}
        </Anchor>
      )}
    </>
  );
}

interface PostsProps {
  title: string;
  posts: readonly (RereadPost & { postId?: string; tags?: number })[];
  total: number;
}

function Posts({ title, posts, total }: PostsProps) {
  if (total === 0) return null;
  const shown = posts.slice(0, mostShown);
  return (
    <section aria-label={title}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <List size="sm" spacing={4}>
        {shown.map((post, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same words may stand twice, and the list does not change
          <List.Item key={at}>
            <PostWords post={post} />
          </List.Item>
        ))}
      </List>
      <More count={total - shown.length} />
    </section>
  );
}

function More({ count }: { count: number }) {
  return count > 0 ? (
    <Text size="sm" c="dimmed">
      {words.more(count)}
    </Text>
  ) : null;
}

function Changed({ report: { changed, counts } }: { report: RereadReport }) {
  if (counts.changed === 0) return null;
  const shown = changed.slice(0, mostShown);
  return (
    <section aria-label={words.changed}>
      <Text fw={600} size="sm">
        {words.changed}
      </Text>
      <Stack gap="sm">
        {shown.map((post) => (
          <div key={post.postId}>
            <Text size="sm" component="div">
              <PostWords post={post} />
            </Text>
            <Table.ScrollContainer minWidth={420} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
              <Table withTableBorder>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.field}</Table.Th>
                    <Table.Th>{words.before}</Table.Th>
                    <Table.Th>{words.after}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {post.fields.map(({ field, before, after }) => (
                    <Table.Tr key={field}>
                      <Table.Td>{words.fields[field] ?? field}</Table.Td>
                      <Table.Td>{value(before)}</Table.Td>
                      <Table.Td>{value(after)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </div>
        ))}
      </Stack>
      <More count={counts.changed - shown.length} />
    </section>
  );
}

function value(json: string | null) {
  return json === null ? (
    <Text size="sm" c="dimmed">
      {words.nothing}
    </Text>
  ) : (
    <Code className={classes.value ?? ''}>
      <bdi>{json}</bdi>
    </Code>
  );
}

function Notes({ report }: { report: RereadReport }) {
  const notes = [...new Set(report.now.flatMap((reading) => reading.notes))];
  if (notes.length === 0) return null;
  return (
    <section aria-label={words.notes}>
      <Text fw={600} size="sm">
        {words.notes}
      </Text>
      <List size="sm">
        {notes.map((note) => (
          <List.Item key={note}>
            <bdi>{note}</bdi>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
