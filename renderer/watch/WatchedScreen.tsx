import {
  Alert,
  Anchor,
  Button,
  Fieldset,
  Group,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Watch, WatchState } from '../../contract/model/watch.ts';
import { goneWords, scheduleWords } from '../../contract/watch-words.ts';
import { unwrap } from '../bridge/call.ts';
import { useDesk } from '../bridge/desk.tsx';
import { refresh } from '../bridge/queryClient.ts';
import { usePersonas } from '../personas/queries.ts';
import { BackLink } from '../shared/BackLink.tsx';
import { Facts } from '../shared/Facts.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { inDigits } from '../shared/sizes.ts';
import { showInstant } from '../time/statedTime.ts';
import { InstantText } from '../time/TimeText.tsx';
import { CheckItem } from './CheckItem.tsx';
import { watchMessages as words } from './messages.ts';
import { OutcomeBadge } from './OutcomeBadge.tsx';
import { useWatch } from './queries.ts';
import classes from './watch.module.css';

/** One entry of the watch list: what it is, what can be done, and every check. */
export function WatchedScreen({ watchId }: { watchId: string }) {
  const asked = useWatch(watchId);
  return (
    <Stack gap="md" maw={900}>
      <BackLink to="/watch">{words.back}</BackLink>
      {asked.isPending && <Skeleton height={200} />}
      {asked.isError && <FailureAlert error={asked.error} />}
      {asked.data !== undefined && (
        <>
          <Title order={2} className={classes.words ?? ''}>
            {words.one}: <bdi dir="ltr">{asked.data.watch.url}</bdi>
          </Title>
          <Standing watch={asked.data.watch} />
          <About watch={asked.data.watch} />
          <Acts watch={asked.data.watch} />
          <section aria-label={words.checkList}>
            <Title order={3} size="h4" mb="xs">
              {words.checkList}
            </Title>
            {asked.data.checks.length === 0 && <Text c="dimmed">{words.noChecks}</Text>}
            <ul className={classes.list}>
              {asked.data.checks.map((check) => (
                <CheckItem key={check.captureId} check={check} />
              ))}
            </ul>
          </section>
        </>
      )}
    </Stack>
  );
}

function Standing({ watch }: { watch: Watch }) {
  const gone = goneWords(watch, (instant) => showInstant(instant).text);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <OutcomeBadge watch={watch} />
        {watch.since !== null && <Text size="sm">{words.since(showInstant(watch.since).text)}</Text>}
      </Group>
      {gone !== null && <Alert color="red">{gone}</Alert>}
      {watch.overdue > 0 && <Alert color="orange">{words.overdue(watch.overdue)}</Alert>}
    </Stack>
  );
}

function About({ watch }: { watch: Watch }) {
  const personas = usePersonas();
  const { postId, persona, schedule, state, nextAt, checks, missed, addedAt, addedBy } = watch;
  return (
    <Facts
      caption={words.about}
      facts={[
        postId === null
          ? null
          : {
              label: words.post,
              value: (
                <Anchor component={Link} href={`/post/${postId}`} size="sm">
                  {words.openPost}
                </Anchor>
              ),
            },
        persona === null
          ? null
          : {
              label: words.persona,
              value: <bdi>{personas.data?.find(({ id }) => id === persona)?.name ?? persona}</bdi>,
            },
        { label: words.schedule, value: scheduleWords(schedule) },
        {
          label: words.next,
          value: nextAt === null ? words.states[state] : <InstantText instant={nextAt} />,
        },
        {
          label: words.checks,
          value: missed === 0 ? inDigits(checks) : `${inDigits(checks)}, ${words.missed(missed)}`,
        },
        {
          label: words.onListSince,
          value: (
            <>
              <InstantText instant={addedAt} />, <bdi>{words.by(addedBy.name)}</bdi>
            </>
          ),
        },
      ]}
    />
  );
}

function Acts({ watch }: { watch: Watch }) {
  const client = useQueryClient();
  const { checkingNow } = useDesk();
  const [network, setNetwork] = useState('');
  const [asking, setAsking] = useState(false);
  const isChecking = checkingNow.running.includes(watch.id);
  const until = checkingNow.waiting.find(({ watchId }) => watchId === watch.id)?.until;
  const running = useMutation({
    mutationFn: () =>
      unwrap(
        window.holdfast.runWatch({
          watchId: watch.id,
          network: network.trim() === '' ? null : network.trim(),
        }),
      ),
    onSettled: () => refresh(client, 'posts'),
  });
  const setting = useMutation({
    mutationFn: (state: WatchState) => unwrap(window.holdfast.setWatch({ watchId: watch.id, state })),
    onSuccess: () => {
      setAsking(false);
      refresh(client, 'posts');
    },
  });
  const error = running.error ?? setting.error;
  if (watch.state === 'ended') return null;
  return (
    <Fieldset legend={words.run}>
      <Form onSubmit={() => !isChecking && running.mutate()}>
        <Stack gap="sm">
          <TextInput
            label={words.network}
            description={words.networkHelp}
            value={network}
            onChange={(event) => setNetwork(event.currentTarget.value)}
            maxLength={200}
            dir="auto"
            autoComplete="off"
          />
          {until !== undefined && (
            <Text size="sm" role="status">
              {words.until(showInstant(until).text)}
            </Text>
          )}
          {error !== null && <FailureAlert error={error} />}
          <Group gap="xs">
            <Button type="submit" loading={isChecking || running.isPending}>
              {words.run}
            </Button>
            <Button
              variant="default"
              loading={setting.isPending}
              onClick={() => setting.mutate(watch.state === 'paused' ? 'active' : 'paused')}
            >
              {watch.state === 'paused' ? words.resume : words.pause}
            </Button>
            <Button variant="default" onClick={() => setAsking(true)}>
              {words.end}
            </Button>
          </Group>
          {asking && (
            <Alert color="orange" title={words.end}>
              <Text size="sm">{words.endAsk}</Text>
              <Group gap="xs" mt="xs">
                <Button size="xs" color="orange" onClick={() => setting.mutate('ended')}>
                  {words.endYes}
                </Button>
                <Button size="xs" variant="default" onClick={() => setAsking(false)}>
                  {words.endNo}
                </Button>
              </Group>
            </Alert>
          )}
        </Stack>
      </Form>
    </Fieldset>
  );
}
