import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Actor } from '../../contract/model/actor.ts';
import { type ReviewAct, reviewActSchema, type Tag } from '../../contract/model/tag.ts';
import { unwrap } from '../bridge/call.ts';
import { useArchiveStatus } from '../bridge/queries.ts';
import { keys, refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { reviewMessages as words } from './messages.ts';

/** Whether both are one person: by their certificate where there is one, else by the name that they claim. */
export function isSamePerson(a: Actor, b: Actor): boolean {
  if (a.signer !== null || b.signer !== null) return a.signer === b.signer;
  return a.name === b.name;
}

/** Why an act on a tag is not open to the person at the desk; null: it is. */
export function whyNot(tag: Tag, act: ReviewAct, me: Actor | undefined): string | null {
  if (tag.state === 'withdrawn') return words.gone;
  if (me === undefined) return null;
  return act === 'agree' && isSamePerson(tag.origin?.actor ?? tag.actor, me) ? words.own : null;
}

/** Agree, dispute, withdraw, with a reason: for one tag, wherever it is shown. */
export function ReviewButtons({ tag }: { tag: Tag }) {
  const [act, setAct] = useState<ReviewAct | null>(null);
  return <ReviewActs tag={tag} act={act} onAct={setAct} />;
}

interface Props {
  tag: Tag;
  /** The act whose reason is being asked for; null: none. */
  act: ReviewAct | null;
  onAct(act: ReviewAct | null): void;
  /** Shows which keys do the same. */
  withKeys?: boolean;
  /** Reasons begun and not recorded, by tag and act: a wrong click loses nothing. */
  drafts?: Map<string, string> | undefined;
}

/** The same, with the act kept by the screen around it. */
export function ReviewActs({ tag, act, onAct, withKeys = false, drafts }: Props) {
  const me = useArchiveStatus().data?.actor;
  const refusals = [...new Set(reviewActSchema.options.map((each) => whyNot(tag, each, me)))];
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {reviewActSchema.options.map((each) => (
          <Button
            key={each}
            variant={act === each ? 'light' : 'default'}
            size="xs"
            aria-expanded={act === each}
            disabled={whyNot(tag, each, me) !== null}
            rightSection={withKeys ? <Kbd size="xs">{words.key[each]}</Kbd> : null}
            onClick={() => onAct(act === each ? null : each)}
          >
            {words.act[each]}
          </Button>
        ))}
      </Group>
      {refusals.map((why) =>
        why === null ? null : (
          <Text key={why} size="xs" c="dimmed">
            {why}
          </Text>
        ),
      )}
      {act !== null && whyNot(tag, act, me) === null && (
        <ReasonForm
          key={`${tag.id} ${act}`}
          tag={tag}
          act={act}
          drafts={drafts}
          onLeave={() => onAct(null)}
        />
      )}
    </Stack>
  );
}

interface FormProps extends Pick<Props, 'tag' | 'drafts'> {
  act: ReviewAct;
  onLeave(): void;
}

function ReasonForm({ tag, act, drafts, onLeave }: FormProps) {
  const client = useQueryClient();
  const draft = `${tag.id} ${act}`;
  const [because, setBecause] = useState(drafts?.get(draft) ?? '');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const saving = useMutation({
    mutationFn: (reason: string) =>
      unwrap(window.holdfast.reviewTag({ tagId: tag.id, act, because: reason })),
    onSuccess: async () => {
      drafts?.delete(draft);
      notifications.show({ message: words.recorded[act], color: 'green' });
      refresh(client, 'tags');
      // The list shows what came of it before the keyboard is back on it: the next key must meet the next tag.
      await client.refetchQueries({ queryKey: keys.inbox, type: 'active' });
      onLeave();
    },
  });
  const submit = () => {
    setTried(true);
    if (because.trim() !== '' && !saving.isPending) saving.mutate(because.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (event.key === 'Escape' && !event.nativeEvent.isComposing) onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <Form onSubmit={submit}>
      <Stack gap="xs">
        <ReasonField
          ref={field}
          label={words.reason[act]}
          description={act === 'withdraw' ? `${words.withdrawHelp} ${words.reasonHelp}` : words.reasonHelp}
          value={because}
          onChange={(event) => {
            setBecause(event.currentTarget.value);
            drafts?.set(draft, event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          error={tried && because.trim() === '' ? words.missingReason : null}
          readOnly={saving.isPending}
          maxRows={8}
        />
        {saving.isError && <FailureAlert error={saving.error} onClose={saving.reset} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onLeave}>
            {words.leave}
          </Button>
          <Button type="submit" size="xs" loading={saving.isPending}>
            {words.record[act]}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
