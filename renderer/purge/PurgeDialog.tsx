import { Alert, Button, Checkbox, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { HostInput, HostOutput } from '../../contract/channels.ts';
import type { OutOfReach, PurgePlan } from '../../contract/model/purge.ts';
import { useLongCall } from '../bridge/longCall.ts';
import { refresh } from '../bridge/queryClient.ts';
import { FailureAlert } from '../shared/FailureAlert.tsx';
import { Form } from '../shared/Form.tsx';
import { ProgressPanel } from '../shared/ProgressPanel.tsx';
import { ReasonField } from '../shared/ReasonField.tsx';
import { showInstant } from '../time/statedTime.ts';
import { destroyedLines, stayingLines, purgeMessages as words } from './messages.ts';
import { usePurgePlan } from './queries.ts';

interface Props {
  captureId: string;
  onClose(): void;
}

/** Says what a purge destroys, what stays and what it cannot reach; asks for reason, authority and part of the id. */
export function PurgeDialog({ captureId, onClose }: Props) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const plan = usePurgePlan(captureId);
  const purging = useLongCall<HostInput<'purge.capture'>, HostOutput<'purge.capture'>>((input, callId) =>
    window.holdfast.purgeCapture(input, callId),
  );
  const { now } = purging;
  const close = (): void => {
    if (now.state === 'running') return;
    onClose();
    if (now.state !== 'done') return;
    navigate('/captures');
    refresh(client, 'posts');
  };
  return (
    <Modal
      opened
      onClose={close}
      title={words.title}
      size="lg"
      closeButtonProps={{ 'aria-label': words.close, disabled: now.state === 'running' }}
    >
      <Stack gap="sm">
        {now.state === 'done' ? (
          <>
            <Alert
              color="green"
              icon={<IconCircleCheck aria-hidden />}
              role="status"
              title={words.done(now.value.leaf)}
            >
              {now.value.cleaned ? words.cleaned : words.notCleaned(now.value.notCleaned ?? '')}
            </Alert>
            <Copies plan={now.value} />
            <Group justify="flex-end">
              <Button onClick={close} data-autofocus>
                {words.close}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Text size="sm">{words.intro}</Text>
            {plan.isPending && <Skeleton height={120} />}
            {plan.isError && <FailureAlert error={plan.error} />}
            {plan.data !== undefined && (
              <>
                <Lines title={words.destroyed} lines={destroyedLines(plan.data)} />
                <Lines title={words.stays} lines={stayingLines(plan.data)} />
                <Copies plan={plan.data} />
                {now.state === 'failed' && <FailureAlert error={now.failure} onClose={purging.reset} />}
                {now.state === 'running' ? (
                  <ProgressPanel
                    title={words.running}
                    progress={now.progress}
                    cancelling={now.cancelling}
                    onCancel={purging.cancel}
                  />
                ) : (
                  <PurgeForm captureId={captureId} onPurge={purging.start} onClose={close} />
                )}
              </>
            )}
          </>
        )}
      </Stack>
    </Modal>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>
            <bdi>{line}</bdi>
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Copies({ plan: { bundles, backups } }: { plan: PurgePlan }) {
  const line = (what: string, { at, sha256 }: OutOfReach): string =>
    `${what}, ${showInstant(at).text}, SHA-256 ${sha256}`;
  const lines = [
    ...bundles.map((bundle) => line(`${words.bundle} ${bundle.bundleId}`, bundle)),
    ...backups.map((backup) => line(words.backup, backup)),
  ];
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.outOfReach}>
      <Text size="sm">{lines.length === 0 ? words.noneOutOfReach : words.outOfReachHelp}</Text>
      <List size="sm">
        {lines.map((each) => (
          <List.Item key={each} style={{ overflowWrap: 'anywhere' }}>
            {each}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface FormProps extends Props {
  onPurge(order: HostInput<'purge.capture'>): void;
}

function PurgeForm({ captureId, onPurge, onClose }: FormProps) {
  const [because, setBecause] = useState('');
  const [authority, setAuthority] = useState('');
  const [confirm, setConfirm] = useState('');
  const [keepAddress, setKeepAddress] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const part = captureId.slice(-6);
  const isConfirmed = confirm.trim().toLowerCase() === part;
  const purge = (): void => {
    setChecked(true);
    if (because.trim() === '' || authority.trim() === '' || !isConfirmed) return;
    onPurge({ captureId, because, authority, confirm: confirm.trim(), keepAddress });
  };
  return (
    <Form onSubmit={purge}>
      <Stack gap="sm">
        <ReasonField
          label={words.because}
          description={words.becauseHelp}
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
          error={isChecked && because.trim() === '' ? words.becauseMissing : null}
        />
        <TextInput
          label={words.authority}
          description={words.authorityHelp}
          value={authority}
          onChange={(event) => setAuthority(event.currentTarget.value)}
          error={isChecked && authority.trim() === '' ? words.authorityMissing : null}
          maxLength={1000}
          dir="auto"
        />
        <Checkbox
          label={words.keepAddress}
          checked={keepAddress}
          onChange={(event) => setKeepAddress(event.currentTarget.checked)}
        />
        <TextInput
          label={words.confirm(part)}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
          error={isChecked && !isConfirmed ? words.confirmWrong : null}
          maxLength={36}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" color="red">
            {words.purge}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
