import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { HostInput, HostOutput } from '../../contract/channels.ts';
import type { Finding, Sure } from '../../contract/model/tag.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { refresh } from '../bridge/queryClient.ts';
import { CopyText } from '../shared/CopyText.tsx';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { ClauseField } from './ClauseField.tsx';
import { missingIn, type NamedClause } from './form.ts';
import { BecauseField, FindingField, SureField } from './JudgementFields.tsx';
import { tagMessages } from './messages.ts';

const words = tagMessages.bulk;

interface Props {
  postIds: readonly string[];
  onClose(isDone: boolean): void;
}

/** The same judgement of many posts, each as a whole, for one reason. */
export function BulkTag({ postIds, onClose }: Props) {
  const client = useQueryClient();
  const saving = useLongCall<HostInput<'tags.addMany'>, HostOutput<'tags.addMany'>>(
    (input, callId) => window.holdfast.addTags(input, callId),
    () => refresh(client, 'tags'),
  );
  const { now } = saving;
  const close = () => {
    if (now.state !== 'running') onClose(now.state === 'done');
  };
  return (
    <Modal
      opened
      onClose={close}
      title={words.heading(postIds.length)}
      size="lg"
      closeButtonProps={{ 'aria-label': words.close, disabled: now.state === 'running' }}
    >
      {now.state === 'done' ? (
        <Stack gap="sm">
          <Alert color="green" icon={<IconCircleCheck aria-hidden />} role="status">
            {words.done(now.value.tags)}
          </Alert>
          <Text size="sm" component="div">
            {words.batch}: <CopyText text={now.value.batch} what={words.batch} />
          </Text>
          <Group justify="flex-end">
            <Button onClick={close} data-autofocus>
              {words.close}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm">
          <BulkForm
            postIds={postIds}
            busy={now.state === 'running'}
            onSave={saving.start}
            onCancel={() => onClose(false)}
          />
          {now.state === 'running' && (
            <ProgressPanel
              title={words.running}
              progress={now.progress}
              cancelling={now.cancelling}
              onCancel={saving.cancel}
            />
          )}
          {now.state === 'failed' && <FailureAlert error={now.failure} onClose={saving.reset} />}
        </Stack>
      )}
    </Modal>
  );
}

function BulkForm({
  postIds,
  busy,
  onSave,
  onCancel,
}: {
  postIds: readonly string[];
  busy: boolean;
  onSave(input: HostInput<'tags.addMany'>): void;
  onCancel(): void;
}) {
  const [finding, setFinding] = useState<Finding>('breach');
  const [clause, setClause] = useState<NamedClause | null>(null);
  const [because, setBecause] = useState('');
  const [sure, setSure] = useState<Sure | null>(null);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const missing = missingIn({ finding, clause, because });
  const submit = () => {
    setTried(true);
    if (busy || missing.clause || missing.because) return;
    onSave({
      postIds: [...postIds],
      clauseKey: clause?.key ?? null,
      finding,
      because: because.trim(),
      sure,
    });
  };
  return (
    <Form onSubmit={submit}>
      <Stack
        gap="sm"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
          event.preventDefault();
          submit();
        }}
      >
        <Text size="sm">{words.help}</Text>
        <FindingField value={finding} onChange={setFinding} />
        <ClauseField
          label={finding === 'breach' ? tagMessages.clause : tagMessages.clauseOptional}
          inDialog
          platform={null}
          value={clause}
          onChange={setClause}
          onChosen={() => field.current?.focus()}
          error={tried && missing.clause ? tagMessages.missingClause : null}
        />
        <BecauseField
          finding={finding}
          value={because}
          onChange={setBecause}
          error={tried && missing.because ? tagMessages.missingBecause : null}
          fieldRef={field}
        />
        <SureField value={sure} onChange={setSure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel} disabled={busy}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={busy}>
            {words.save(postIds.length)}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
